"""Drift: the last runs, what the checks found, the releases with their audit, and an old release as it
stood."""

from __future__ import annotations

import json

import streamlit as st

from apps import sentences
from apps.dialogue import plain
from apps.frame import Choices, answer
from apps.view import View


def render(view: View) -> None:
    """The page."""
    t, reader, lang = view.words, view.reader, view.language
    choices = Choices(view)

    answer(t("operations.title"))
    st.subheader(t("operations.runs"))
    runs = reader.list_runs()
    st.table(
        {
            t("operations.started"): runs["started"],
            t("operations.finished"): runs["finished"].fillna("–"),
            t("operations.outcome"): [t(f"outcome.{o or 'open'}") for o in runs["outcome"]],
            t("operations.run"): [plain(r) for r in runs["run_id"]],
        },
        hide_index=True,
    )

    st.subheader(t("operations.checks"))
    checks = reader.list_failing_checks()
    if checks.empty:
        st.markdown(t("operations.no_checks"))
    else:
        st.table(
            {
                t("operations.checked"): [plain(text) for text in checks[f"message_{lang}"]],
                t("operations.table"): [plain(name) for name in checks["table_name"]],
                t("operations.rows"): [
                    f"{r['rows_found']} / {r['rows_checked']}" for r in checks.to_dict("records")
                ],
            },
            hide_index=True,
        )

    st.subheader(t("operations.findings"))
    st.markdown(t("operations.findings_lead"))
    findings = reader.list_findings().astype(object)
    findings = findings.where(findings.notna(), "–")
    with st.expander(
        t("operations.findings_table", n=int(findings["findings"].sum())), expanded=len(findings) <= 20
    ):
        st.table(
            {
                t("operations.file"): [plain(name) for name in findings["file_name"]],
                t("operations.received"): findings["received"],
                t("operations.sheet"): [plain(name) for name in findings["sheet"]],
                t("operations.column"): [plain(name) for name in findings["column"]],
                t("operations.rule"): [plain(rule) for rule in findings["rule"]],
                t("operations.severity"): [t(f"severity.{s}") for s in findings["severity"]],
                t("operations.n"): [str(n) for n in findings["findings"]],
            },
            hide_index=True,
        )

    st.subheader(t("operations.releases"))
    releases = reader.list_releases().to_dict("records")
    st.table(
        {
            t("operations.release"): [str(r["release_id"]) for r in releases],
            t("operations.released"): [r["released"] or "–" for r in releases],
            t("operations.state"): [t(f"release.{r['state']}") for r in releases],
            t("operations.cells"): [
                t(
                    "operations.cells_of",
                    shown=r["cells_shown"],
                    pooled=r["cells_pooled"],
                    withheld=r["cells_withheld"],
                )
                for r in releases
            ],
            t("operations.audit"): [
                plain(
                    " · ".join(
                        f"{k} {v}" for k, v in (r["audit"] or {}).items() if not isinstance(v, dict | list)
                    )
                )
                or "–"
                for r in releases
            ],
        },
        hide_index=True,
    )

    published = [str(r["release_id"]) for r in releases if r["state"] == "published"]
    if published:
        st.subheader(t("operations.past"))
        st.markdown(t("operations.past_lead"))
        catalogue = reader.list_indicators()
        names = dict(zip(catalogue["indicator_id"], catalogue[f"label_{lang}"], strict=True))
        labelled = sentences.Labels(reader.list_measures().to_dict("records"), lang)
        number = choices.select("utgivelse", t("operations.release"), published)
        indicator = choices.select(
            "indikator", t("compare.indicator"), list(names), lambda i: f"{i} {names[i]}"
        )
        cells = reader.list_values_of_release(int(number), indicator).to_dict("records")
        kinds = list(dict.fromkeys(f"{c['period_type']}|{c['period']}" for c in cells))
        if kinds:
            wanted = choices.select(
                "periode",
                t("period"),
                kinds,
                lambda p: t(f"sentence.period.{p.split('|')[0]}", period=p.split("|")[1]),
            )
            cells = [c for c in cells if f"{c['period_type']}|{c['period']}" == wanted]
            st.table(
                {
                    t("operations.unit"): [plain(c["unit_name"] or c["unit_id"]) for c in cells],
                    t("compare.slice"): [
                        plain(labelled.of(indicator, c["slice"]) or json.dumps(c["slice"])) for c in cells
                    ],
                    t("value"): [sentences.shown(c, t) for c in cells],
                },
                hide_index=True,
            )
        else:
            st.markdown(t("operations.nothing_then"))

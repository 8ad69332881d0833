"""Støtte og arenaer: which support the school was given, who meets whom, and the educators' part."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from apps import frame, places
from apps.charts.support import Arrow, arena_map, part_dots, support_bars, tell_map
from apps.charts.theme import Chart, theme_of
from apps.records import Rows, Translate, begin, count, join, label, plain, told
from apps.view import View
from innenfra.contracts.arenas import MODEL_ARENAS
from innenfra.contracts.codings import AGREEMENT_MEASURES, CODE_CATEGORIES, CODED_BY, code_crosswalk, codebook
from innenfra.contracts.vocabulary import ARENAS

KINDS = ("process_support", "emotional_support", "organisational_support")
TEAM_ARENAS = ("planning", "research_lesson", "evaluation")
THERE = ("yes", "led", "took_part")
ALL = "alle"
BOOK = "codebook_id codebook_version_id code category level canonical_code label_nb"
CROSSED = "from_codebook_version_id from_code to_codebook_version_id to_code relation reviewed"


def support_of(codes: Rows, t: Translate) -> pd.DataFrame:
    """Units with each kind of support of all units coded, by whole category."""
    language = t("code")
    rows = []
    for kind in KINDS:
        mine = [c for c in codes if c["category"] == kind and c["level"] == "category"]
        units, base = sum(c["n_units_with_code"] for c in mine), sum(c["n_units_base"] for c in mine)
        if base:
            rows.append(
                {
                    "kind": label(CODE_CATEGORIES, kind, language),
                    "share": 100 * units / base,
                    "text": t("support.units", n=units, base=base, share=round(100 * units / base)),
                    "units": units,
                    "base": base,
                }
            )
    return pd.DataFrame(rows, columns=["kind", "share", "text", "units", "base"])


def overlap(support: pd.DataFrame, t: Translate) -> str:
    """That the kinds overlap, and at least how far: more units than there are must have several."""
    if support.empty:
        return ""
    base = int(support["base"].max())
    more = int(support["units"].sum()) - base
    return t("support.overlap_at_least", n=more, base=base) if more > 0 else t("support.overlap")


def subcategories(codes: Rows, t: Translate, most: int = 5) -> pd.DataFrame:
    """The subcategories that were seen most, kind by kind."""
    language = t("code")
    rows = []
    for kind in KINDS:
        seen: dict[str, int] = {}
        names: dict[str, str] = {}
        for one in codes:
            if one["category"] == kind and one["level"] == "subcategory":
                seen[one["code"]] = seen.get(one["code"], 0) + one["n_units_with_code"]
                names[one["code"]] = one["label_nb"] or one["code"]
        for code, units in sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
            rows.append(
                {
                    t("support.kind"): label(CODE_CATEGORIES, kind, language),
                    t("support.subcategory"): plain(names[code]),
                    t("support.units_label"): units,
                }
            )
    return pd.DataFrame(rows)


def coders(codes: Rows, t: Translate) -> str:
    """Who coded, how many units two coded, and how far they agree at the least."""
    if not codes:
        return ""
    language = t("code")
    who = join(
        (label(CODED_BY, c, language).lower() for c in dict.fromkeys(x["coded_by_party"] for x in codes)), t
    )
    said = t("support.coded_by", who=who)
    agreed = [c for c in codes if c["agreement_value"] is not None]
    if not agreed:
        return said + " " + t("support.not_double")
    least = min(agreed, key=lambda c: c["agreement_value"])
    return (
        said
        + " "
        + t(
            "support.agreement",
            n=max(c["double_coded_n"] or 0 for c in agreed),
            measure=label(AGREEMENT_MEASURES, least["agreement_measure"], language),
            value=f"{float(least['agreement_value']):.2f}".replace(".", "." if language == "en" else ","),
        )
    )


def arrows_of(links: Rows, t: Translate) -> list[Arrow]:
    """Each arrow over the loops: how often it was expected, made and known."""
    language = t("code")
    by_pair: dict[tuple[str, str], list[int]] = {}
    for link in links:
        one = by_pair.setdefault((link["from_arena"], link["to_arena"]), [0, 0, 0])
        one[0] += link["model_version"] is not None
        one[1] += link["is_realised"] is True
        one[2] += link["is_realised"] is not None
    return [
        Arrow(label(MODEL_ARENAS, start, language), label(MODEL_ARENAS, end, language), *counts)
        for (start, end), counts in sorted(by_pair.items())
    ]


def matrix_of(arrows: list[Arrow], t: Translate) -> pd.DataFrame:
    """The map as a table: from each arena to each other, in how many loops."""
    rows = [
        {
            t("support.from"): a.start,
            t("support.to"): a.end,
            t("support.expected"): a.expected or t("support.not_expected"),
            t("support.made"): (
                t("loops.of", n=a.made, planned=a.known) if a.known else t("state.not_collected")
            ),
        }
        for a in arrows
    ]
    return pd.DataFrame(rows)


def part_of(parts: Rows, loops: Iterable[int], t: Translate) -> pd.DataFrame:
    """The educators' part by loop and arena: there, offered and not used, by design not, or not there."""
    language = t("code")
    told: dict[tuple[str, int], set[str]] = {}
    for one in parts:
        told.setdefault((one["arena"], one["loop_no"]), set()).add(one["part"])
    arenas = [*TEAM_ARENAS, *(a for a in ARENAS.codes if any(arena == a for arena, _ in told))]
    rows = []
    for arena in arenas:
        name = t(f"loops.activity.{arena}") if arena in TEAM_ARENAS else label(ARENAS, arena, language)
        for loop in loops:
            said = told.get((arena, loop), set())
            mark = (
                "●"
                if said & set(THERE)
                else (
                    "○"
                    if "offered_not_used" in said
                    else "–"
                    if said == {"absent_by_design"}
                    else "0"
                    if said
                    else ""
                )
            )
            rows.append({"loop": loop, "arena": name, "mark": mark})
    return pd.DataFrame(rows, columns=["loop", "arena", "mark"])


def headline(part: pd.DataFrame, t: Translate) -> str:
    """In how many loops the educators were where."""
    if part.empty or not (part["mark"] == "●").any():
        return t("support.nowhere") if (part["mark"] != "").any() else t("support.none")
    told = part[part["mark"] != ""]
    counted = [
        (str(arena), int((rows["mark"] == "●").sum()), len(rows))
        for arena, rows in told.groupby("arena", sort=False)
    ]
    ranked = sorted(counted, key=lambda one: -one[1] / one[2])[:2]
    return begin(
        t(
            "support.were",
            where=join(
                (t("support.where", arena=a.lower(), n=count(n, t), of=count(of, t)) for a, n, of in ranked),
                t,
            ),
        )
    )


def render(view: View) -> None:
    """The page."""
    t = view.words
    choices = frame.Choices(view)
    place = places.choose_school(view, choices)
    if place is None:
        return
    read = place.records
    loops, every_code = read("loop"), read("code")
    years = sorted(
        {x["school_year"] for x in loops if x["school_year"]} | {c["school_year"] for c in every_code}
    )
    year = (
        choices.select(
            "aar",
            t("clock.school_year"),
            [ALL, *reversed(years)],
            lambda y: t("support.all_years") if y == ALL else y,
        )
        if years
        else ALL
    )

    def of_year(rows: Rows) -> Rows:
        return [row for row in rows if year in (ALL, row["school_year"])]

    numbers = sorted(x["loop_no"] for x in of_year(loops))
    part = part_of(of_year(read("educator_part")), numbers, t)
    codes = of_year(every_code)
    support = support_of(codes, t)
    frame.answer(headline(part, t), overlap(support, t) or t("support.no_codes"))
    theme = theme_of(view.dark)
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("support.which"), anchor=False)
        if support.empty:
            st.markdown(t("support.no_codes"))
        else:
            alt = t(
                "support.alt", what="; ".join(f"{r['kind']}: {r['text']}" for r in support.to_dict("records"))
            )
            frame.show_chart(Chart(support_bars(support, theme, t), alt, (), ()))
            st.markdown(f":gray[{coders(codes, t)}]")
            below = subcategories(codes, t)
            if len(below):
                with st.expander(t("support.subcategories"), key="subcategories"):
                    st.table(below, hide_index=True)
        st.header(t("support.part"), anchor=False)
        if (part["mark"] != "").any():
            frame.show_chart(Chart(part_dots(part, theme, t), headline(part, t), (), ()))
            st.markdown(f":gray[{t('support.part_note')}]")
        else:
            st.markdown(t("state.not_collected"))
    book = read("codebook")
    if book:
        with left.expander(t("support.codebook"), key="codebook"):
            frame.draw_table(*told(codebook, BOOK, book, view.language))
            crossed = read("code_crosswalk")
            if crossed:
                frame.draw_table(*told(code_crosswalk, CROSSED, crossed, view.language))
    arrows = arrows_of(of_year(read("arena_link")), t)
    with right:
        st.header(t("support.meets"), anchor=False)
        if arrows:
            frame.show_chart(Chart(arena_map(arrows, theme, t), tell_map(arrows, t), (), ()))
            matrix = matrix_of(arrows, t)
            frame.show_table(view, list(matrix.columns), matrix.to_numpy().tolist())
        else:
            st.markdown(t("support.no_links"))
    taken = part.rename(columns={"loop": t("clock.loop"), "arena": t("support.part"), "mark": "●"})
    spec = support_bars(support, theme, t) if len(support) else None
    frame.offer_files(
        choices, headline(part, t), list(taken.columns), taken.astype(str).to_numpy().tolist(), spec
    )

"""Sitater: open answers of large enough rounds, and quotes on their way from two coders to the school."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from apps.dialogue import plain
from apps.frame import Choices, answer
from apps.view import View
from innenfra.contracts.quotes import SPEAKERS
from innenfra.errors import UserError

PER_PAGE = 25


def render(view: View) -> None:
    """The page."""
    t, reader, scope, lang = view.words, view.reader, view.scope, view.language
    choices = Choices(view)

    def done(act: Callable[[], object], said: str) -> None:
        """Do it and say so, or say why it was refused."""
        try:
            act()
        except UserError as refused:
            st.error(refused.words[lang])
            return
        st.session_state["told"] = said
        st.rerun()

    answer(t("coder.title"))
    st.markdown(t("coder.lead"))
    if told := st.session_state.pop("told", ""):
        st.success(told)
    schools = {
        r["school_id"]: f"{r['school_code']} {r['name']}" for r in reader.list_schools().to_dict("records")
    }
    answers = reader.list_open_answers()
    rounds = {f"{a['school_id']}|{a['loop_no']}|{a['round_no']}": a for a in answers}
    if rounds:

        def called(code: str) -> str:
            """A round in words."""
            return t(
                "coder.round_named",
                school=schools.get(rounds[code]["school_id"], ""),
                loop=rounds[code]["loop_no"],
                round=rounds[code]["round_no"],
            )

        wanted = choices.select("runde", t("coder.round"), list(rounds), called)
        shown = [a for a in answers if f"{a['school_id']}|{a['loop_no']}|{a['round_no']}" == wanted]
        parts = [str(number + 1) for number in range((len(shown) - 1) // PER_PAGE + 1)]
        part = int(choices.select("del", t("coder.part"), parts)) - 1
        page = shown[part * PER_PAGE : (part + 1) * PER_PAGE]
        st.table(
            {
                t("coder.number"): [str(a["text_id"]) for a in page],
                t("coder.answer"): [plain(a["answer"]) for a in page],
                t("coder.flagged"): [
                    (", ".join(map(plain, a["flagged"])) or t("coder.look")) if a["is_flagged"] else "–"
                    for a in page
                ],
            },
            hide_index=True,
        )
        with st.form("propose"):
            st.header(t("coder.propose_title"))
            number = st.selectbox(t("coder.number"), [a["text_id"] for a in page])
            speaker = st.selectbox(
                t("coder.speaker"), SPEAKERS.codes, format_func=lambda s: SPEAKERS.labels[s][lang]
            )
            words = st.text_area(t("coder.words"), max_chars=600, placeholder=t("coder.words_example"))
            retold = st.checkbox(t("coder.retold"))
            if st.form_submit_button(t("coder.propose")):
                if words.strip():
                    done(
                        lambda: reader.propose_quote(number, speaker, words, in_other_words=retold),
                        t("coder.proposed"),
                    )
                else:
                    st.error(t("coder.no_words"))
    else:
        st.info(t("coder.none"))

    st.header(t("coder.quotes"))
    quotes = reader.list_quotes_in_work()
    standing = {q["quote_id"]: q for q in quotes if q["withdrawn_at"] is None}
    if not quotes:
        st.markdown(t("coder.no_quotes"))
        return

    def stage(quote: dict[str, object]) -> str:
        """How far a quote has come."""
        came = next(
            (s for s in ("withdrawn", "cleared", "released") if quote[f"{s}_at"] is not None), "proposed"
        )
        return t(f"quote.stage.{came}") + (
            f" {t('quote.mine')}" if came == "proposed" and quote["proposed_by"] == scope.subject else ""
        )

    st.table(
        {
            t("coder.quote"): [str(q["quote_id"]) for q in quotes],
            t("school"): [schools.get(q["school_id"], "") for q in quotes],
            t("coder.words"): [plain(q["words"] or "–") for q in quotes],
            t("quote.kind"): [
                t("quote.paraphrase") if q["is_paraphrase"] else t("quote.verbatim") for q in quotes
            ],
            t("quote.stage"): [stage(q) for q in quotes],
        },
        hide_index=True,
    )
    if standing:
        quote = st.selectbox(
            t("coder.quote"), list(standing), format_func=lambda q: f"{q} · {stage(standing[q])}"
        )
        left, right = st.columns(2)
        if left.button(t("quote.release"), disabled=standing[quote]["released_at"] is not None):
            done(lambda: reader.release_quote(quote), t("quote.released"))
        if right.button(t("quote.withdraw")):
            done(lambda: reader.withdraw_quote(quote), t("quote.withdrawn"))

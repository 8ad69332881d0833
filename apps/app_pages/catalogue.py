"""Indikatorer: what each number means, how it is counted, and what it must not be used for."""

from __future__ import annotations

import streamlit as st

from apps.frame import Choices, answer
from apps.view import View
from innenfra.exports import as_csv

PARTS = ("label", "meaning", "formula", "numerator", "denominator", "direction", "caveat", "misuse")


def render(view: View) -> None:
    """The page."""
    t, reader, lang = view.words, view.reader, view.language
    choices = Choices(view)

    answer(t("catalogue.title"))
    st.markdown(t("catalogue.lead"))
    catalogue = reader.list_indicators()
    earlier: dict[str, list[dict[str, object]]] = {}
    for before in reader.list_earlier_definitions().to_dict("records"):
        earlier.setdefault(str(before["indicator_id"]), []).append(before)
    family = choices.select(
        "tema",
        t("school.family"),
        ["all", *dict.fromkeys(catalogue["family"])],
        lambda f: t("catalogue.all") if f == "all" else t(f"family.{f}"),
    )
    sought = st.text_input(
        t("catalogue.search"), value=st.query_params.get("sok", ""), placeholder=t("catalogue.example")
    )
    st.query_params["sok"] = sought

    cards = [
        card
        for card in catalogue.to_dict("records")
        if family in ("all", card["family"])
        and sought.casefold()
        in f"{card['indicator_id']} {card[f'label_{lang}']} {card[f'meaning_{lang}']}".casefold()
    ]
    st.markdown(t("catalogue.found", n=len(cards)))
    for card in cards:
        with st.expander(f"{card['indicator_id']} · {card[f'label_{lang}']}", expanded=len(cards) == 1):
            st.markdown(card[f"meaning_{lang}"])
            lines = [
                (t(f"catalogue.{part}"), card[f"{part}_{lang}"])
                for part in ("formula", "numerator", "denominator", "direction")
            ]
            lines += [(t("caveat"), card[f"caveat_{lang}"]), (t("misuse"), card[f"misuse_{lang}"])]
            lines.append((t("catalogue.class"), t(f"class.{card['comparability_class']}")))
            lines.append((t("catalogue.version"), str(card["definition_version"])))
            lines += [
                (
                    t(
                        "catalogue.earlier" if one["is_counted"] else "catalogue.corrected",
                        version=one["definition_version"],
                    ),
                    one[f"formula_{lang}"],
                )
                for one in earlier.get(card["indicator_id"], [])
            ]
            st.table(
                {
                    t("catalogue.what"): [name.rstrip(":") for name, said in lines if said],
                    t("catalogue.said"): [said for _, said in lines if said],
                }
            )
    st.download_button(
        t("catalogue.download"),
        data=as_csv(
            ["indicator_id", "definition_version", *PARTS],
            [
                [
                    card["indicator_id"],
                    card["definition_version"],
                    *(card[f"{part}_{lang}"] for part in PARTS),
                ]
                for card in cards
            ],
            lang,
        ),
        file_name=f"innenfra-{t('page.catalogue').lower()}-{lang}.csv",
        mime="text/csv",
        on_click="ignore",
    )

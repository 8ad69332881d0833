"""Indikatorer: every indicator in one table, and a card with an address each."""

from __future__ import annotations

from typing import Any

import streamlit as st

from apps import frame
from apps.dialogue import plain
from apps.reader import Rows, as_rows
from apps.view import View
from apps.words import Words

PARTS = ("formula", "numerator", "denominator", "direction", "caveat", "misuse")


def render(view: View) -> None:
    """The table, or the card that the address names."""
    words, language = view.words, view.language
    choices = frame.Choices(view)
    cards = as_rows(view.reader.list_indicators())
    families = list(dict.fromkeys(card["family"] for card in cards))
    family = choices.select(
        "tema",
        words("school.family"),
        ["all", *families],
        lambda f: words("catalogue.all") if f == "all" else words(f"family.{f}"),
        "all",
    )
    listed = [card for card in cards if family in ("all", card["family"])]
    names = {card["indicator_id"]: card[f"label_{language}"] for card in cards}
    chosen = choices.select(
        "indikator",
        words("compare.indicator"),
        ["", *names],
        lambda i: names.get(i, words("catalogue.table")),
        "",
    )
    if chosen:
        card = next(card for card in cards if card["indicator_id"] == chosen)
        lines = read_card(card, as_rows(view.reader.list_earlier_definitions()), view)
        frame.answer(
            words("catalogue.card", name=card[f"label_{language}"]), plain(card[f"meaning_{language}"])
        )
        columns = [words("catalogue.what"), words("catalogue.said")]
        frame.draw_table(columns, [[name, plain(said)] for name, said in lines])
        frame.link_to(view, "catalogue", words("catalogue.back"), indikator="")
        frame.offer_files(choices, names[chosen], columns, lines)
        return
    frame.answer(words("catalogue.answer", n=len(listed)), words("catalogue.lead"))
    sought = st.text_input(
        words("catalogue.search"), placeholder=words("catalogue.example"), key="catalogue_search"
    )
    columns = [words(f"catalogue.column.{name}") for name in ("name", "meaning", "class", "family")]
    found = [card for card in listed if _fits(card, sought, language)]
    table = [
        [
            card[f"label_{language}"],
            card[f"meaning_{language}"],
            words(f"class.{card['comparability_class']}"),
            words(f"family.{card['family']}"),
        ]
        for card in found
    ]
    st.markdown(f":gray[{words('catalogue.found', n=len(found))}]")
    frame.draw_table(columns, [[plain(cell) for cell in line] for line in table])
    frame.offer_files(choices, words("catalogue.answer", n=len(found)), columns, table)


def read_card(card: dict[str, Any], earlier: Rows, view: View) -> list[tuple[str, str]]:
    """What a card says, part by part; parts without a text are left out."""
    words, language = view.words, view.language
    lines = [(_name(part, words), str(card[f"{part}_{language}"] or "")) for part in PARTS]
    lines += [
        (words("catalogue.class"), words(f"class.{card['comparability_class']}")),
        (words("catalogue.unit"), words(f"unit.{card['unit']}")),
        (words("catalogue.place"), _say_place(card["article_lines"], words)),
        (words("catalogue.version"), str(card["definition_version"])),
    ]
    lines += [
        (
            words(
                "catalogue.earlier" if one["is_counted"] else "catalogue.corrected",
                version=one["definition_version"],
            ),
            str(one[f"formula_{language}"]),
        )
        for one in earlier
        if one["indicator_id"] == card["indicator_id"]
    ]
    return [(name, said) for name, said in lines if said]


def _name(part: str, words: Words) -> str:
    return words(part).rstrip(":") if part in ("caveat", "misuse") else words(f"catalogue.{part}")


def _say_place(lines: object, words: Words) -> str:
    return "" if not lines else words("catalogue.lines", lines=lines)


def _fits(card: dict[str, Any], sought: str, language: str) -> bool:
    text = f"{card['indicator_id']} {card[f'label_{language}']} {card[f'meaning_{language}']}"
    return sought.casefold() in text.casefold()

"""Planted identifiers: structured kinds are all found; of names, how many are found is told."""

from __future__ import annotations

import random

import pytest

from innenfra.masking import AMBIGUOUS, MASK, masked

SENTENCES = (
    "Vi hadde god nytte av dette. {} var med på planleggingen.", "Spør {} om opplegget", "Takk til {}! Neste gang vil vi ha mer tid.",
    "Elevene likte timen ({}), og vi så mye.", "kontakt: {}, helst før fredag", "{} ledet møtet, og det gikk fint.",
)  # fmt: skip
FIRST = ("Kari", "Ola", "Ingrid", "Åse", "Øyvind", "Bjørn", "Liv", "Per", "Even", "Marte", "Aisha", "Torbjørn", "Mai", "Stein", "Siv", "Anne-Lise")
LAST = ("Nordmann", "Ødegård", "Hansen", "Lie", "Bakke", "Åsheim", "Solberg", "Haugen")


def structured(chance: random.Random) -> list[tuple[str, str]]:
    """Kind and identifier, every kind in the ways that people write it."""

    def digits(n: int) -> str:
        return "".join(chance.choice("0123456789") for _ in range(n))

    made = []
    for _ in range(40):
        day, month, year, rest = f"{chance.randint(1, 31):02d}", f"{chance.choice((0, 40, 80)) + chance.randint(1, 12):02d}", digits(2), digits(5)
        made += [("eleven digits", form) for form in (
            f"{day}{month}{year}{rest}", f"{day}{month}{year} {rest}", f"{day}.{month}.{year} {rest}", f"{day}{month}{year}-{rest}", f"{day} {month} {year} {rest}",
        )]  # fmt: skip
        name = f"{chance.choice(FIRST)}.{chance.choice(LAST)}".lower()
        made += [("e-mail", f"{name}@skole{digits(2)}.no"), ("e-mail", f"{name}+test@fjord.kommune.no")]
        mobile = chance.choice("49") + digits(7)
        made += [("phone", form) for form in (
            mobile, f"{mobile[:3]} {mobile[3:5]} {mobile[5:]}", f"+47 {mobile}", f"0047 {mobile[:2]} {mobile[2:4]} {mobile[4:6]} {mobile[6:]}",
        )]  # fmt: skip
        made += [("handle", f"@{name.replace('.', '_')}"), ("address", f"https://skole.no/ansatte/{name}"), ("address", f"www.{name.replace('.', '')}.no/om")]
    return made


def test_structured_identifiers_are_all_taken_out(figures: dict[str, str]) -> None:
    chance = random.Random(11)
    planted = structured(chance)
    left = [(kind, one) for kind, one in planted for text in [masked(chance.choice(SENTENCES).format(one)).text] if one in text or MASK not in text]
    figures["masking, structured identifiers"] = f"{len(planted) - len(left)} of {len(planted)} planted found"
    assert len(planted) >= 500
    assert left == []


def test_names_of_the_schools_own_list(figures: dict[str, str]) -> None:
    chance = random.Random(12)
    staff = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(60)]
    found = flagged = 0
    planted = [(chance.choice((name, name.split()[0])), chance.choice(("", "s"))) for name in staff for _ in range(5)]
    for name, genitive in planted:
        made = masked(chance.choice(SENTENCES).format(name + genitive), staff)
        parts = name.split()
        gone = all(part not in made.text for part in parts)
        found += gone
        flagged += not gone and bool(made.flagged)
    figures["masking, names"] = f"recall {found / len(planted):.3f}, and {flagged / len(planted):.3f} flagged for a reader ({len(planted)} planted)"
    assert found + flagged == len(planted)
    assert found / len(planted) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Vi brukte 45 minutter, og 23 av 24 elever var med.", "Sløyfe 3 i 2019/20 var bedre enn i 2018.", "Mai og juni er travle.", "per i dag er vi fire",
        "Liv og røre i timen.", "Brøken 7/9 og 3,75 timer", "klokka 10.30 til 11.15",
    ],
)  # fmt: skip
def test_ordinary_words_stay(text: str) -> None:
    assert masked(text, ["Mai Lie", "Liv Hansen", "Per Bakke"]).text == text


def test_words_that_may_be_names_are_flagged() -> None:
    assert masked("Liv kom. Per sa det.", ["Liv Lie", "Per Lie"]).flagged == ("Liv", "Per")
    assert masked("Vi spurte Liv om det.", ["Liv Lie"]).text == f"Vi spurte {MASK} om det."
    assert "Liv" in AMBIGUOUS

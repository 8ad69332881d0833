"""What a school owner and a county read: whether agreements are kept, what the owner itself has promised,
money.

Belongs here: from rows to sentences and tables. Does not belong here: asking (`reader.py`), drawing
(`app_pages/status.py` and its neighbours), what a scheme requires (`innenfra/schemes.py`).

Below three schools nothing is counted together: each school is told by itself, or not at all.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from apps import sentences
from apps.charts.squares import Cell
from apps.charts.theme import MARKS
from apps.records import begin, count, day, join, plain
from apps.words import Words
from innenfra.contracts.vocabulary import SHOWN_STATUSES
from innenfra.grants import Money, Need, order_tellers
from innenfra.schemes import Schemes
from innenfra.sentences import kroner

Row = Mapping[str, Any]
FEWEST = 3
"""Schools from which anything is counted together."""

Track = Literal["kept", "open", "behind", "unknown"]
NOTHING = "–"
"""Where a school had no agreement in a year."""

NAMED = 3
"""Schools that one sentence names; more are counted."""

NO_PARTY = "no_party"
REVIEWED = ("kept", "partly", "not_kept", "changed_by_agreement")


# ---------------------------------------------------------------- loops against the agreement


@dataclass(frozen=True)
class SchoolYear:
    """What one school has done of what was agreed in one school year and agreement."""

    school: str
    year: str
    partnership: str
    track: Track
    done: int | None
    agreed: int | None
    text: str
    status: str = "observed"


def read_loops(rows: Sequence[Row], schools: Mapping[str, str], words: Words) -> list[SchoolYear]:
    """Loops held against those agreed, by school in the order of their codes, and year; `schools` are their
    names by number."""
    found = [
        row
        for row in rows
        if row["school_id"] in schools and row["indicator_id"] == "A1" and json.loads(row["slice"]) == {}
    ]
    order = {school: place for place, school in enumerate(schools)}
    return [
        SchoolYear(
            row["school_id"],
            row["period"],
            str(row.get("partnership_id") or ""),
            judge_track(row),
            *_fraction(row),
            sentences.shown(dict(row), words),
            row["status"],
        )
        for row in sorted(found, key=lambda row: (order[row["school_id"]], row["period"]))
    ]


def find_agreed(
    agreements: Sequence[Row], loops: Sequence[SchoolYear], year: str, schools: Mapping[str, str]
) -> dict[str, str]:
    """Schools with an agreement on some day of a school year, or with loops counted against one."""
    first, last = dt.date(int(year[:4]), 8, 1), dt.date(int(year[:4]) + 1, 7, 31)
    held = {one.school for one in loops if one.year == year} | {
        one["school_id"]
        for one in agreements
        if one["valid_from"] <= last and (one["valid_to"] is None or one["valid_to"] >= first)
    }
    return {school: name for school, name in schools.items() if school in held}


def say_no_agreement(schools: Mapping[str, str], agreed: Mapping[str, str], year: str, words: Words) -> str:
    """Which schools have no agreement in a year; empty where all have one."""
    without = [name for school, name in schools.items() if school not in agreed]
    if not without:
        return ""
    who = join(map(plain, without), words) if len(without) <= NAMED else _say_schools(len(without), words)
    return begin(words("owner.no_agreement", who=who, year=year))


def list_cells(
    loops: Sequence[SchoolYear],
    years: Sequence[str],
    schools: Mapping[str, str],
    agreements: Sequence[Row],
    words: Words,
) -> list[Cell]:
    """Every school in every year: its loops, the mark of why there is no number, or a dash where it had no
    agreement."""
    cells = []
    for school, name in schools.items():
        for year in years:
            of = [one for one in loops if (one.school, one.year) == (school, year)]
            cells += [
                Cell(name, year, one.done, one.agreed, MARKS.get(one.status, one.text), one.text)
                for one in of
            ] or [
                Cell(name, year, None, None, MARKS["not_collected"], words("state.not_collected"))
                if find_agreed(agreements, loops, year, {school: name})
                else Cell(name, year, None, None, NOTHING, words("owner.nothing_told"))
            ]
    return cells


def say_marks(cells: Sequence[Cell], words: Words) -> str:
    """What squares and marks mean, as far as they are seen."""
    marks = {*MARKS.values(), NOTHING}
    marked = {cell.text: cell.full for cell in cells if cell.text in marks}
    told = [f"{mark} {text.rstrip('.').lower()}." for mark, text in marked.items()]
    return " ".join([words("owner.careful"), *told])


def judge_track(row: Row) -> Track:
    """Whether what was agreed is done; `open` while the year goes on."""
    done, agreed = _fraction(row)
    if done is None or agreed is None:
        return "unknown"
    if done >= agreed:
        return "kept"
    return "open" if row["status"] == "provisional" else "behind"


def _fraction(row: Row) -> tuple[int | None, int | None]:
    if row["status"] not in SHOWN_STATUSES or row["numerator"] is None or row["denominator"] is None:
        return None, None
    return int(row["numerator"]), int(row["denominator"])


def answer_status(loops: Sequence[SchoolYear], year: str, schools: Mapping[str, str], words: Words) -> str:
    """The sentence of the page for one school year."""
    if not schools:
        return words("owner.no_schools")
    of_year = {
        school: _worst([one for one in loops if one.school == school and one.year == year])
        for school in schools
    }
    if len(schools) < FEWEST:
        one_by_one = [
            words(
                "owner.answer.one",
                school=schools[school],
                text=_say_one(loops, school, year, words),
            )
            for school in schools
        ]
        return words("owner.answer.few", year=year, told="; ".join(one_by_one))
    on_track = sum(track in ("kept", "open") for track in of_year.values())
    told = begin(
        words("owner.answer.on_track", n=count(on_track, words), all=count(len(schools), words), year=year)
    )
    parts: tuple[Track, ...] = ("behind", "unknown")
    for track in parts:
        named = [schools[school] for school, one in of_year.items() if one == track]
        if named:
            who = join(named, words) if len(named) <= NAMED else _say_schools(len(named), words)
            told += "; " + words(f"owner.answer.{track}", who=who)
    return told + "."


def _say_one(loops: Sequence[SchoolYear], school: str, year: str, words: Words) -> str:
    text = next((one.text for one in loops if (one.school, one.year) == (school, year)), None)
    said = (text or words("state.not_collected")).rstrip(".")
    return said[:1].lower() + said[1:]


def say_open(loops: Sequence[SchoolYear], year: str, schools: Mapping[str, str], words: Words) -> str:
    """How many schools have loops left of a year that goes on; empty where none has."""
    found = [_worst([one for one in loops if one.school == school and one.year == year])
             for school in schools]  # fmt: skip
    left = found.count("open")
    return begin(words("owner.open", who=_say_schools(left, words), year=year)) if left else ""


def _say_schools(number: int, words: Words) -> str:
    return words("owner.one_school" if number == 1 else "owner.schools_n", n=count(number, words))


def _worst(found: Sequence[SchoolYear]) -> Track:
    """What is told of a school with several agreements: the one that lacks most."""
    order: tuple[Track, ...] = ("behind", "open", "kept", "unknown")
    return next((track for track in order if any(one.track == track for one in found)), "unknown")


# ---------------------------------------------------------------- sums of the unit above, in two readings


def read_sum(
    rows: Sequence[Row], indicator: str, cut: Mapping[str, str], year: str, words: Words
) -> tuple[str, str]:
    """An indicator of the unit in a school year: as its schools were then, and by today's structure where
    that says something else; and how many of its schools it rests on. Empty where there is none."""
    told: dict[str, str] = {}
    coverage = ""
    for row in rows:
        if row["school_id"] is not None or (row["indicator_id"], row["period"]) != (indicator, year):
            continue
        of = json.loads(row["slice"])
        if {name: value for name, value in of.items() if name != "structure"} != dict(cut):
            continue
        reading = of.get("structure", "as_it_was")
        told[reading] = sentences.shown(dict(row), words)
        if reading == "as_it_was" and row["coverage_expected"] is not None:
            coverage = words(
                "owner.coverage", n=int(row["coverage_observed"] or 0), all=int(row["coverage_expected"])
            )
    if not told:
        return "", ""
    then = told.get("as_it_was", next(iter(told.values())))
    today = told.get("today", then)
    text = then if today == then else words("owner.two_readings", then=then, today=today)
    return text, coverage


def say_sum(rows: Sequence[Row], indicator: str, cut: Mapping[str, str], year: str, words: Words) -> str:
    """The same in one sentence."""
    text, coverage = read_sum(rows, indicator, cut, year, words)
    return f"{text} ({coverage})" if coverage else text


def say_coverage_of_all(coverages: Sequence[str], words: Words) -> str:
    """What all sums rest on, said once; empty where they do not rest on the same."""
    found = set(coverages)
    return words("owner.coverage_of_all", coverage=found.pop()) if len(found) == 1 and "" not in found else ""


def say_coverage(rows: Sequence[Row], year: str) -> tuple[int, int] | None:
    """Of how many partner schools of the unit, as it was in the year, the open sum that rests on most rests;
    None where no sum of the year is open."""
    found = [
        (int(row["coverage_observed"] or 0), int(row["coverage_expected"]))
        for row in rows
        if row["school_id"] is None
        and row["period"] == year
        and row["coverage_expected"] is not None
        and json.loads(row["slice"]).get("structure", "as_it_was") == "as_it_was"
    ]
    return max(found, default=None)


def is_closed(closed: Sequence[Row], indicator: str, cut: Mapping[str, str], year: str) -> bool:
    """Whether the release has the sum and this reader may not know it."""
    return any(
        (row["indicator_id"], row["period"]) == (indicator, year)
        and {name: value for name, value in json.loads(row["slice"]).items() if name != "structure"}
        == dict(cut)
        for row in closed
    )


def say_schemes(schemes: Schemes, codes: Sequence[str], year: str, words: Words) -> str:
    """Under which schemes the schools worked in a school year: those that grants of its two budget years
    name, else those in force. Several are named, so that nothing is pooled over them unsaid."""
    named = list(dict.fromkeys(codes)) or [
        scheme.code
        for budget_year in (int(year[:4]), int(year[:4]) + 1)
        for scheme in schemes.of_budget_year(budget_year)
    ]
    known = [one.code for one in schemes.schemes if one.code in named]
    listed = join([name_scheme(code, schemes, words) for code in known], words)
    if not known:
        return ""
    return words("owner.scheme" if len(known) == 1 else "owner.schemes", year=year, schemes=listed)


# ---------------------------------------------------------------- what schools say that they need


def say_need(need: Need, schools: Mapping[str, str], called: str, words: Words) -> str:
    """One kind of need in a sentence: how many of the schools; of fewer than three schools, only the kind."""
    if len(schools) < FEWEST:
        return begin(words("owner.need", kind=called))
    return begin(
        words("owner.need_n", kind=called, n=count(need.schools_n, words), all=count(len(schools), words))
    )


# ---------------------------------------------------------------- what the owner itself has promised


@dataclass(frozen=True)
class Promise:
    """One kind of commitment in a year: what both sides say of it, each in words."""

    kind: str
    owner_says: str
    others_say: str
    not_assessed_n: int
    agreed_n: int
    differ_n: int


def read_promises(rows: Sequence[Row], year: str, words: Words, say: Callable[[str], str]) -> list[Promise]:
    """The owner's own commitments of a school year by kind. Where both sides have said the same of all, one
    word stands; else how many of each."""
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        if row["school_year"] == year:
            kinds.setdefault(row["commitment_type"], []).append(row)
    return [
        Promise(
            kind,
            _say_results([_owner_says(row) for row in of], words, say),
            _say_results([row["others_say"] for row in of], words, say),
            sum(_owner_says(row) is None for row in of),
            len(of),
            sum(
                row["owner_says"] in REVIEWED
                and row["others_say"] in REVIEWED
                and row["owner_says"] != row["others_say"]
                for row in of
            ),
        )
        for kind, of in kinds.items()
    ]


def _owner_says(row: Row) -> str | None:
    """An owner that is no party to the agreement does not assess it."""
    if row["owner_says"] in REVIEWED:
        return str(row["owner_says"])
    return None if row["owner_is_party"] else NO_PARTY


def _say_results(results: Sequence[str | None], words: Words, say: Callable[[str], str]) -> str:
    known = (*REVIEWED, NO_PARTY)
    counted = Counter(result if result in known else "not_assessed" for result in results)
    called = {one: say(one) for one in REVIEWED} | {
        one: words(f"owner.{one}") for one in (NO_PARTY, "not_assessed")
    }
    if len(counted) == 1:
        return called[next(iter(counted))]
    return ", ".join(
        words("owner.says_n", what=what, n=counted[one]) for one, what in called.items() if counted[one]
    )


def say_unfinished(promises: Sequence[Promise], words: Words) -> str:
    """What is the owner's own to do: what it has not assessed, and where the others say otherwise."""
    waiting, agreed = sum(p.not_assessed_n for p in promises), sum(p.agreed_n for p in promises)
    differ = sum(p.differ_n for p in promises)
    told = words("owner.unfinished", n=waiting, all=agreed) if waiting else ""
    return " ".join(filter(None, (told, words("owner.differ", n=differ) if differ else "")))


# ---------------------------------------------------------------- money


def say_differences(
    rows: Sequence[Row], money: Sequence[Money], names: Mapping[str, str], words: Words
) -> list[str]:
    """What each says where owner and institutions tell of one grant differently, an amount a sentence."""
    told = []
    for one in money:
        key = (one.owner, one.year, one.scheme, one.partnership)
        of = [
            row
            for row in sorted(rows, key=order_tellers)
            if (row["owner_id"], row["budget_year"], row["scheme_code"], row["partnership_id"]) == key
        ]
        for name in one.differing:
            said = [
                words(
                    "grants.says",
                    who=plain(names.get(row["reported_by_id"], row["reported_by_id"])),
                    amount=say_kroner(row[name], words),
                )
                for row in of
                if row[name] is not None
            ]
            told.append(
                words(
                    "grants.difference",
                    year=one.year,
                    what=words(f"owner.money.{name}"),
                    said=join(said, words),
                )
            )
    return told


def say_kroner(amount: Decimal | None, words: Words) -> str:
    """An amount in kroner; what is not known says so and is never 0."""
    return words("owner.not_known") if amount is None else kroner(amount)


def table_of_money(money: Sequence[Money], schemes: Schemes, words: Words) -> list[tuple[str, ...]]:
    """One line for each grant: year, scheme, granted, required, delivered."""
    return [
        (
            str(one.year),
            name_scheme(one.scheme, schemes, words),
            say_kroner(one.granted, words),
            say_kroner(one.required.amount, words),
            say_kroner(one.delivered, words)
            + ("" if None not in one.parts or one.delivered is None else f" {words('owner.so_far')}"),
        )
        for one in money
    ]


def say_not_known(money: Sequence[Money], words: Words) -> list[str]:
    """Why what is required is not known, each reason with its years."""
    years: dict[str, list[str]] = {}
    for one in money:
        if one.required.reason != "known" and str(one.year) not in years.setdefault(one.required.reason, []):
            years[one.required.reason].append(str(one.year))
    return [words(f"owner.required.{reason}", years=join(of, words)) for reason, of in years.items()]


def name_scheme(code: str, schemes: Schemes, words: Words) -> str:
    """A scheme in the language, or its code where it is not known."""
    found = schemes.find(code)
    return found.name[words("code")] if found else code


def say_deadline(schemes: Schemes, counties: Collection[str], today: dt.date, words: Words) -> str:
    """The next day on which an owner hands something in, and under which scheme; or that it is not known."""
    date = schemes.find_deadline(counties, today)
    if date is None:
        in_force = [name_scheme(one.code, schemes, words) for one in schemes.of_budget_year(today.year)]
        return words("owner.next.no_deadline", schemes=join(in_force, words)) if in_force else ""
    return words(
        f"owner.next.deadline.{date.kind}",
        day=day(date.on, words),
        office=plain(date.office),
        scheme=name_scheme(date.scheme, schemes, words),
        year=date.budget_year,
    )


def say_followed(money: Sequence[Money], rows: Sequence[Row], owner: str, words: Words) -> str:
    """Whose grants are counted with those of an owner that followed them, and what its own come to; empty
    where it followed nobody."""
    names = {row["owner_id"]: str(row["owner_name"] or row["owner_id"]) for row in rows}
    former = [name for one, name in sorted(names.items()) if one != owner]
    if not former:
        return ""
    own: dict[int, Decimal] = {}
    for one in money:
        if one.owner == owner and one.granted is not None:
            own[one.year] = own.get(one.year, Decimal(0)) + one.granted
    told = join([f"{year}: {say_kroner(amount, words)}" for year, amount in sorted(own.items())], words)
    owners = join([plain(name) for name in former], words)
    return words("owner.followed_by_us" if told else "owner.followed_only", owners=owners, told=told)


# ---------------------------------------------------------------- who provides


def say_providers(rows: Sequence[Row], year: str, words: Words) -> str:
    """With which institutions the loops of a year were held: a description, never a judgement."""
    of_year = sorted(
        (row for row in rows if row["school_year"] == year),
        key=lambda row: (row["institution_id"] is None, str(row["institution_id"])),
    )
    if not of_year:
        return ""
    told = join(
        [
            words(
                "county.provider",
                name=(
                    plain(str(row["institution_name"] or row["institution_id"]))
                    if row["institution_id"]
                    else words("county.other_providers")
                ),
                n=row["loops_n"],
                all=row["of_loops_n"],
                share=round(100 * row["loops_n"] / row["of_loops_n"]),
            )
            for row in of_year
        ],
        words,
    )
    return words("county.providers", year=year, told=told)

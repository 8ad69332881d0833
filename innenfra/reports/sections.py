"""What each kind of report says: rows in, the report out. Pure, in the report's language.

Belongs here: which sections there are, what fills each, what is named as missing. Does not belong here: words
(`innenfra/wording/report.*.toml`), how a value is written (`innenfra/sentences.py`), files.

Schools stand in the order of their codes, never by value. What has no number is told by its state, and what
cannot be told at all is named once, together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from innenfra import sentences
from innenfra.agreements import find_version, is_valid_in
from innenfra.contracts.agreements import CHANGE_REASONS, COMMITMENT_TYPES, PER, UNITS
from innenfra.contracts.meetings import DECIDERS, DECISION_TYPES
from innenfra.contracts.vocabulary import PARTIES
from innenfra.grants import read_money, read_needs
from innenfra.mirror_items import describe_item, list_marks
from innenfra.reports.gather import Facts, Row, school_years
from innenfra.reports.model import (
    Block,
    Cell,
    FilledBy,
    Kind,
    Mark,
    Picture,
    Report,
    Section,
    Table,
    Text,
    check,
)
from innenfra.schemes import load_schemes
from innenfra.settings import Language
from innenfra.wording import translator

Slice = dict[str, str]
AS_IT_WAS = {"structure": "as_it_was"}
"""Sums count a school where it was in the year; the other reading is told beside it."""

LEAST_SCHOOLS = 3
"""Below this an owner's sum would be the values of its schools."""

SUMS: tuple[tuple[str, Slice], ...] = (
    ("A1", {}),
    ("C1", {}),
    ("C3", {"measure": "arenas"}),
    ("C4", {"measure": "membership"}),
    ("C4", {"measure": "attendance"}),
    ("A6", {}),
    ("I1", {"plan": "activity_plan"}),
    ("I1", {"plan": "meeting_plan"}),
    ("I2", {"measure": "held"}),
    ("I2", {"measure": "attended"}),
    ("U4", {"measure": "loops_with_collective_area"}),
    ("U1", {"measure": "against_plan"}),
)
"""What an owner is told of all its schools together."""

BENEFIT: tuple[tuple[str, Slice], ...] = SUMS[2:]
"""What may support what people write of the benefit: arenas, groups, time given, plans, new staff, areas."""

OWN_WORDS: dict[Kind, tuple[str, ...]] = {
    "county": ("needs", "money", "benefit", "goals", "plan"),
    "council": ("benefit", "plan"),
    "mirror": ("next_loop",),
    "yearly": ("words_school", "words_university", "plan"),
}
"""Sections that people fill in their own words, by kind."""


class Writer:
    """The facts of one report, and how they are put into words in one language."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts, self.language = facts, language
        self.t = translator(language)
        self.labels = sentences.Labels(facts.measures, language)
        self.used: dict[str, None] = {}
        """Indicators that the report tells anything of."""
        self._values: dict[tuple[str, str, str | None], list[Row]] = defaultdict(list)
        for row in facts.values:
            self._values[row["indicator_id"], row["period"], row["school_id"]].append(row)

    def label(self, indicator: str, cut: Slice) -> str:
        """The name of an indicator's slice."""
        named = next(
            (i[f"label_{self.language}"] for i in self.facts.indicators if i["indicator_id"] == indicator), ""
        )
        return self.labels.of(indicator, cut) or str(named)

    def cell(self, row: Row | None) -> Cell:
        """How a value is written, with the number where it is exactly one."""
        if row is None:
            return Cell(self.t("report.no_value"))
        self.used[row["indicator_id"]] = None
        exact = (
            sentences.has_number(row)
            and row["bound"] == "="
            and row["value"] is not None
            and row["value_high"] is None
            and row["value_below"] is None
        )
        return Cell(sentences.shown(row, self.t).rstrip("."), float(row["value"]) if exact else None)

    def kroner(self, amount: Decimal | None) -> Cell:
        """An amount; what is not known says so."""
        if amount is None:
            return Cell(self.t("report.not_known"))
        return Cell(sentences.kroner(amount), float(amount))

    def sum(self, row: Row | None) -> Cell:
        """How an owner's sum is written: not where it is of too few schools to hide one another."""
        return Cell(self.t("report.few")) if row and is_of_few(row) else self.cell(row)

    def find(
        self, indicator: str, cut: Slice, period: str, school: str | None, partnership: str | None = None
    ) -> Row | None:
        """The value of a school (or of the owner, as its schools were then, where it is none) in a period."""
        wanted = cut if school else {**cut, **AS_IT_WAS}
        return next(
            (
                row
                for row in self._values.get((indicator, period, school), ())
                if partnership in (None, row["partnership_id"]) and json.loads(row["slice"]) == wanted
            ),
            None,
        )

    def differs_today(self, indicator: str, cut: Slice, period: str) -> bool:
        """Whether the owner's sum would be another by where the schools are today."""
        then = self.find(indicator, cut, period, None)
        today = next(
            (
                row
                for row in self.facts.values
                if (row["indicator_id"], row["period"], row["school_id"]) == (indicator, period, None)
                and json.loads(row["slice"]) == {**cut, "structure": "today"}
            ),
            None,
        )
        return bool(then and today and sentences.shown(then, self.t) != sentences.shown(today, self.t))

    def own(self, key: str, title: str, support: Iterable[Block] = (), words: str = "") -> Section:
        """A section in own words, with what supports it; named as missing where nothing is written."""
        blocks, said = list(support), self.facts.words.get(words or key)
        filled: FilledBy = "both" if blocks else "own_words"
        text = (
            Text(said, "own")
            if said
            else Text(self.t("report.lacks_words", ask=self.t(f"report.ask.{key}")), "missing")
        )
        return Section(key, title, filled, (text, *blocks), () if said else ("own_words",))

    def data(self, key: str, title: str, blocks: Sequence[Block], reason: str = "") -> Section:
        """A section from data; named as missing where there are none."""
        if blocks:
            return Section(key, title, "data", tuple(blocks))
        said = reason or self.t("report.lacks_data")
        return Section(key, title, "data", (Text(said, "missing"),), ("data",))

    def marks(self, rows: Iterable[tuple[str, Row]]) -> tuple[Mark, ...]:
        """Lines of a picture of shares."""
        made = []
        for label, row in rows:
            low = high = None
            if sentences.has_number(row) and row["value"] is not None:
                low, high = told_range(row)
            made.append(Mark(label, self.cell(row).written, low, high))
        return tuple(made)

    def picture(self, caption: str, rows: Sequence[tuple[str, Row]]) -> Picture:
        """A picture of shares; its text tells every line."""
        marks = self.marks(rows)
        told = "; ".join(f"{mark.label}: {mark.written}" for mark in marks)
        return Picture(
            self.t("report.picture", caption=caption, told=told), caption, marks, self.t("report.axis")
        )


def is_of_few(row: Row) -> bool:
    """Whether a sum with a number is of fewer schools than hide one another, once it leaves the owner."""
    return sentences.has_number(row) and (row["coverage_observed"] or 0) < LEAST_SCHOOLS


def told_range(row: Row) -> tuple[float, float]:
    """From and to how many per cent a share is told to be."""
    low = high = 100 * float(row["value"])
    if row["bound"] == "<=":
        return 0.0, high
    if row["bound"] == ">=":
        return low, 100.0
    if row["value_high"] is not None:
        high = 100 * float(row["value_high"])
    elif row["value_below"] is not None:
        high = 100 * float(row["value_below"]) - 1
    return low, max(low, high)


# ---------------------------------------------------------------- the report


def write(facts: Facts, kind: Kind, unit: str, period: str, language: Language, link: str) -> Report:
    """The report that the facts make."""
    writer = Writer(facts, language)
    t = writer.t
    answer, sections = {"county": _county, "council": _council, "mirror": _mirror, "yearly": _yearly}[kind](
        writer, unit, period
    )
    date = _date(facts.released_on)
    return check(
        Report(
            kind=kind,
            unit_id=unit,
            period=period,
            language=language,
            title=t(f"report.title.{kind}", unit=facts.unit_name, period=period),
            subtitle=t(f"report.subtitle.{kind}", unit=facts.unit_name, period=period),
            answer=answer,
            sections=tuple(sections),
            release=facts.release,
            data_date=date,
            made_on=facts.released_on,
            link=link,
            stamp=t("report.stamp", release=facts.release, date=date, unit=facts.unit_name),
            caveats=(t(f"report.caveat.{kind}"), t("report.caveat.states")),
            about=_about(writer),
        )
    )


def _about(writer: Writer) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(i[f"label_{writer.language}"]), str(i[f"meaning_{writer.language}"]))
        for i in writer.facts.indicators
        if i["indicator_id"] in writer.used
    )


def _date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


# ---------------------------------------------------------------- an owner's reports


def _county(writer: Writer, unit: str, period: str) -> tuple[str, list[Section]]:
    t = writer.t
    years = school_years(period)
    title = {key: t(f"report.section.{key}") for key in COUNTY}
    return _coverage(writer, years), [
        writer.own("needs", title["needs"], _needs(writer, years[-1])),
        writer.data("measures", title["measures"], _measures(writer, years)),
        writer.own("money", title["money"], _money(writer, int(period))),
        writer.own("benefit", title["benefit"], _sums(writer, BENEFIT, years)),
        writer.own("goals", title["goals"]),
        writer.data("amendments", title["amendments"], _amendments(writer)),
        writer.data("commitments", title["commitments"], _commitments(writer, years[-1], ("school_owner",))),
        writer.data("voices", title["voices"], _voices(writer, years), t("report.no_voices")),
        writer.own("plan", title["plan"]),
    ]


COUNTY = ("needs", "measures", "money", "benefit", "goals", "amendments", "commitments", "voices", "plan")


def _council(writer: Writer, unit: str, period: str) -> tuple[str, list[Section]]:
    t = writer.t
    years = school_years(period)
    sums = _sums(writer, SUMS, years[-1:])
    shares = [
        (writer.label(indicator, cut), row)
        for indicator, cut in SUMS
        if (row := writer.find(indicator, cut, years[-1], None))
        and row["unit"] == "share"
        and not is_of_few(row)
    ]
    if sums and any(sentences.has_number(row) for _, row in shares):
        sums = [writer.picture(t("report.sums_picture", year=years[-1]), shares), *sums]
    return _coverage(writer, years), [
        writer.data("measures", t("report.section.measures"), _measures(writer, years)),
        writer.data("together", t("report.section.together"), sums, _no_sum(writer, years[-1:])),
        writer.data("amendments", t("report.section.amendments"), _amendments(writer)),
        writer.data(
            "commitments", t("report.section.commitments"), _commitments(writer, years[-1], ("school_owner",))
        ),
        writer.data("voices", t("report.section.voices"), _voices(writer, years), t("report.no_voices")),
        writer.own("benefit", t("report.section.benefit")),
        writer.own("plan", t("report.section.plan")),
    ]


def has_agreement(facts: Facts, school: str, partnership: str | None, *years: str) -> bool:
    """Whether a school had an agreement (in a partnership, or any) in one of some school years; where none
    was ever delivered, nobody knows that it had not."""
    versions = [
        one
        for one in facts.agreements
        if one["school_id"] == school and partnership in (None, one["partnership_id"])
    ]
    return not versions or any(is_valid_in(one, year) for one in versions for year in years)


def _partners(writer: Writer, years: Sequence[str]) -> list[Row]:
    """Schools that were in a partnership in some school years, or invited to one."""
    return [s for s in writer.facts.schools if has_agreement(writer.facts, s["school_id"], None, *years)]


def _count_delivered(writer: Writer, years: Sequence[str]) -> dict[str, int]:
    """How many of the schools in partnership have a number in the years of the report."""
    partners = _partners(writer, years)
    told = {row["school_id"] for row in writer.facts.values if sentences.has_number(row)}
    return {"n": sum(school["school_id"] in told for school in partners), "all": len(partners)}


def _coverage(writer: Writer, years: Sequence[str]) -> str:
    return writer.t(
        "report.answer.owner",
        **_count_delivered(writer, years),
        unit=writer.facts.unit_name,
        first=years[0],
        last=years[-1],
    )


def _measures(writer: Writer, years: Sequence[str]) -> list[Block]:
    t, facts = writer.t, writer.facts
    theirs = {one for school in _partners(writer, years) for one in school["partnership_ids"]}
    titles = [
        str(p["title"] or p["partnership_id"]) for p in facts.partnerships if p["partnership_id"] in theirs
    ]
    blocks: list[Block] = [Text(t("report.partnerships", n=len(titles), titles="; ".join(titles)))]
    blocks.append(_by_school(writer, "A1", {}, years, t("report.a1_by_school")))
    blocks.append(Text(t("report.a1_note"), "note"))
    if silent := [facts.name(s["school_id"]) for s in facts.schools if s["invited_only"]]:
        blocks.append(Text(t("report.silent", schools=", ".join(silent))))
    return blocks


def _by_school(writer: Writer, indicator: str, cut: Slice, periods: Sequence[str], caption: str) -> Table:
    """One indicator, a line for each school and partnership, a column for each period."""
    rows = []
    for school, partnership, name in _lines(writer):
        cells = []
        for period in periods:
            row = writer.find(indicator, cut, period, school, partnership)
            bound = row or has_agreement(writer.facts, school, partnership, period)
            cells.append(writer.cell(row) if bound else Cell(writer.t("report.no_agreement")))
        rows.append((Cell(name), *cells))
    return Table(caption, (writer.t("report.school"), *periods), tuple(rows))


def _lines(writer: Writer) -> list[tuple[str, str | None, str]]:
    """Schools that delivered, in the order of their codes; one in several partnerships has a line for
    each."""
    lines: list[tuple[str, str | None, str]] = []
    titles = {p["partnership_id"]: str(p["title"] or p["partnership_id"]) for p in writer.facts.partnerships}
    known: dict[str, set[str]] = defaultdict(set)
    for row in writer.facts.values:
        if row["school_id"] and row["partnership_id"]:
            known[row["school_id"]].add(row["partnership_id"])
    for school in writer.facts.schools:
        if school["invited_only"]:
            continue
        several = sorted(known[school["school_id"]])
        name = writer.facts.name(school["school_id"])
        if len(several) < 2:
            lines.append((school["school_id"], None, name))
        else:
            lines += [(school["school_id"], one, f"{name} · {titles.get(one, one)}") for one in several]
    return lines


def _sums(writer: Writer, wanted: Sequence[tuple[str, Slice]], years: Sequence[str]) -> list[Block]:
    """The owner's sums over its schools; none where there are too few schools to hide one another."""
    rows = []
    if _are_few(writer, years):
        return []
    for indicator, cut in wanted:
        found = [writer.find(indicator, cut, year, None) for year in years]
        if any(found):
            rows.append((Cell(writer.label(indicator, cut)), *(writer.sum(row) for row in found)))
    if not rows:
        return []
    covers = [
        row
        for row in writer.facts.values
        if row["school_id"] is None and row["coverage_expected"] is not None
    ]
    caption = writer.t("report.sums")
    blocks: list[Block] = [Table(caption, (writer.t("report.what"), *years), tuple(rows))]
    today = [
        writer.label(indicator, cut)
        for indicator, cut in wanted
        if any(writer.differs_today(indicator, cut, year) for year in years)
    ]
    blocks.append(
        Text(
            writer.t("report.today", labels=", ".join(today)) if today else writer.t("report.same_today"),
            "note",
        )
    )
    if covers:
        expected = max(int(row["coverage_expected"]) for row in covers)
        blocks.append(Text(writer.t("report.sums_note", n=expected), "note"))
    return blocks


def _are_few(writer: Writer, years: Sequence[str]) -> bool:
    return sum(not school["invited_only"] for school in _partners(writer, years)) < LEAST_SCHOOLS


def _no_sum(writer: Writer, years: Sequence[str]) -> str:
    return writer.t("report.too_few_schools" if _are_few(writer, years) else "report.lacks_data")


def _needs(writer: Writer, year: str) -> list[Block]:
    """How many of the schools need what, where they are enough to be counted. Their words stay with those
    that they were written to: the owner and the partners."""
    t, facts = writer.t, writer.facts
    named = {
        s["school_id"]: facts.name(s["school_id"]) for s in _partners(writer, [year]) if not s["invited_only"]
    }
    found = read_needs(facts.needs, year, named)
    if not found or len(named) < LEAST_SCHOOLS:
        return []
    rows = [
        (
            Cell(COMMITMENT_TYPES.labels[need.kind][writer.language]),
            Cell(t("report.of", n=need.schools_n, all=len(named))),
        )
        for need in found
    ]
    header = (t("report.need"), t("report.schools"))
    return [Table(t("report.needs", year=year), header, tuple(rows))]


def _money(writer: Writer, budget_year: int) -> list[Block]:
    """Grants of the budget year and the two before it with own share required and delivered, schemes apart;
    what is not known is no 0."""
    t, facts, schemes = writer.t, writer.facts, load_schemes()
    money = [one for one in read_money(facts.grants, schemes) if budget_year - 3 < one.year <= budget_year]
    if not money:
        return []
    titles = {p["partnership_id"]: str(p["title"] or p["partnership_id"]) for p in facts.partnerships}
    owners = {row["owner_id"]: str(row["owner_name"] or row["owner_id"]) for row in facts.grants}
    rows = []
    for one in money:
        scheme = schemes.find(one.scheme)
        former = f" ({owners[one.owner]})" if len(owners) > 1 else ""
        rows.append(
            (
                Cell(f"{one.year}{former}"),
                Cell(scheme.name[writer.language] if scheme else one.scheme),
                Cell(titles.get(one.partnership, one.partnership)),
                *(writer.kroner(n) for n in (one.granted, one.required.amount, one.delivered)),
            )
        )
    columns = ("year", "scheme", "partnership", "granted", "required", "delivered")
    blocks: list[Block] = [
        Table(t("report.grants"), tuple(t(f"report.grant.{name}") for name in columns), tuple(rows))
    ]
    notes = {
        "differ": any(one.differing for one in money),
        "no_rule": any(one.required.reason == "no_rule_found" for one in money),
        "no_day": any(one.required.reason == "rule_changes_in_year" for one in money),
    }
    return [*blocks, *(Text(t(f"report.grant.{key}"), "note") for key, holds in notes.items() if holds)]


def _amendments(writer: Writer) -> list[Block]:
    t = writer.t
    told: list[Block] = [
        Text(
            t(
                "report.amended",
                school=writer.facts.name(one["school_id"]),
                version=one["version_no"],
                date=_date(str(one["valid_from"])),
                reason=CHANGE_REASONS.labels[one["change_reason"]][writer.language].lower(),
            )
        )
        for one in writer.facts.agreements
        if one["is_amendment"] and one["change_reason"] in CHANGE_REASONS.labels
    ]
    return told or [Text(t("report.not_amended"))]


def _commitments(writer: Writer, year: str, parties: Sequence[str]) -> list[Block]:
    """What each party agreed to and has kept, as it says itself and as the others say."""
    t, blocks = writer.t, []
    for party in parties:
        rows = []
        for school, partnership, name in _lines(writer):
            own, other = (
                writer.find("A2", {"assessor": by, "party": party}, year, school, partnership)
                for by in ("own", "other")
            )
            if own or other:
                promised = _promises(writer, school, partnership, party, year)
                rows.append((Cell(name), Cell(promised), writer.cell(own), writer.cell(other)))
        if rows:
            caption = t("report.kept", party=PARTIES.labels[party][writer.language], year=year)
            header = (
                t("report.school"),
                t("report.promised"),
                t("report.assessed.own"),
                t("report.assessed.other"),
            )
            blocks.append(Table(caption, header, tuple(rows)))
    return list(blocks)


def _promises(writer: Writer, school: str, partnership: str | None, party: str, year: str) -> str:
    """What a party has agreed to at a school, by the version in force at the year's end in each
    partnership."""
    versions: dict[str, list[Row]] = {}
    for one in writer.facts.agreements:
        if one["school_id"] == school and partnership in (None, one["partnership_id"]):
            versions.setdefault(one["partnership_id"], []).append(one)
    in_force = {
        (key, found["agreement_id"], found["version_no"])
        for key, listed in versions.items()
        if (found := find_version(listed, year))
    }
    named = dict.fromkeys(
        _promise(writer, one)
        for one in writer.facts.commitments
        if (one["school_id"], one["party"]) == (school, party)
        and (one["partnership_id"], one["agreement_id"], one["version_no"]) in in_force
    )
    return "; ".join(named) or "–"


def _promise(writer: Writer, one: Row) -> str:
    language = writer.language
    told = COMMITMENT_TYPES.labels[one["commitment_type"]][language]
    if one["quantity"] is None or one["unit"] in (None, "yes_no"):
        return told
    parts = [sentences.number(float(one["quantity"]), language)]
    if one["unit"] != "times":
        parts.append(UNITS.labels[one["unit"]][language].lower())
    if one["per"]:
        parts.append(PER.labels[one["per"]][language].lower())
    return f"{told} ({' '.join(parts)})"


def _voices(writer: Writer, periods: Sequence[str]) -> list[Block]:
    return [
        Text(
            writer.t("report.voice", school=writer.facts.name(one["school_id"]), words=one["comment"]), "own"
        )
        for one in writer.facts.voices
        if one["period"] is None or one["period"] in periods
    ]


# ---------------------------------------------------------------- a school's mirror sheet


OF = {"=": "report.of", ">=": "report.least"}
"""How a count of a whole is said, by its bound."""

MIRROR_WORK = ("C1", "C3", "A5", "P1", "P2", "C5", "U2")
"""What a mirror sheet tells of a loop, beside the log; the rest stands on the school's pages."""


def _mirror(writer: Writer, unit: str, period: str) -> tuple[str, list[Section]]:
    t = writer.t
    rows = [row for row in writer.facts.values if row["school_id"] == unit]
    answers = [row for row in rows if {"item", "answer"} <= json.loads(row["slice"]).keys()]
    pictures: list[Block] = []
    items = list(dict.fromkeys(str(json.loads(row["slice"]).get("item", "")) for row in answers))
    for item in items:
        of_item = [row for row in answers if json.loads(row["slice"]).get("item") == item and item]
        if any(sentences.has_number(row) for row in of_item):
            pictures.append(_question(writer, item, of_item))
    if any(row["status_reason"] == "few_chose" for row in answers):
        pictures.append(Text(t("report.told_together"), "note"))
    work = [row for row in rows if row["indicator_id"] in MIRROR_WORK and row["unit"] == "share"]
    return _who_answered(writer, rows, period), [
        writer.data("answers", t("report.section.answers"), pictures, _states(writer, answers)),
        writer.data("work", t("report.section.work"), _told(writer, work)),
        writer.data("items", t("report.section.items"), _items(writer), t("report.no_items")),
        _next_loop(writer),
    ]


def _items(writer: Writer) -> list[Block]:
    """The university's mirror data of the loop, and what the school answered to each."""
    t = writer.t
    rows = []
    for item in writer.facts.items:
        said = f"«{item['text']}»" if item["text"] else describe_item(item, t)
        answered = t(f"item.outcome.{item['outcome'] or 'not_asked'}")
        rows.append((Cell(" · ".join([said, *list_marks(item, t)])), Cell(_begin(answered))))
    header = (t("report.item"), t("report.item_answer"))
    return [Table(t("report.items"), header, tuple(rows))] if rows else []


def _next_loop(writer: Writer) -> Section:
    """What is tried in the next loop: what was decided, and own words; one of them is enough."""
    title = writer.t("report.section.next_loop")
    decided = [_decision(writer, one) for one in writer.facts.decisions]
    if not any(one["text"] for one in writer.facts.decisions):
        return writer.own("next_loop", title, decided)
    said = writer.facts.words.get("next_loop")
    return Section("next_loop", title, "both", (*decided, *([Text(said, "own")] if said else [])))


def _decision(writer: Writer, one: Row) -> Text:
    language = writer.language
    kind = DECISION_TYPES.labels[one["decision_type"]][language].lower()
    return Text(
        writer.t(
            "report.decided",
            what=f"«{one['text']}»" if one["text"] else writer.t("report.decided_on", kind=kind),
            decider=DECIDERS.labels[one["decided_by"]][language].lower(),
            date=_date(str(one["decided_on"])),
        )
    )


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _question(writer: Writer, item: str, rows: Sequence[Row]) -> Picture:
    """One question of the log with its answers, in the form's own words."""
    t = writer.t
    asked = t(f"log.item.{item}") if t.knows(f"log.item.{item}") else item
    marks, hidden, told = [], [], []
    for row in sorted(rows, key=lambda row: str(json.loads(row["slice"])["answer"])):
        code = str(json.loads(row["slice"])["answer"])
        key = f"log.answer.{item}.{code}"
        label = t(key) if t.knows(key) else t("log.answer", answer=code)
        cell = writer.cell(row)
        if sentences.has_number(row):
            told.append(row)
            marks.append(Mark(label, cell.written, *told_range(row)))
        elif row["status_reason"] == "few_chose":
            hidden.append(label)
        else:
            marks.append(Mark(label, t(f"state.{row['status']}").rstrip(".")))
    if hidden:
        marks.insert(0, _together(writer, hidden, told))
    said = "; ".join(f"{mark.label}: {mark.written}" for mark in marks)
    return Picture(t("report.picture", caption=asked, told=said), asked, tuple(marks), t("report.axis"), True)


def _together(writer: Writer, labels: Sequence[str], told: Sequence[Row]) -> Mark:
    """Answers that few chose, as one: all that the others did not, where everybody's answers are told
    exactly; else no more than that they are protected."""
    t = writer.t
    label = t("report.or", first=", ".join(labels[:-1]), last=labels[-1]) if labels[1:] else labels[0]
    whole = {row["denominator"] for row in told}
    if len(whole) != 1 or None in whole or any(r["bound"] != "=" or r["numerator"] is None for r in told):
        return Mark(label, t("state.suppressed").rstrip("."))
    answered = whole.pop()
    rest = answered - sum(row["numerator"] for row in told)
    row = told[0] | {"numerator": rest, "value": rest / answered, "status": "observed"}
    return Mark(label, writer.cell(row).written, *told_range(row))


def _who_answered(writer: Writer, rows: Sequence[Row], period: str) -> str:
    logs = next((r for r in rows if r["indicator_id"] == "E3" and json.loads(r["slice"]) == {}), None)
    if logs is None:
        return writer.t("report.answer.mirror_none", loop=period)
    said = writer.cell(logs).written
    if not sentences.has_number(logs):
        return writer.t("report.answer.mirror_state", loop=period, answered=said[:1].lower() + said[1:])
    if logs["bound"] in OF and None not in (logs["numerator"], logs["denominator"]):
        n, whole = (sentences.number(logs[part], writer.language) for part in ("numerator", "denominator"))
        answered = writer.t(OF[logs["bound"]], n=n, all=whole)
        return writer.t("report.answer.mirror", loop=period, answered=answered)
    return writer.t("report.answer.mirror_state", loop=period, answered=said)


def _told(writer: Writer, rows: Sequence[Row]) -> list[Block]:
    """A table of what has a number, and one line for all that has none."""
    numbers = [row for row in rows if sentences.has_number(row)]
    blocks: list[Block] = [_listed(writer, numbers, writer.t("report.numbers"))] if numbers else []
    if said := _states(writer, rows):
        blocks.append(Text(said, "note"))
    return blocks


def _listed(writer: Writer, rows: Sequence[Row], caption: str) -> Table:
    return Table(
        caption,
        (writer.t("report.what"), writer.t("report.value")),
        tuple(
            (Cell(writer.label(row["indicator_id"], json.loads(row["slice"]))), writer.cell(row))
            for row in rows
        ),
    )


def _states(writer: Writer, rows: Sequence[Row]) -> str:
    """What has no number, gathered by its state."""
    by_state: dict[str, dict[str, None]] = {}
    for row in rows:
        if not sentences.has_number(row):
            label = writer.label(row["indicator_id"], {})
            by_state.setdefault(sentences.state(row, writer.t).rstrip("."), {})[label] = None
    return " ".join(f"{state}: {', '.join(labels)}." for state, labels in by_state.items())


# ---------------------------------------------------------------- a partnership's yearly report


def _yearly(writer: Writer, unit: str, period: str) -> tuple[str, list[Section]]:
    t, facts = writer.t, writer.facts
    years = [period]
    loops = [
        _many(
            writer,
            [("A1", {}), ("C1", {}), ("C3", {"measure": "arenas"}), ("A5", {})],
            period,
            t("report.loops"),
        ),
    ]
    about: list[Block] = [
        Text(t("report.partnership", unit=facts.unit_name, n=len(facts.schools))),
        *(
            Text(
                t(
                    "report.agreement",
                    school=facts.name(a["school_id"]),
                    date=_date(str(a["valid_from"])),
                    years=(
                        "–"
                        if a["planned_years"] is None
                        else sentences.number(float(a["planned_years"]), writer.language)
                    ),
                )
            )
            for a in facts.agreements
            if a["partnership_id"] == unit and not a["is_amendment"]
        ),
    ]
    answer = t("report.answer.yearly", **_count_delivered(writer, years), unit=facts.unit_name, year=period)
    return answer, [
        writer.data("agreement", t("report.section.agreement"), about),
        writer.data(
            "both_commitments",
            t("report.section.both_commitments"),
            _commitments(writer, period, ("school", "institution", "school_owner")),
        ),
        writer.data("loops", t("report.section.loops"), [block for block in loops if block.rows]),
        writer.data("amendments", t("report.section.amendments"), _amendments(writer)),
        writer.data("voices", t("report.section.voices"), _voices(writer, years), t("report.no_voices")),
        writer.own("words_school", t("report.section.words_school")),
        writer.own("words_university", t("report.section.words_university")),
        writer.own("plan", t("report.section.plan")),
    ]


def _many(writer: Writer, wanted: Sequence[tuple[str, Slice]], period: str, caption: str) -> Table:
    """Several indicators of one period, a line for each school."""
    header = (writer.t("report.school"), *(writer.label(indicator, cut) for indicator, cut in wanted))
    rows: list[tuple[Cell, ...]] = []
    for school, partnership, name in _lines(writer):
        found = [writer.find(indicator, cut, period, school, partnership) for indicator, cut in wanted]
        if any(found):
            rows.append((Cell(name), *(writer.cell(row) for row in found)))
    return Table(caption, header, tuple(rows))

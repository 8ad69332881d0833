"""Rules that a delivered value, row or table must satisfy: one small object each.

Belongs here: what a single file can answer about itself. Every rule says itself in plain words
(`says`), tests a whole column or table at once (`holds`), and builds the Great Expectations
expectation that proves the same again on the landed rows (`expectation`).
Does not belong here: rules that need other deliveries (`expectations/cross_delivery`), parsing, wording
of whole messages (`innenfra/findings.py`).

A rule never judges an empty value, except `Required` and `RequiredWhen`: wrong is not missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from innenfra.contracts.words import CodeList, Words

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Base of all rules. `severity` error holds the row back; warning lands it with a finding."""

    severity: Severity = "error"

    @property
    def code(self) -> str:
        """Stable name of the kind of rule, as stored in `quality.finding.rule`."""
        name = type(self).__name__
        return "".join(("_" if c.isupper() and i else "") + c.lower() for i, c in enumerate(name))

    def says(self) -> Words:
        """What is expected, as the end of the sentence 'must be …'."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ColumnRule(Rule):
    """A rule on one column of a table."""

    def holds(self, value: pl.Expr) -> pl.Expr:
        """Boolean expression, true where the value satisfies the rule (empty values: true)."""
        raise NotImplementedError

    def expectation(self, column: str) -> Expectation:
        """The same rule as an expectation on the landed column."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class TableRule(Rule):
    """A rule over several columns or rows of one table. `column` is where the finding points."""

    @property
    def column(self) -> str:
        raise NotImplementedError

    def holds(self) -> pl.Expr:
        """Boolean expression over the table's columns, true where the row satisfies the rule."""
        raise NotImplementedError

    @property
    def together(self) -> tuple[str, ...]:
        """Columns by which rows break the rule together, and are told of once; none where each row does so
        alone."""
        return ()

    def surely_holds(self, frame: pl.DataFrame) -> bool:
        """Whether every row holds, found more cheaply than row by row. False means: look closer."""
        return bool(frame.select(self.holds().all()).item())

    def broken_sql(self) -> str:
        """SQL condition (over the landed table's columns) that is true for a row that breaks the rule.

        Rules that look at several rows use window functions, so the condition stands in a select
        list: `select file_id, row_number, (<broken_sql>) as broken from …`.
        """
        raise NotImplementedError


# ---------------------------------------------------------------- one column


@dataclass(frozen=True, kw_only=True)
class Required(ColumnRule):
    """The value must be there."""

    def says(self) -> Words:
        return Words(nb="fylt ut", nn="fylt ut", en="filled in")

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_not_null()

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToNotBeNull(column=column)


@dataclass(frozen=True, kw_only=True)
class OneOf(ColumnRule):
    """The value must be a code of a list."""

    codes: CodeList

    def says(self) -> Words:
        nb, nn, en = (
            ", ".join(self.codes.named(code, language) for code in self.codes.codes)
            for language in ("nb", "nn", "en")
        )
        return Words(nb=f"en av: {nb}", nn=f"ein av: {nn}", en=f"one of: {en}")

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_null() | value.is_in(self.codes.codes)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(self.codes.codes))


@dataclass(frozen=True, kw_only=True)
class Known(ColumnRule):
    """The value must be a code that is declared elsewhere. `form` is how that is said to a person: the codes
    are too many to name."""

    codes: tuple[str, ...]
    form: Words

    def says(self) -> Words:
        return self.form

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_null() | value.is_in(self.codes)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(self.codes))


@dataclass(frozen=True, kw_only=True)
class EachOneOf(ColumnRule):
    """A space-separated list in one cell; every part must be a code of a list."""

    codes: CodeList

    def says(self) -> Words:
        listed = ", ".join(self.codes.codes)
        return Words(
            nb=f"én eller flere av (mellomrom mellom): {listed}",
            nn=f"éin eller fleire av (mellomrom mellom): {listed}",
            en=f"one or more of (separated by a space): {listed}",
        )

    @property
    def _pattern(self) -> str:
        one = "(" + "|".join(self.codes.codes) + ")"
        return f"^{one}( {one})*$"

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_null() | value.str.contains(self._pattern)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=self._pattern)


@dataclass(frozen=True, kw_only=True)
class Between(ColumnRule):
    """A number from `low` to `high`, both included; `high=None` leaves the top open."""

    low: float
    high: float | None = None

    def says(self) -> Words:
        if self.high is None:
            return Words(
                nb=f"{self.low:g} eller mer", nn=f"{self.low:g} eller meir", en=f"{self.low:g} or more"
            )
        span = (f"{self.low:g}", f"{self.high:g}")
        return Words(
            nb="fra {} til {}".format(*span),
            nn="frå {} til {}".format(*span),
            en="from {} to {}".format(*span),
        )

    def holds(self, value: pl.Expr) -> pl.Expr:
        fits = value >= self.low
        if self.high is not None:
            fits = fits & (value <= self.high)
        return value.is_null() | fits

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=self.low, max_value=self.high)


@dataclass(frozen=True, kw_only=True)
class DateBetween(ColumnRule):
    """A date that a partnership can have: not typed in the wrong century."""

    first: dt.date = dt.date(2000, 1, 1)
    last: dt.date = dt.date(2099, 12, 31)

    def says(self) -> Words:
        span = (f"{self.first:%d.%m.%Y}", f"{self.last:%d.%m.%Y}")
        return Words(
            nb="en dato fra {} til {}".format(*span),
            nn="ein dato frå {} til {}".format(*span),
            en="a date from {} to {}".format(*span),
        )

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_null() | value.is_between(self.first, self.last)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=self.first, max_value=self.last)


@dataclass(frozen=True, kw_only=True)
class Matches(ColumnRule):
    """Text of a given form. `form` is how the form is said to a person, per language."""

    pattern: str
    form: Words

    def says(self) -> Words:
        return self.form

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_null() | value.str.contains(self.pattern)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=self.pattern)


@dataclass(frozen=True, kw_only=True)
class MaxLength(ColumnRule):
    """Short text."""

    characters: int

    def says(self) -> Words:
        n = self.characters
        return Words(nb=f"høyst {n} tegn", nn=f"høgst {n} teikn", en=f"at most {n} characters")

    def holds(self, value: pl.Expr) -> pl.Expr:
        return value.is_null() | (value.str.len_chars() <= self.characters)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValueLengthsToBeBetween(column=column, min_value=0, max_value=self.characters)


@dataclass(frozen=True, kw_only=True)
class OrganisationNumber(ColumnRule):
    """Nine digits, the first 8 or 9, with a valid MOD11 check digit (weights 3 2 7 6 5 4 3 2)."""

    def says(self) -> Words:
        return Words(
            nb="et organisasjonsnummer på ni siffer med riktig kontrollsiffer",
            nn="eit organisasjonsnummer på ni siffer med rett kontrollsiffer",
            en="an organisation number of nine digits with a valid check digit",
        )

    def holds(self, value: pl.Expr) -> pl.Expr:
        digits = [value.str.slice(i, 1).cast(pl.Int64, strict=False) for i in range(9)]
        weighted = pl.sum_horizontal([d * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=False)])
        control = (11 - weighted % 11) % 11
        valid = value.str.contains(r"^[89][0-9]{8}$") & (control == digits[8])
        return value.is_null() | valid.fill_null(False)

    def expectation(self, column: str) -> Expectation:
        from great_expectations import expectations as gxe

        return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=r"^[89][0-9]{8}$")


# ---------------------------------------------------------------- several columns, one row


@dataclass(frozen=True, kw_only=True)
class RequiredWhen(TableRule):
    """`then` must be filled in when `when` is one of `values` (or, with no values, filled in)."""

    then: str
    when: str
    values: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        return self.then

    def says(self) -> Words:
        if not self.values:
            return Words(
                nb=f"fylt ut når {self.when} er fylt ut",
                nn=f"fylt ut når {self.when} er fylt ut",
                en=f"filled in when {self.when} is filled in",
            )
        listed = "/".join(self.values)
        return Words(
            nb=f"fylt ut når {self.when} er {listed}",
            nn=f"fylt ut når {self.when} er {listed}",
            en=f"filled in when {self.when} is {listed}",
        )

    def holds(self) -> pl.Expr:
        applies = pl.col(self.when).is_in(self.values) if self.values else pl.col(self.when).is_not_null()
        return ~applies.fill_null(False) | pl.col(self.then).is_not_null()

    def broken_sql(self) -> str:
        applies = (
            f"{_names(self.when)} in ({', '.join(map(_quoted, self.values))})"
            if self.values
            else f"{_names(self.when)} is not null"
        )
        return f"{applies} and {_names(self.then)} is null"


LOCAL = "local."
"""What a partnership's own code begins with, where it may add some to a list."""


@dataclass(frozen=True, kw_only=True)
class CodeOfKind(TableRule):
    """`code` must be of the list that belongs to the row's `kind`; a kind without a list takes any code.

    `local` are the kinds to whose list a partnership may add codes of its own, that begin with `local.`.
    """

    of: str
    kind: str
    lists: tuple[tuple[str, CodeList], ...]
    local: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        return self.of

    def says(self) -> Words:
        listed = {
            kind: ", ".join(codes.codes) + (f", {LOCAL}…" if kind in self.local else "")
            for kind, codes in self.lists
        }
        nb = "; ".join(f"når {self.kind} er {kind}, en av: {codes}" for kind, codes in listed.items())
        nn = "; ".join(f"når {self.kind} er {kind}, ein av: {codes}" for kind, codes in listed.items())
        en = "; ".join(f"when {self.kind} is {kind}, one of: {codes}" for kind, codes in listed.items())
        return Words(nb=nb, nn=nn, en=en)

    def holds(self) -> pl.Expr:
        kind, code = pl.col(self.kind), pl.col(self.of)
        broken = pl.lit(False)
        for of_kind, codes in self.lists:
            known = code.is_in(codes.codes) | (
                code.str.starts_with(LOCAL) if of_kind in self.local else pl.lit(False)
            )
            broken = broken | ((kind == of_kind) & ~known)
        return ~broken.fill_null(False)

    def broken_sql(self) -> str:
        code = _names(self.of)
        said = []
        for kind, codes in self.lists:
            own = f" and not starts_with({code}, {_quoted(LOCAL)})" if kind in self.local else ""
            said.append(
                f"({_names(self.kind)} = {_quoted(kind)} and {code} not in"
                f" ({', '.join(map(_quoted, codes.codes))}){own})"
            )
        return " or ".join(said)


@dataclass(frozen=True, kw_only=True)
class ColumnsOfFile(TableRule):
    """`listed` names columns of the file type in `file_type`, separated by spaces. `columns` has the columns
    of every file type, once all are declared."""

    listed: str
    file_type: str
    columns: Callable[[], Mapping[str, Sequence[str]]]

    @property
    def column(self) -> str:
        return self.listed

    def says(self) -> Words:
        return Words(
            nb=f"navn på kolonner i filtypen i {self.file_type}, med mellomrom mellom",
            nn=f"namn på kolonnar i filtypen i {self.file_type}, med mellomrom mellom",
            en=f"names of columns of the file type in {self.file_type}, separated by spaces",
        )

    @property
    def _patterns(self) -> dict[str, str]:
        one = {file_type: "|".join(names) for file_type, names in self.columns().items()}
        return {file_type: f"^({names})( +({names}))*$" for file_type, names in one.items()}

    def holds(self) -> pl.Expr:
        value, broken = pl.col(self.listed), pl.lit(False)
        for file_type, pattern in self._patterns.items():
            broken = broken | ((pl.col(self.file_type) == file_type) & ~value.str.contains(pattern))
        return ~broken.fill_null(False)

    def broken_sql(self) -> str:
        return " or ".join(
            f"({_names(self.file_type)} = {_quoted(file_type)} and {_names(self.listed)} !~"
            f" {_quoted(pattern)})"
            for file_type, pattern in self._patterns.items()
        )


@dataclass(frozen=True, kw_only=True)
class NotBefore(TableRule):
    """`later` must not be before `earlier` (dates); with `strictly`, it must be after."""

    later: str
    earlier: str
    strictly: bool = False

    @property
    def column(self) -> str:
        return self.later

    def says(self) -> Words:
        if self.strictly:
            return Words(nb=f"etter {self.earlier}", nn=f"etter {self.earlier}", en=f"after {self.earlier}")
        return Words(
            nb=f"samme dag som eller etter {self.earlier}",
            nn=f"same dag som eller etter {self.earlier}",
            en=f"on or after {self.earlier}",
        )

    def holds(self) -> pl.Expr:
        later, earlier = pl.col(self.later), pl.col(self.earlier)
        return ((later > earlier) if self.strictly else (later >= earlier)).fill_null(True)

    def broken_sql(self) -> str:
        return f"{_names(self.later)} {'<=' if self.strictly else '<'} {_names(self.earlier)}"


@dataclass(frozen=True, kw_only=True)
class AtMost(TableRule):
    """A count that cannot be larger than another count of the same row."""

    part: str
    whole: str

    @property
    def column(self) -> str:
        return self.part

    def says(self) -> Words:
        return Words(nb=f"høyst {self.whole}", nn=f"høgst {self.whole}", en=f"at most {self.whole}")

    def holds(self) -> pl.Expr:
        return (pl.col(self.part) <= pl.col(self.whole)).fill_null(True)

    def broken_sql(self) -> str:
        return f"{_names(self.part)} > {_names(self.whole)}"


# ---------------------------------------------------------------- several rows


@dataclass(frozen=True, kw_only=True)
class UniqueKey(TableRule):
    """No two rows of one file share the key. All rows that share it are found."""

    columns: tuple[str, ...]

    @property
    def column(self) -> str:
        return self.columns[-1]

    @property
    def together(self) -> tuple[str, ...]:
        return self.columns

    def says(self) -> Words:
        listed = ", ".join(self.columns)
        return Words(
            nb=f"bare én rad for hver {listed}",
            nn=f"berre éi rad for kvar {listed}",
            en=f"only one row for each {listed}",
        )

    def holds(self) -> pl.Expr:
        return pl.struct(self.columns).is_unique()

    def surely_holds(self, frame: pl.DataFrame) -> bool:
        return frame.select(self.columns).hash_rows().n_unique() == frame.height

    def broken_sql(self) -> str:
        return f"count(*) over (partition by file_id, {_names(*self.columns)}) > 1"


@dataclass(frozen=True, kw_only=True)
class SumsTo(TableRule):
    """Within each group, `part` adds up to `total` (same value in every row of the group)."""

    part: str
    total: str
    group: tuple[str, ...]

    @property
    def column(self) -> str:
        return self.part

    @property
    def together(self) -> tuple[str, ...]:
        return self.group

    def says(self) -> Words:
        by = ", ".join(self.group)
        return Words(
            nb=f"tall som summerer seg til {self.total} for hver {by}",
            nn=f"tal som summerer seg til {self.total} for kvar {by}",
            en=f"numbers that add up to {self.total} for each {by}",
        )

    def holds(self) -> pl.Expr:
        return (pl.col(self.part).sum().over(self.group) == pl.col(self.total)).fill_null(True)

    def surely_holds(self, frame: pl.DataFrame) -> bool:
        key = frame.select(self.group).hash_rows().alias("key")
        groups = (
            frame.select(key, pl.col(self.part).cast(pl.Int64), self.total)
            .group_by("key")
            .agg(
                pl.col(self.part).sum().alias("sum"),
                pl.col(self.total).min().alias("low"),
                pl.col(self.total).max().alias("high"),
            )
        )
        return bool(
            groups.select(((pl.col("sum") == pl.col("low")) & (pl.col("sum") == pl.col("high"))).all()).item()
        )

    def broken_sql(self) -> str:
        over = f"partition by file_id, {_names(*self.group)}"
        return f"sum({_names(self.part)}) over ({over}) <> {_names(self.total)}"


@dataclass(frozen=True, kw_only=True)
class NoOverlap(TableRule):
    """Dated versions within a group do not overlap. `end` is inclusive; empty means still in force."""

    start: str
    end: str
    group: tuple[str, ...]

    @property
    def column(self) -> str:
        return self.start

    def says(self) -> Words:
        by = ", ".join(self.group)
        return Words(
            nb=f"etter slutten på forrige versjon for samme {by} (to versjoner kan ikke gjelde samtidig)",
            nn=f"etter slutten på førre versjon for same {by} (to versjonar kan ikkje gjelde samtidig)",
            en=(
                f"after the end of the version before for the same {by} (two versions cannot be in force at"
                " once)"
            ),
        )

    def holds(self) -> pl.Expr:
        # the latest end of all versions that begin before: a long one reaches past the next
        lasting = (
            pl.when(pl.col(self.start).is_not_null())
            .then(pl.col(self.end).fill_null(pl.date(9999, 12, 31)))
            .otherwise(pl.date(1, 1, 1))
        )
        end_before = lasting.cum_max().shift(1).over(self.group, order_by=self.start)
        alone = pl.len().over(*self.group, self.start) == 1
        return ((pl.col(self.start) > end_before).fill_null(True) & alone) | pl.col(self.start).is_null()

    def broken_sql(self) -> str:
        of_group = f"partition by file_id, {_names(*self.group)}"
        before = (
            f"{of_group} order by {_names(self.start)} groups between unbounded preceding and 1 preceding"
        )
        return (
            f"{_names(self.start)} is not null and ({_names(self.start)} <= max(coalesce({_names(self.end)},"
            f" date '9999-12-31')) over ({before}) or count(*) over ({of_group}, {_names(self.start)}) > 1)"
        )


@dataclass(frozen=True, kw_only=True)
class Consecutive(TableRule):
    """Numbers in a group have no hole between the smallest and the largest in the file."""

    number: str
    group: tuple[str, ...]

    @property
    def column(self) -> str:
        return self.number

    def says(self) -> Words:
        return Words(
            nb="fortløpende, uten hull i nummereringen",
            nn="fortløpande, utan hol i nummereringa",
            en="consecutive, with no gap in the numbering",
        )

    def holds(self) -> pl.Expr:
        before = pl.col(self.number).shift(1).over(self.group, order_by=self.number)
        return (pl.col(self.number) - before <= 1).fill_null(True)

    def broken_sql(self) -> str:
        over = f"partition by file_id, {_names(*self.group)} order by {_names(self.number)}"
        return f"{_names(self.number)} - lag({_names(self.number)}) over ({over}) > 1"


def _names(*columns: str) -> str:
    """Column names for SQL, quoted: some are words of the language."""
    return ", ".join(f'"{column}"' for column in columns)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def row_rules(rules: Sequence[Rule]) -> list[TableRule]:
    """The table rules among `rules`, in order."""
    return [rule for rule in rules if isinstance(rule, TableRule)]

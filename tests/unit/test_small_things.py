"""Small pure functions."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innenfra.contracts.rules import OrganisationNumber
from innenfra.demo.network import organisation_numbers, write_demo
from innenfra.errors import UserError
from innenfra.explain import parse_period
from innenfra.findings import rows_as_written


@given(st.sets(st.integers(2, 200), min_size=1))
def test_ranges_name_exactly_the_rows(rows: set[int]) -> None:
    named: set[int] = set()
    for span in rows_as_written(sorted(rows)).split(", "):
        first, _, last = span.partition("–")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == rows


def mod11(number: str) -> bool:
    control = (
        11 - sum(int(d) * w for d, w in zip(number[:8], (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    ) % 11
    return number[0] in "89" and control == int(number[8])


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_organisation_numbers_agree_with_the_plain_rule(number: str) -> None:
    held = pl.DataFrame({"n": [number]}).select(OrganisationNumber().holds(pl.col("n"))).item()
    assert held == mod11(number)


def test_invented_numbers_are_valid() -> None:
    numbers = organisation_numbers()
    assert len(numbers) > 2000
    assert all(map(mod11, numbers))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("project", ("project", "all")),
        ("2025/26", ("school_year", "2025/26")),
        ("loop:3", ("loop", "3")),
        ("year:2", ("partnership_year", "2")),
    ],
)
def test_periods(text: str, read: tuple[str, str]) -> None:
    assert parse_period(text) == read


def test_a_period_that_is_not_understood() -> None:
    with pytest.raises(UserError):
        parse_period("i fjor")


def test_the_demonstration_is_the_same_bytes_for_the_same_seed(tmp_path: Path) -> None:
    def digest(name: str, seed: int) -> dict[str, str]:
        out = write_demo(tmp_path / name, schools=5, years=2, seed=seed)
        return {
            str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(out.rglob("*"))
            if p.is_file()
        }

    first = digest("a", 1)
    assert len(first) > 10
    assert first == digest("b", 1)
    assert first != digest("c", 2)

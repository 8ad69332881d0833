"""Fifteen indicators counted a second time, straight from the demonstration's delivery files, in plain pandas.

Nothing of the product is used but the path to the files. The files are read, refused, superseded and joined by this
module's own reading of the delivery rules, and every number must agree to the last digit, also where there is none.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import statistics
from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import pytest

from innenfra.settings import Settings

# what a later delivery of the same file type replaces
REPLACES = {
    "agreement_versions": "whole",
    "agreement_plan_years": "whole",
    "teams": "whole",
    "stated_totals": "whole",
    "school_year": "school_year",
    "loops": "loop",
    "team_loops": "loop",
    "log_counts": "loop",
    "log_rounds": "loop",
    "mirror_items": "loop",
    "meetings": "occasion",
    "meeting_activities": "occasion",
    "mirror_presentations": "occasion",
}
NEEDED = {
    "loops": ["loop_no", "status"],
    "team_loops": ["loop_no", "team_id", "status"],
    "log_counts": ["loop_no", "round_no", "invited_n", "submitted_n"],
    "meetings": ["meeting_id", "meeting_date", "arena"],
    "meeting_activities": ["meeting_id", "activity_code"],
    "school_year": ["school_year"],
    "teams": ["team_id", "valid_from"],
}
LOG_COUNTS = {
    "school_id",
    "partnership_id",
    "loop_no",
    "round_no",
    "log_instrument_version_id",
    "invited_n",
    "submitted_n",
    "collection_mode",
    "item_id",
    "answer_code",
    "n",
}
STATEMENTS = ("not_collected", "not_in_design", "delayed")
COMPUTED = ("C1", "C2", "C4", "C5", "U1", "U2", "A1", "A4", "A5", "A6", "E3", "I1", "I2", "P3", "P4")
CLOCKS = ("loop", "school_year", "partnership_year", "project")
Frames = dict[str, pd.DataFrame]
Key = tuple[str, str, str, str, str, str]

# ---------------------------------------------------------------- reading what was delivered


def text(value: object) -> str | None:
    """A cell as text: dates as ISO, whole numbers without decimals, empty cells as None."""
    if value is None or value != value or value == "":
        return None
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def csv_frame(path: Path) -> pd.DataFrame:
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = raw.decode("cp1252")
    separator = ";" if ";" in content.splitlines()[0] else ","
    return pd.read_csv(io.StringIO(content), sep=separator, dtype=str, keep_default_na=False)


def package(path: Path) -> Frames:
    if path.is_file():
        return {str(name): frame for name, frame in pd.read_excel(path, sheet_name=None, engine="calamine", dtype=object).items()}
    return {p.stem: csv_frame(p) for p in sorted(path.glob("*.csv"))}


def date(value: Any) -> dt.date | None:
    if value is None or value != value:
        return None
    return dt.datetime.strptime(value, "%d.%m.%Y").date() if "." in value else dt.date.fromisoformat(value)


def refused(tables: Frames) -> bool:
    """A log file with one column too many is not taken at all, nor is what came with it."""
    return "log_counts" in tables and not set(tables["log_counts"].columns) <= LOG_COUNTS


def periods(file_type: str, frame: pd.DataFrame) -> pd.Series:
    kind = REPLACES[file_type]
    if kind == "school_year":
        return frame["school_year"]
    return frame["partnership_id"] + "/" + frame["loop_no"] if kind == "loop" else frame["stated"]


def stated_period(file_type: str, said: dict[Any, Any]) -> str:
    kind, loop = REPLACES[file_type], text(said.get("loop_no"))
    if kind == "whole":
        return "all"
    if kind == "loop" and loop:
        return f"{said['partnership_id']}/{loop}"
    return f"{said['school_year']}/{loop}" if kind == "occasion" and loop else str(said["school_year"])


def listed(file_type: str, frame: pd.DataFrame, statements: pd.DataFrame) -> pd.Series:
    """Rows of a loop or a school year that the manifest does not announce are held back."""
    name = {"loop": "loop_no", "school_year": "school_year"}.get(REPLACES[file_type])
    announced = statements[name].dropna() if name else pd.Series(dtype=object)
    return frame[name].map(text).isin(announced) if name and len(announced) else pd.Series(True, index=frame.index)


def delivered(inbox: Path) -> tuple[Frames, int, int]:
    """The rows that count now, how many rows were held back and how many packages refused."""
    rows: dict[str, list[pd.DataFrame]] = {name: [] for name in REPLACES}
    said: list[tuple[str, str, str, int]] = []
    held, refusals = 0, 0
    for order, path in enumerate(sorted(inbox.iterdir())):
        tables = package(path)
        if refused(tables):
            refusals += 1
            continue
        manifest = tables["manifest"].map(text)
        (school,) = manifest["school_id"].unique()
        for name, statements in manifest[manifest["file_type"].isin(REPLACES)].groupby("file_type"):
            period = stated_period(str(name), statements.iloc[0].to_dict())
            if name in tables:
                there = tables[str(name)].assign(school_id=school, delivery=order, stated=period)
                announced = listed(str(name), there, statements)
                held += int((~announced).sum())
                rows[str(name)].append(there[announced])
            elif statements["completeness"].iloc[0] in STATEMENTS:
                said.append((school, str(name), period, order))
    newest = pd.DataFrame(said, columns=["school_id", "file_type", "period", "delivery"])
    whole = {name: pd.concat(parts, ignore_index=True) for name, parts in rows.items() if parts}
    typed = {name: frame.assign(**{c: frame[c].map(text).astype(object) for c in frame.columns if c != "delivery"}) for name, frame in whole.items()}
    kept = {name: frame.dropna(subset=NEEDED.get(name, [])) for name, frame in typed.items()}
    held += sum(len(typed[name]) - len(kept[name]) for name in kept)
    return {name: current(name, frame.assign(period=periods(name, frame)), newest) for name, frame in kept.items()}, held, refusals


def current(file_type: str, frame: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest delivery for their school and period."""
    at = ["school_id", "period", "delivery"]
    newest = pd.concat([frame[at], said[said["file_type"] == file_type][at]]).groupby(at[:2], as_index=False)["delivery"].max()
    return frame.merge(newest, on=at)


# ---------------------------------------------------------------- counting


def whole(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


class Counted:
    """The parts of each indicator: per loop or school year, a numerator and a denominator or neither."""

    def __init__(self, frames: Frames, ended: dict[str, dt.date]) -> None:
        self.frames = {name: frame.astype(object).where(frame.notna(), None) for name, frame in frames.items()}
        self.ended = ended
        self.by_loop: dict[str, dict[tuple[str, int], pd.DataFrame]] = {}
        self.parts: list[dict[str, Any]] = []
        self.years = self.table("school_year")
        self.loops = self.table("loops")
        self.loops = self.loops.assign(
            loop_no=self.loops["loop_no"].astype(int),
            partnership_year_no=self.loops["partnership_year_no"].astype(int),
            starts=self.loops["actual_start"].map(date),
            ends=self.loops["actual_end"].map(date),
        ).sort_values(["school_id", "loop_no"])
        assert (self.loops.groupby("school_id")["partnership_id"].nunique() == 1).all()
        self.loops["school_year"] = [self.own_year(r.school_id, r.starts) or r.school_year for r in self.loops.itertuples()]

    def table(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def own_year(self, school: str, day: dt.date) -> str | None:
        """The school's own year that a day falls in: the last one that has begun."""
        begun = [(date(r.year_start), r.school_year) for r in self.years[self.years["school_id"] == school].itertuples()]
        return max((b for b in begun if b[0] and b[0] <= day), default=(None, None))[1]

    def of_loop(self, name: str, loop: Any) -> pd.DataFrame:
        if name not in self.by_loop:
            known = self.table(name).dropna(subset=["loop_no"])
            self.by_loop[name] = {(str(s), int(n)): part for (s, n), part in known.groupby(["school_id", "loop_no"])}
        return self.by_loop[name].get((loop.school_id, loop.loop_no), self.table(name).head(0))

    def add(self, at: Any, indicator: str, numerator: Any, denominator: Any, loop_no: int | None = None, how: str = "sum", **cut: str) -> None:
        known = numerator is not None
        self.parts.append({
            "school_id": at.school_id, "partnership_id": at.partnership_id, "indicator_id": indicator, "slice": json.dumps(cut, sort_keys=True), "how": how,
            "loop": None if loop_no is None else str(loop_no), "school_year": at.school_year, "partnership_year": str(at.partnership_year_no),
            "numerator": Decimal(numerator) if known else None, "denominator": Decimal(denominator) if known and denominator is not None else None,
        })  # fmt: skip

    def count(self) -> list[dict[str, Any]]:
        completed = self.loops[self.loops["status"] == "completed"]
        for loop in completed.itertuples():
            self.teams(loop)
            self.meetings(loop, completed)
            self.add(loop, "U1", 1, None)
        for year in self.school_years().itertuples():
            self.year(year)
        return self.parts

    def teams(self, loop: Any) -> None:
        no = loop.loop_no
        rows = self.of_loop("team_loops", loop)
        there, done = len(rows) > 0, rows[rows["status"] == "completed"]
        agreed_off = int((rows["status"] == "cancelled_agreed").sum())
        self.add(loop, "C1", len(done) if there else None, self.active_teams(loop) - agreed_off, no)
        for activity, column in (("planning", "planning_min"), ("evaluation", "evaluation_min")):
            for minutes in rows[column].map(whole) if there else [None]:
                self.add(loop, "C2", minutes, None, no, "median", measure="actual_min", activity=activity)
            used, planned = rows[column].dropna(), whole(getattr(loop, f"plan_{column}"))
            share = (int(used.map(int).sum()), planned * len(used)) if planned and len(used) else (None, None)
            self.add(loop, "C2", *share, no, measure="actual_against_planned", activity=activity)
        led = done["leader_present"].dropna()
        self.add(loop, "C5", int((led == "yes").sum()) if len(led) else None, len(led), no)
        known = done[done["experienced_n"].notna()]
        experienced = None if no == 1 or known.empty else int(known["experienced_n"].map(int).sum())
        self.add(loop, "U2", experienced, int(known["headcount"].map(int).sum()), no)
        in_team = int(((rows["te_in_planning"] == "yes") | (rows["te_in_evaluation"] == "yes")).sum())
        in_lesson = int((rows["te_in_research_lesson"] == "yes").sum())
        for arena, taken in (("team", in_team), ("research_lesson", in_lesson)):
            self.add(loop, "A4", int(taken > 0) if there else None, 1, no, arena=arena, grain="loop")
            self.add(loop, "A4", taken if there else None, len(rows), no, arena=arena, grain="team_loop")
        recorded = done.dropna(subset=["observers_n", "observation_focus_recorded", "evaluation_min"])
        anchored = recorded[
            (recorded["observers_n"].map(int) >= 1) & (recorded["observation_focus_recorded"] == "yes") & (recorded["evaluation_min"].map(int) > 0)
        ]
        applies = loop.method == "lesson_study" and len(recorded) > 0
        self.add(loop, "P3", len(anchored) if applies else None, len(recorded), no)
        goals = done.dropna(subset=["goal_subject", "goal_cross_curricular"])
        both = int(((goals["goal_subject"] == "yes") & (goals["goal_cross_curricular"] == "yes")).sum())
        self.add(loop, "P4", both if len(goals) else None, len(goals), no)

    def active_teams(self, loop: Any) -> int:
        day, teams = date(loop.planned_start), self.table("teams")
        own = teams[teams["school_id"] == loop.school_id]
        assert day
        return len({r.team_id for r in own.itertuples() if (date(r.valid_from) or day) <= day <= (date(r.valid_to) or day)})

    def meetings(self, loop: Any, completed: pd.DataFrame) -> None:
        no = loop.loop_no
        rows = self.of_loop("meetings", loop)
        there = len(rows) > 0
        with_educator = rows[rows["te_mode"].isin(["led", "took_part"])]
        after = with_educator[(with_educator["loop_relation"] == "after") & with_educator["arena"].isin(["development_group", "leadership"])]
        full_staff = with_educator[with_educator["arena"] == "full_staff"]
        self.add(loop, "A4", int(len(full_staff) > 0) if there else None, 1, no, arena="full_staff", grain="loop")
        self.add(loop, "A4", int(len(after) > 0) if there else None, 1, no, arena="post_loop_meeting", grain="loop")
        group = rows[(rows["arena"] == "development_group") & rows["teams_represented_n"].notna()]
        represented = int(group["teams_represented_n"].map(int).sum()) if len(group) else None
        self.add(loop, "C4", represented, len(group) * self.active_teams(loop), no, measure="attendance")
        rounds = self.rounds(loop)
        self.add(loop, "E3", sum(r[1] for r in rounds) if rounds else None, sum(r[0] for r in rounds), no)
        days = [d for d in (date(d) for d in self.mirror_days(loop, rows)) if d and d >= loop.starts]
        later = completed[(completed["school_id"] == loop.school_id)]
        following = self.loops[(self.loops["school_id"] == loop.school_id) & (self.loops["loop_no"] > no)]["starts"]
        assert len(later)
        end = self.ended.get(loop.partnership_id)
        limit = following.iloc[0] if len(following) else end + dt.timedelta(days=60) if end else dt.date.max
        recorded = "coded_counts" in self.frames and len(self.of_loop("coded_counts", loop)) > 0
        self.add(loop, "A5", int(any(d < limit for d in days)) if (rounds or recorded) and there else None, 1, no)

    def rounds(self, loop: Any) -> set[tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for name in ("log_counts", "log_rounds"):
            if name in self.frames:
                for row in self.of_loop(name, loop).itertuples():
                    found[str(row.round_no)] = (int(row.invited_n), int(row.submitted_n))
        assert len(set(found.values())) == len(found)
        return set(found.values())

    def mirror_days(self, loop: Any, meetings: pd.DataFrame) -> Iterator[str]:
        """Days on which mirror data was shown: its presentations, or the meetings that had it as an activity."""
        own = meetings
        if "mirror_items" in self.frames and "mirror_presentations" in self.frames:
            items, shown = self.of_loop("mirror_items", loop), self.table("mirror_presentations")
            used = set(shown[(shown["school_id"] == loop.school_id) & shown["mirror_id"].isin(items["mirror_id"])]["meeting_id"])
            if used:
                every = self.table("meetings")
                yield from every[(every["school_id"] == loop.school_id) & every["meeting_id"].isin(used)]["meeting_date"]
                return
        activities = self.table("meeting_activities")
        mirror = activities[(activities["school_id"] == loop.school_id) & (activities["activity_code"] == "mirror_data")]
        yield from own[own["meeting_id"].isin(mirror["meeting_id"])]["meeting_date"]

    def school_years(self) -> pd.DataFrame:
        """Every school year that was delivered or had a loop."""
        looped = self.loops.groupby(["school_id", "partnership_id", "school_year"], as_index=False)["partnership_year_no"].min()
        schools = self.loops[["school_id", "partnership_id"]].drop_duplicates()
        named = (
            self.years.merge(schools, on="school_id").rename(columns={"partnership_year_no": "stated_year_no"}).drop(columns=["period", "delivery", "stated"])
        )
        joined = named.merge(looped, on=["school_id", "partnership_id", "school_year"], how="outer")
        joined["partnership_year_no"] = [
            int(s) if s == s and s is not None else int(y) for s, y in zip(joined["stated_year_no"], joined["partnership_year_no"], strict=True)
        ]
        return joined.astype(object).where(joined.notna(), None)

    def year(self, year: Any) -> None:
        answers = [a for a in (year.team_time_provided, year.dev_group_time_provided, year.substitute_cover_provided) if a in ("yes", "partly", "no")]
        self.add(year, "A6", answers.count("yes") if answers else None, len(answers))
        self.add(year, "A6", answers.count("partly") if answers else None, len(answers), measure="partly")
        for plan, said in (("activity_plan", year.in_activity_plan), ("meeting_plan", year.in_meeting_plan)):
            self.add(year, "I1", None if said is None else int(said == "yes"), 1, plan=plan)
        held = year.onboarding_held
        self.add(year, "I2", int(held == "yes") if held in ("yes", "no") else None, 1, measure="held")
        new = whole(year.new_staff_n)
        attended = whole(year.onboarding_attended_n) if new is not None and new >= 5 else None
        self.add(year, "I2", attended, new, measure="attended")

    def agreements(self) -> dict[Key, tuple[Decimal, Decimal | None] | None]:
        """A1: completed loops of each partnership year against the version in force at its end, and so far."""
        versions, plans, years = self.table("agreement_versions"), self.table("agreement_plan_years"), self.school_years()
        made: dict[Key, tuple[Decimal, Decimal | None] | None] = {}
        for (school, partnership), own in years.groupby(["school_id", "partnership_id"]):
            done, planned = Decimal(0), Decimal(0)
            loops = self.loops[(self.loops["school_id"] == school) & (self.loops["status"] == "completed")]
            for number in sorted(set(own["partnership_year_no"])):
                ends = max(date(r.year_end) or dt.date(int(r.school_year[:4]) + 1, 7, 31) for r in own[own["partnership_year_no"] == number].itertuples())
                at = (str(school), str(partnership), "A1")
                in_force = [
                    v for v in versions[versions["school_id"] == school].itertuples() if (date(v.valid_from) or ends) <= ends <= (date(v.valid_to) or ends)
                ]
                if not in_force:
                    # nothing was promised for a year after the agreement's end
                    made[(*at, "{}", "partnership_year", str(number))] = None
                    made[(*at, json.dumps({"reading": "cumulative"}), "partnership_year", str(number))] = None
                    continue
                (version,) = in_force
                of_version = plans[
                    (plans["school_id"] == school) & (plans["agreement_id"] == version.agreement_id) & (plans["version_no"] == version.version_no)
                ]
                (plan,) = of_version[of_version["partnership_year_no"].map(int) == number]["planned_loops"]
                here = Decimal(int((loops["partnership_year_no"] == number).sum()))
                done, planned = done + here, planned + Decimal(plan)
                made[(*at, "{}", "partnership_year", str(number))] = (here, Decimal(plan))
                made[(*at, json.dumps({"reading": "cumulative"}), "partnership_year", str(number))] = (done, planned)
                made[(*at, "{}", "project", "all")] = (done, planned)
        return made


def summed(parts: list[dict[str, Any]]) -> dict[Key, tuple[Decimal, Decimal | None] | None]:
    """Sum over sum (or the median) in every clock, over the parts that were observed."""
    groups: dict[Key, list[dict[str, Any]]] = {}
    for part in parts:
        for clock in CLOCKS:
            period = "all" if clock == "project" else part[clock]
            if period is not None:
                groups.setdefault((part["school_id"], part["partnership_id"], part["indicator_id"], part["slice"], clock, period), []).append(part)
    made: dict[Key, tuple[Decimal, Decimal | None] | None] = {}
    for key, group in groups.items():
        seen = [p for p in group if p["numerator"] is not None]
        bottoms = [p["denominator"] for p in seen if p["denominator"] is not None]
        if not seen:
            made[key] = None
        elif seen[0]["how"] == "median":
            made[key] = (statistics.median(p["numerator"] for p in seen), None)
        else:
            made[key] = (sum((p["numerator"] for p in seen), Decimal(0)), sum(bottoms, Decimal(0)) if bottoms else None)
    return made


def with_stated(counted: dict[Key, tuple[Decimal, Decimal | None] | None], stated: pd.DataFrame) -> dict[Key, tuple[Decimal, Decimal | None] | None]:
    """A total that is stated counts only where nothing finer was observed."""
    made = dict(counted)
    for row in stated.itertuples():
        cut = {} if row.slice is None or row.slice != row.slice else dict(pair.split("=") for pair in row.slice.split(";"))
        key = (row.school_id, row.partnership_id, row.measure, json.dumps(cut, sort_keys=True), row.period_type, row.period_value)
        if row.measure in COMPUTED and made.get(key) is None:
            known = row.numerator is not None and row.numerator == row.numerator
            made[key] = (Decimal(row.numerator), Decimal(row.denominator)) if known else None
    return made


# ---------------------------------------------------------------- comparing


@pytest.fixture(scope="module")
def counted(built_database: str, settings: Settings) -> tuple[dict[Key, tuple[Decimal, Decimal | None] | None], int, int]:
    frames, held, refusals = delivered(Path(settings.inbox_url))
    register = pd.read_csv(settings.home / "demo" / "registers" / "partnership.csv", dtype=str)
    ended = {r["partnership_id"]: dt.date.fromisoformat(r["ended_on"]) for r in register.to_dict("records") if isinstance(r.get("ended_on"), str)}
    work = Counted(frames, ended)
    return with_stated(summed(work.count()) | work.agreements(), frames["stated_totals"]), held, refusals


@pytest.fixture(scope="module")
def served(built_database: str) -> dict[Key, tuple[Any, ...]]:
    with psycopg.connect(built_database) as connection:
        rows = connection.execute(
            "select school_id, partnership_id, indicator_id, slice, period_type, period, numerator, denominator, value, unit, is_stated"
            " from marts.indicator_value where indicator_id = any(%s)",
            [list(COMPUTED)],
        ).fetchall()
    return {(r[0], r[1], r[2], json.dumps(r[3], sort_keys=True), r[4], r[5]): r[6:] for r in rows}


def quotient(numerator: Decimal, denominator: Decimal, like: Decimal) -> Decimal:
    """The exact share, rounded to the digits that the database gives."""
    with localcontext() as context:
        context.prec = 60
        return (numerator / denominator).quantize(like)


def test_every_number_agrees_to_the_last_digit(counted: tuple[Any, int, int], served: dict[Key, tuple[Any, ...]]) -> None:
    mine = counted[0]
    cuts = {(k[2], k[3]) for k in mine}
    theirs = {k: v for k, v in served.items() if (k[2], k[3]) in cuts}
    assert set(mine) == set(theirs)
    numbers = 0
    for key, (numerator, denominator, value, unit, is_stated) in theirs.items():
        if mine[key] is None:
            assert (numerator, value) == (None, None), key
            assert is_stated or denominator is None, key
            continue
        top, bottom = mine[key]
        assert (numerator, denominator) == (top, bottom), key
        assert value == (quotient(top, bottom, value) if unit == "share" and bottom is not None else top), key
        numbers += 1
    by_indicator = {i: sum(1 for k, v in mine.items() if k[2] == i and v is not None) for i in COMPUTED}
    print(f"\n{numbers} numbers of {len(COMPUTED)} indicators agree; {len(mine) - numbers} absences agree; {by_indicator}")
    assert all(n > 50 for n in by_indicator.values())
    assert len({k[0] for k in mine}) == 11


def test_what_was_refused_and_held_back_agrees(built_database: str, counted: tuple[Any, int, int]) -> None:
    _, held, refusals = counted
    with psycopg.connect(built_database) as connection:
        said = connection.execute("select count(*) from inbox.file where status = 'rejected'").fetchone()
        back = connection.execute("select coalesce(sum(rows_held_back), 0) from inbox.delivery where file_type = any(%s)", [list(REPLACES)]).fetchone()
    assert said == (refusals,)
    assert back == (held,)
    assert refusals == 1

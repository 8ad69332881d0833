"""Rules that need other deliveries: declared as small objects, said in words, proved in SQL.

Belongs here: one `Across` per rule, and beside it its query `<rule>.sql`, which selects school_id, file_id,
row_number and value of the landed rows that break it. In a query `{{ rows }}` stands for the rows that are
judged, and a landed table's name in such braces for its rows that count now. What is unusual is measured
against the school's own past alone, never against other schools.
Does not belong here: running them (`run.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from innenfra.contracts.logs import NO_ANSWER
from innenfra.contracts.rules import Severity
from innenfra.contracts.words import Words
from innenfra.database.statements import read_sql
from innenfra.findings import Owner


@dataclass(frozen=True)
class Across:
    """A rule over several deliveries. An error holds the row back; a warning only tells.

    What it waits for may come later: each run judges all rows that count of the schools that deliver, and
    what holds by then is settled. Several rules can share one `query`, each with its own `parts`.
    """

    code: str
    file_type: str
    column: str
    severity: Severity
    owner: Owner
    says: Words
    query: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def select_broken(self, rows: str, tables: Mapping[str, str]) -> str:
        """The query for those `rows` that break the rule; `tables` has what counts of each landed table."""
        return read_sql(
            __file__, self.query or self.code, rows=rows, **_LIMITS, **_OF_PARTNERSHIP, **tables, **self.parts
        )


TIMES_THE_USUAL = 3
"""A delivery is unusual in size where it has more than this many times the school's median, or less than one
in as many."""

PERIODS_BEFORE = 3
"""Earlier periods that a school must have delivered before anything of its is called unusual."""

DAYS_LATER = 60
"""A delivery is late against the school's own past where it comes this many days after the latest it has
been."""


TIMES_THE_PLAN = 3
"""Minutes used are beyond belief above this many times what was set aside."""

MOST_MINUTES = 1_500
"""Minutes used by a team for one activity of a loop are beyond belief above this."""


def _unusual_volume(file_type: str, column: str) -> Across:
    """The first row of a period whose number of rows is far from the school's own median."""
    return Across(
        f"unusual_volume_{file_type}",
        file_type,
        column,
        "warning",
        "school",
        Words(
            nb=(
                f"omtrent så mange rader som skolen pleier å levere (mellom en {TIMES_THE_USUAL}-del og"
                f" {TIMES_THE_USUAL} ganger så mange); kontroller at alt er med og at ingenting er doblet"
            ),
            nn=(
                f"om lag så mange rader som skulen pleier å levere (mellom ein {TIMES_THE_USUAL}-del og"
                f" {TIMES_THE_USUAL} gonger så mange); kontroller at alt er med og at ingenting er dobla"
            ),
            en=(
                f"about as many rows as the school usually delivers (between 1/{TIMES_THE_USUAL} and"
                f" {TIMES_THE_USUAL} times as many); check that nothing is missing or doubled"
            ),
        ),
        "unusual_volume",
        {"file_type": file_type},
    )


def _later_than_before(file_type: str, column: str) -> Across:
    """The first row of a school year that comes much later after its end than the school's files of earlier
    years did."""
    return Across(
        f"later_than_before_{file_type}",
        file_type,
        column,
        "warning",
        "school",
        Words(
            nb=(
                f"levert omtrent like raskt som før (høyst {DAYS_LATER} dager senere enn skolens seneste); si"
                " fra om noe er til hinder"
            ),
            nn=(
                f"levert om lag like raskt som før (høgst {DAYS_LATER} dagar seinare enn det seinaste til"
                " skulen); sei frå om noko er til hinder"
            ),
            en=(
                f"delivered about as soon as before (at most {DAYS_LATER} days later than the school's"
                " latest); say so if something is in the way"
            ),
        ),
        "later_than_before",
        {"file_type": file_type},
    )


def _beyond_belief(used: str, planned: str) -> Across:
    """Minutes of a team that are far from what was set aside, or more than anybody has."""
    return Across(
        f"beyond_belief_{used}",
        "team_loops",
        used,
        "warning",
        "school",
        Words(
            nb=(
                f"minutter som er til å tro (høyst {TIMES_THE_PLAN} ganger det som var satt av, og høyst"
                f" {MOST_MINUTES}); kontroller tallet, det telles slik det står"
            ),
            nn=(
                f"minutt som er til å tru (høgst {TIMES_THE_PLAN} gonger det som var sett av, og høgst"
                f" {MOST_MINUTES}); kontroller talet, det vert talt slik det står"
            ),
            en=(
                f"minutes that can be believed (at most {TIMES_THE_PLAN} times what was set aside, and at"
                f" most {MOST_MINUTES}); check the number, it is counted as it stands"
            ),
        ),
        "beyond_belief",
        {"used": used, "planned": planned},
    )


def _rows_of_partnership(table: str, file_type: str) -> str:
    """Rows that count of a table that does not name the partnership, each with the one that its delivery
    names."""
    return f"""
        select landed_row.*, delivery.partnership_id as of_partnership
        from landed.{table} as landed_row
        inner join quality.current_delivery as delivery using (school_id, file_id, period)
        where delivery.file_type = '{file_type}'
    """


_LIMITS = {
    "times_the_usual": TIMES_THE_USUAL,
    "periods_before": PERIODS_BEFORE,
    "days_later": DAYS_LATER,
    "times_the_plan": TIMES_THE_PLAN,
    "most_minutes": MOST_MINUTES,
    "no_answer": NO_ANSWER,
}
_OF_PARTNERSHIP = {
    "decisions_of_partnership": _rows_of_partnership("decision", "decisions"),
    "meetings_of_partnership": _rows_of_partnership("meeting", "meetings"),
    "school_years_of_partnership": _rows_of_partnership("school_year", "school_year"),
}

ACROSS = (
    Across(
        "team_not_active",
        "team_loops",
        "team_id",
        "error",
        "school",
        Words(
            nb="et team som er registrert og aktivt ved sløyfas planlagte start",
            nn="eit team som er registrert og aktivt ved den planlagde starten av sløyfa",
            en="a team that is registered and active at the loop's planned start",
        ),
    ),
    Across(
        "loop_not_delivered",
        "team_loops",
        "loop_no",
        "warning",
        "school",
        Words(nb="en sløyfe som er levert", nn="ei sløyfe som er levert", en="a loop that is delivered"),
    ),
    Across(
        "outside_agreement",
        "loops",
        "actual_start",
        "warning",
        "university",
        Words(
            nb="en dato da en avtale er i kraft",
            nn="ein dato då ein avtale er i kraft",
            en="a date on which an agreement is in force",
        ),
    ),
    Across(
        "meeting_not_delivered",
        "meeting_activities",
        "meeting_id",
        "error",
        "school",
        Words(nb="et møte som er levert", nn="eit møte som er levert", en="a meeting that is delivered"),
    ),
    Across(
        "more_teams_than_active",
        "meetings",
        "teams_represented_n",
        "warning",
        "school",
        Words(
            nb="høyst tallet på aktive team",
            nn="høgst talet på aktive team",
            en="at most the number of active teams",
        ),
    ),
    Across(
        "meeting_told_otherwise",
        "meetings",
        "minutes",
        "warning",
        "school",
        Words(
            nb=(
                "den samme varigheten og de samme antallene til stede som møtet har i skolens andre"
                " partnerskap; det er ett møte, og telles én gang i summer"
            ),
            nn=(
                "den same lengda og dei same tala på frammøtte som møtet har i det andre partnarskapet til"
                " skulen; det er eitt møte, og blir talt éin gong i summar"
            ),
            en=(
                "the same length and numbers present as the meeting has in the school's other partnership;"
                " it is one meeting, and counted once in sums"
            ),
        ),
    ),
    Across(
        "log_of_no_loop",
        "log_counts",
        "loop_no",
        "warning",
        "school",
        Words(nb="en sløyfe som er levert", nn="ei sløyfe som er levert", en="a loop that is delivered"),
    ),
    Across(
        "log_round_differs",
        "log_counts",
        "submitted_n",
        "warning",
        "school",
        Words(
            nb="det samme antallet innleverte som i arket over loggrunder",
            nn="det same talet på innleverte som i arket over loggrundar",
            en="the same number submitted as in the sheet of log rounds",
        ),
    ),
    Across(
        "phase_of_no_team_loop",
        "team_loop_phases",
        "team_id",
        "error",
        "school",
        Words(
            nb="et team som har levert denne sløyfa",
            nn="eit team som har levert denne sløyfa",
            en="a team that has delivered this loop",
        ),
    ),
    Across(
        "mirror_not_delivered",
        "mirror_presentations",
        "mirror_id",
        "error",
        "school",
        Words(
            nb="speildata som er levert", nn="spegeldata som er leverte", en="mirror data that are delivered"
        ),
    ),
    Across(
        "presented_at_no_meeting",
        "mirror_presentations",
        "meeting_id",
        "error",
        "school",
        Words(nb="et møte som er levert", nn="eit møte som er levert", en="a meeting that is delivered"),
    ),
    Across(
        "code_of_no_codebook",
        "coded_counts",
        "code",
        "error",
        "university",
        Words(
            nb="en kode i en kodebok som er levert",
            nn="ein kode i ei kodebok som er levert",
            en="a code of a codebook that is delivered",
        ),
    ),
    Across(
        "phase_of_no_template",
        "team_loop_phases",
        "phase_no",
        "error",
        "school",
        Words(
            nb="en fase i den malversjonen som sløyfa brukte",
            nn="ein fase i den malversjonen som sløyfa brukte",
            en="a phase of the template version that the loop used",
        ),
    ),
    Across(
        "loop_before_is_missing",
        "loops",
        "loop_no",
        "warning",
        "school",
        Words(
            nb="sløyfer som følger på hverandre fra 1, uten hull",
            nn="sløyfer som følgjer på kvarandre frå 1, utan hol",
            en="loops that follow each other from 1, without a gap",
        ),
    ),
    Across(
        "school_year_of_other_calendar",
        "loops",
        "school_year",
        "warning",
        "school",
        Words(
            nb="det skoleåret som sløyfa startet i etter skolens egen kalender; det er det som teller",
            nn="det skuleåret som sløyfa starta i etter skulen sin eigen kalender; det er det som tel",
            en=(
                "the school year in which the loop started by the school's own calendar; that is the one that"
                " counts"
            ),
        ),
    ),
    Across(
        "presented_before_the_loop",
        "mirror_presentations",
        "meeting_id",
        "warning",
        "school",
        Words(
            nb="et møte etter at sløyfa som speildataene er fra, startet",
            nn="eit møte etter at sløyfa som spegeldataa er frå, starta",
            en="a meeting after the start of the loop that the mirror data are from",
        ),
    ),
    Across(
        "item_of_no_form",
        "log_counts",
        "item_id",
        "error",
        "school",
        Words(
            nb="et spørsmål i den skjemaversjonen som er levert",
            nn="eit spørsmål i den skjemaversjonen som er levert",
            en="an item of the form version that is delivered",
        ),
    ),
    Across(
        "answer_of_no_scale",
        "log_counts",
        "answer_code",
        "warning",
        "school",
        Words(
            nb="et svar som spørsmålet har i skjemaversjonen",
            nn="eit svar som spørsmålet har i skjemaversjonen",
            en="an answer that the item has in the form version",
        ),
    ),
    Across(
        "amendment_rests_on_nothing",
        "agreement_versions",
        "change_basis_ref",
        "warning",
        "university",
        Words(
            nb=(
                "en beslutning, eller et møte der avtalen ble evaluert, som er levert og datert senest den"
                " dagen endringen begynte å gjelde"
            ),
            nn=(
                "ei avgjerd, eller eit møte der avtalen vart evaluert, som er levert og datert seinast den"
                " dagen endringa tok til å gjelde"
            ),
            en=(
                "a decision, or a meeting in which the agreement was evaluated, that is delivered and dated"
                " on or before the first day of the amendment"
            ),
        ),
    ),
    Across(
        "amendment_says_no_basis",
        "agreement_versions",
        "change_basis_ref",
        "warning",
        "university",
        Words(
            nb="beslutningen eller møtet som endringen bygger på",
            nn="avgjerda eller møtet som endringa byggjer på",
            en="the decision or meeting that the amendment rests on",
        ),
    ),
    Across(
        "review_of_other_version",
        "commitment_reviews",
        "version_no",
        "warning",
        "university",
        Words(
            nb=(
                "den versjonen av avtalen som gjaldt ved skoleårets slutt; vurderinger av andre versjoner"
                " telles ikke"
            ),
            nn=(
                "den versjonen av avtalen som galdt ved slutten av skuleåret; vurderingar av andre versjonar"
                " vert ikkje talde"
            ),
            en=(
                "the version of the agreement in force at the end of the school year; reviews of other"
                " versions are not counted"
            ),
        ),
    ),
    Across(
        "owner_is_no_party",
        "commitment_reviews",
        "assessed_by",
        "warning",
        "university",
        Words(
            nb="en part i avtalen; skoleeieren er ikke oppgitt som part, og vurderingen telles ikke",
            nn="ein part i avtalen; skuleeigaren er ikkje oppgjeven som part, og vurderinga vert ikkje talt",
            en=(
                "a party to the agreement; the school owner is not said to be one, and the assessment is not"
                " counted"
            ),
        ),
    ),
    Across(
        "partnership_year_of_other_loops",
        "school_year",
        "partnership_year_no",
        "warning",
        "school",
        Words(
            nb="det samme prosjektåret som sløyfene i skoleåret har; det er det som teller",
            nn="det same prosjektåret som sløyfene i skuleåret har; det er det som tel",
            en="the partnership year that the loops of the school year have; that is the one that counts",
        ),
    ),
    *(
        _beyond_belief(f"{one}_min", f"plan_{one}_min")
        for one in ("planning", "research_lesson", "evaluation")
    ),
    *(
        _unusual_volume(*one)
        for one in (("team_loops", "loop_no"), ("meetings", "meeting_date"), ("log_counts", "loop_no"))
    ),
    *(_later_than_before(*one) for one in (("school_year", "school_year"), ("meetings", "meeting_date"))),
)

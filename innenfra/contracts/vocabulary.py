"""What several subjects share: columns that mean the same, code lists, value statuses, verdicts, caveats.

Belongs here: a column or code list used by more than one contract, the statuses of a value, and the verdicts
on comparing it.
Does not belong here: a code list of one table only (keep it beside the table).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import Caveat, column
from innenfra.contracts.rules import Between, Matches, OrganisationNumber
from innenfra.contracts.words import Words, code_list

# ---------------------------------------------------------------- forms of text

SCHOOL_YEAR_FORM = Matches(
    # a year and the one after it
    pattern="^20(" + "|".join(f"{year:02d}/{(year + 1) % 100:02d}" for year in range(100)) + ")$",
    form=Words(
        nb="ett skoleår skrevet som 2025/26",
        nn="eitt skuleår skrive som 2025/26",
        en="one school year written as 2025/26",
    ),
)
ID_FORM = Matches(
    pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$",
    form=Words(
        nb="en kort kode av bokstaver, tall, punktum og bindestrek",
        nn="ein kort kode av bokstavar, tal, punktum og bindestrek",
        en="a short code of letters, digits, dots and hyphens",
    ),
)
ID_LIST_FORM = Matches(
    pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*( [A-Za-z0-9][A-Za-z0-9._-]*)*$",
    form=Words(
        nb="koder med mellomrom mellom", nn="kodar med mellomrom mellom", en="codes separated by spaces"
    ),
)
COUNT = Between(low=0, high=100_000)
MINUTES = Between(low=0, high=10_000)

# ---------------------------------------------------------------- code lists

YES_NO = code_list("yes_no", yes=("Ja", "Ja", "Yes"), no=("Nei", "Nei", "No"))

COMPLETENESS = code_list(
    "completeness",
    complete=("Fullstendig", "Fullstendig", "Complete"),
    partial=("Delvis", "Delvis", "Partial"),
    not_collected=("Ikke samlet inn", "Ikkje samla inn", "Not collected"),
    not_in_design=("Ikke del av opplegget", "Ikkje del av opplegget", "Not part of the design"),
    delayed=("Kommer senere", "Kjem seinare", "Delayed"),
)

ARENAS = code_list(
    "arena",
    full_staff=("Samlet kollegium", "Samla kollegium", "Full staff"),
    development_group=("Utviklingsgruppe", "Utviklingsgruppe", "Development group"),
    leadership=("Ledelsesmøte", "Leiarmøte", "Leadership meeting"),
    cross_team_groups=("Grupper på tvers av team", "Grupper på tvers av team", "Groups across teams"),
    other_local=("Annen lokal arena", "Annan lokal arena", "Other local arena"),
)

PARTIES = code_list(
    "party",
    school=("Skolen", "Skulen", "The school"),
    institution=("Universitetet eller høgskolen", "Universitetet eller høgskulen", "The university"),
    school_owner=("Skoleeier", "Skuleeigar", "The school owner"),
)

STATUSES = code_list(
    "value_status",
    observed=("Observert", "Observert", "Observed"),
    stated_zero=("Oppgitt null", "Oppgitt null", "Stated zero"),
    not_collected=("Ikke samlet inn", "Ikkje samla inn", "Not collected"),
    not_in_design=("Ikke planlagt", "Ikkje planlagt", "Not in the design"),
    not_applicable=("Ikke aktuelt", "Ikkje aktuelt", "Not applicable"),
    insufficient=("For lite grunnlag", "For lite grunnlag", "Not enough to go on"),
    suppressed=("Skjermet", "Skjerma", "Protected"),
    awaiting_member_check=(
        "Venter på skolens gjennomsyn",
        "Ventar på at skulen ser gjennom",
        "Awaiting the school's own look",
    ),
    provisional=("Foreløpig", "Førebels", "Preliminary"),
    withdrawn=("Trukket tilbake", "Trekt tilbake", "Withdrawn"),
)
"""The ten states of a published value. Those in `SHOWN_STATUSES` carry a number."""

STATUS_MEANINGS: dict[str, Words] = {
    "observed": Words(
        nb="Det er talt, og tallet er ikke null.",
        nn="Det er talt, og talet er ikkje null.",
        en="It was counted, and the number is not zero.",
    ),
    "stated_zero": Words(
        nb="Det er talt eller oppgitt, og tallet er null. Null er et svar.",
        nn="Det er talt eller oppgitt, og talet er null. Null er eit svar.",
        en="It was counted or stated, and the number is zero. Zero is an answer.",
    ),
    "not_collected": Words(
        nb="Det kunne vært samlet inn, men er ikke levert. Det betyr verken ja eller nei.",
        nn="Det kunne vore samla inn, men er ikkje levert. Det tyder korkje ja eller nei.",
        en="It could have been collected but was not delivered. It means neither yes nor no.",
    ),
    "not_in_design": Words(
        nb="Opplegget hadde det ikke med; det var aldri ventet.",
        nn="Opplegget hadde det ikkje med; det var aldri venta.",
        en="The design did not hold it; it was never expected.",
    ),
    "not_applicable": Words(
        nb="Spørsmålet gir ikke mening her, for eksempel fordi nevneren er null.",
        nn="Spørsmålet gjev ikkje meining her, til dømes fordi nemnaren er null.",
        en="The question has no meaning here, for example because the denominator is zero.",
    ),
    "insufficient": Words(
        nb="Noe er levert, men mindre enn regelen for dekning krever.",
        nn="Noko er levert, men mindre enn regelen for dekning krev.",
        en="Something was delivered, but less than the coverage rule asks for.",
    ),
    "suppressed": Words(
        nb="Tallet finnes, men vises ikke, for å verne dem som har svart.",
        nn="Talet finst, men vert ikkje vist, for å verne dei som har svart.",
        en="The number exists but is not shown, to protect those who answered.",
    ),
    "awaiting_member_check": Words(
        nb="Tallet finnes, men skolen skal se det før andre.",
        nn="Talet finst, men skulen skal sjå det før andre.",
        en="The number exists, but the school is to see it before others do.",
    ),
    "provisional": Words(
        nb="Ikke alle leveringer er inne; tallet kan bli et annet.",
        nn="Ikkje alle leveringar er inne; talet kan verte eit anna.",
        en="Not all deliveries are in; the number may change.",
    ),
    "withdrawn": Words(
        nb="Tallet er trukket tilbake og skal ikke brukes.",
        nn="Talet er trekt tilbake og skal ikkje brukast.",
        en="The number was withdrawn and is not to be used.",
    ),
}
"""What each state of a value means, in a sentence."""

# fmt: off
FILE_TYPES = (
    "agreement_arenas", "agreement_commitments", "agreement_plan_years", "agreement_versions",
    "arena_links", "code_crosswalk", "codebooks", "coded_counts", "commitment_reviews", "decisions",
    "development_areas", "expected_arena_links", "log_counts", "log_instruments", "log_rounds", "loops",
    "manifest", "meeting_activities", "meetings", "member_checks", "mirror_items",
    "mirror_presentations", "notes", "school_year", "stated_totals", "team_loop_phases", "team_loops",
    "teams", "template_versions",
)
# fmt: on
"""Technical names of the files and sheets that can be delivered; a test holds them against the tables."""

UNIT_LEVELS = ("school", "pool", "municipality", "county", "institution", "network")
PERIOD_TYPES = ("loop", "school_year", "partnership_year", "budget_year", "project")
SHOWN_STATUSES = ("observed", "stated_zero", "provisional")
"""States that carry a number; a number that is still open, also a zero, is provisional."""

STATUS_REASONS = code_list(
    "status_reason",
    few_people=("færre enn fem personer", "færre enn fem personar", "fewer than five people"),
    few_people_together=(
        "færre enn ti personer til sammen",
        "færre enn ti personar til saman",
        "fewer than ten people in all",
    ),
    few_chose=(
        "få valgte svaret, så det er bare med i en sum av flere svar",
        "få valde svaret, så det er berre med i ein sum av fleire svar",
        "few chose the answer, so it is only told together with others",
    ),
    would_tell_about_another=(
        "tallet ville fortalt noe om andre som er skjermet",
        "talet ville fortalt noko om andre som er skjerma",
        "the number would tell about others who are protected",
    ),
    waits_for_school=(
        "skolen skal se tallet først",
        "skulen skal sjå talet først",
        "the school is to see it first",
    ),
    withdrawn=("trukket tilbake", "trekt tilbake", "withdrawn"),
    range_too_wide=(
        "så mye av grunnlaget er skjermet at tallet bare er kjent innenfor et vidt spenn",
        "så mykje av grunnlaget er skjerma at talet berre er kjent innanfor eit vidt spenn",
        "so much of what it rests on is protected that it is only known within a wide range",
    ),
)
"""Why a number that exists is not shown."""

VALUE_MARKS = code_list(
    "value_mark",
    not_released=("ikke utgitt ennå", "ikkje gjeve ut enno", "not released yet"),
)
"""How a value is marked that the school alone sees ahead of a release."""

VALUE_NOTES = code_list(
    "value_note",
    year_not_over=("året er ikke over", "året er ikkje over", "the year is not over"),
    loop_not_over=("fristen er ikke ute", "fristen er ikkje ute", "there is time left"),
    no_calendar=(
        "skoleårets kalender er ikke levert",
        "kalenderen for skuleåret er ikkje levert",
        "the calendar of the school year is not delivered",
    ),
    partly_delivered=(
        "ikke alt er levert ennå",
        "ikkje alt er levert enno",
        "not everything is delivered yet",
    ),
    meeting_counted_once=(
        "et møte som skolen har levert i flere partnerskap, er talt én gang",
        "eit møte som skulen har levert i fleire partnarskap, er talt éin gong",
        "a meeting that the school delivered in several partnerships is counted once",
    ),
    at_least=("minst så mange", "minst så mange", "at least so many"),
    years_do_not_map=(
        "prosjektår og skoleår faller ikke sammen",
        "prosjektår og skuleår fell ikkje saman",
        "partnership years and school years do not coincide",
    ),
    **{
        f"holds_year_{number}": (
            f"prosjektår {number} er med",
            f"prosjektår {number} er med",
            f"holds partnership year {number}",
        )
        for number in range(1, 51)
    },
)
"""What more there is to say of a value: why it is provisional, or has no number on this clock."""

# ---------------------------------------------------------------- how far values may be compared

VERDICTS = code_list(
    "verdict",
    comparable=("Kan sammenlignes", "Kan samanliknast", "Comparable"),
    with_care=("Med omhu", "Med omhug", "With care"),
    not_comparable=("Kan ikke sammenlignes", "Kan ikkje samanliknast", "Not comparable"),
)
"""How far a value may be compared with another."""

VERDICT_REASONS = code_list(
    "verdict_reason",
    no_number=("tallet finnes ikke", "talet finst ikkje", "there is no number"),
    stated_total=("oppgitt som samlet tall", "oppgitt som samla tal", "stated as a total"),
    assumed_values=("bygger på antatte verdier", "byggjer på antekne verdiar", "rests on assumed values"),
    incomplete_coverage=("ikke alt er levert", "ikkje alt er levert", "not everything is delivered"),
    too_few_answers=(
        "for få svar til å sammenligne skoler",
        "for få svar til å samanlikne skular",
        "too few answers to compare schools",
    ),
    low_reliability=(
        "for lite av forskjellen mellom skolene er sikker",
        "for lite av skilnaden mellom skulane er sikker",
        "too little of the difference between schools is certain",
    ),
    edge_values=(
        "nær «ingen» eller «alle» vises ikke det nøyaktige tallet",
        "nær «ingen» eller «alle» blir ikkje det nøyaktige talet vist",
        "near “none” or “all” the exact number is not shown",
    ),
    protected_rounds=(
        "noen runder er skjermet og ikke regnet med",
        "nokre rundar er skjerma og ikkje rekna med",
        "some rounds are protected and not counted",
    ),
    told_as_range=(
        "vises som et spenn, for å verne dem som har svart",
        "blir vist som eit spenn, for å verne dei som har svart",
        "shown as a range, to protect those who answered",
    ),
    pooled=(
        "flere små skoler sett under ett",
        "fleire små skular sett under eitt",
        "several small schools taken together",
    ),
    suppressed=("tallet er skjermet", "talet er skjerma", "the number is protected"),
    within_school_only=(
        "vises bare for skolen selv over tid",
        "blir berre vist for skulen sjølv over tid",
        "shown for the school itself over time only",
    ),
    same_family_only=(
        "kan bare sammenlignes med skoler som bruker samme skjema, mal eller kodebok",
        "kan berre samanliknast med skular som bruker same skjema, mal eller kodebok",
        "may only be compared with schools that use the same form, template or codebook",
    ),
    mixed_family=(
        "bygger på flere skjemaer, maler eller kodebøker",
        "byggjer på fleire skjema, malar eller kodebøker",
        "rests on several forms, templates or codebooks",
    ),
    mixed_method=(
        "bygger på sløyfer med ulike metoder",
        "byggjer på sløyfer med ulike metodar",
        "rests on loops with different methods",
    ),
    mixed_collection_mode=(
        "loggene er samlet inn på ulike måter",
        "loggane er samla inn på ulike måtar",
        "the logs were collected in different ways",
    ),
    other_definition=(
        "regnet etter en annen definisjon",
        "rekna etter ein annan definisjon",
        "counted by another definition",
    ),
    other_family=(
        "annet skjema, annen mal eller annen kodebok",
        "anna skjema, annan mal eller annan kodebok",
        "another form, template or codebook",
    ),
    other_method=("annen metode i sløyfene", "annan metode i sløyfene", "another method in the loops"),
    other_collection_mode=(
        "loggene er samlet inn på en annen måte",
        "loggane er samla inn på ein annan måte",
        "the logs were collected in another way",
    ),
    other_loop_design=("annet oppsett for sløyfa", "anna oppsett for sløyfa", "another design of the loop"),
    other_log_form=("annet loggskjema", "anna loggskjema", "another log form"),
    uneven_basis=(
        "grunnlaget er ikke like fullstendig i begge periodene",
        "grunnlaget er ikkje like fullstendig i begge periodane",
        "what it rests on is not equally complete in both periods",
    ),
    new_method=("ny metode i sløyfene", "ny metode i sløyfene", "a new method in the loops"),
    new_loop_design=("nytt oppsett for sløyfa", "nytt oppsett for sløyfa", "a new design of the loop"),
    new_log_form=("nytt loggskjema", "nytt loggskjema", "a new log form"),
    new_template=(
        "ny versjon av prosessmalen",
        "ny versjon av prosessmalen",
        "a new version of the process template",
    ),
    new_collection_mode=(
        "loggene samles inn på en ny måte",
        "loggane blir samla inn på ein ny måte",
        "the logs are collected in a new way",
    ),
    years_do_not_map=(
        "prosjektår og skoleår faller ikke sammen",
        "prosjektår og skuleår fell ikkje saman",
        "partnership years and school years do not coincide",
    ),
    new_codebook=("ny versjon av kodeboka", "ny versjon av kodeboka", "a new version of the codebook"),
)
"""Why a value may not be compared further; the codes of the verdict in the models."""


def verdict_in_words(verdict: str, reason: str | None, language: str) -> str:
    """A verdict and its reason as one text for a person."""
    said = VERDICTS.labels[verdict][language]
    return said if reason is None else f"{said}: {VERDICT_REASONS.labels[reason][language]}"


def status_in_words(status: str, reason: str | None, language: str) -> str:
    """A status and, of a number that is protected, why, as one text for a person. The other states with a
    reason say it themselves."""
    said = STATUSES.labels[status][language]
    return (
        said
        if reason is None or status != "suppressed"
        else f"{said} ({STATUS_REASONS.labels[reason][language]})"
    )


def note_in_words(note: str, language: str) -> str:
    """The notes on a value, codes separated by spaces, as one text for a person."""
    return "; ".join(VALUE_NOTES.labels[code][language] for code in note.split())


# ---------------------------------------------------------------- caveats (each is used; a test says so)

BASIC_FRAME = Caveat(
    "basic_frame",
    Words(
        nb="Planlagt tid er grunnrammen for sløyfa og en nedre grense når oppstarten ble utvidet.",
        nn="Planlagd tid er grunnramma for sløyfa og ei nedre grense når oppstarten vart utvida.",
        en="Planned time is the loop's basic frame, and a lower bound where the start-up was extended.",
    ),
)
STATED_TOTAL = Caveat(
    "stated_total",
    Words(
        nb="Oppgitt som samlet tall; fordelingen på sløyfer eller team er ikke kjent.",
        nn="Oppgitt som samla tal; fordelinga på sløyfer eller team er ikkje kjend.",
        en="Stated as a total; how it is spread over loops or teams is not known.",
    ),
)
ASSUMED_VALUES = Caveat(
    "assumed_values",
    Words(
        nb="Bygger på kolonner som avsenderen har merket som antatt.",
        nn="Byggjer på kolonnar som avsendaren har merkt som antekne.",
        en="Rests on columns that the sender has marked as assumed.",
    ),
)

# ---------------------------------------------------------------- shared columns


def school_id() -> sa.Column[Any]:
    """The school of a row."""
    return column(
        "school_id", sa.Text, "Organisation number of the school, as text with all nine digits.",
        ("Skole-ID", "Skule-ID", "School ID"), OrganisationNumber(), required=True, example="998870011",
    )  # fmt: skip


def partnership_id() -> sa.Column[Any]:
    """The partnership of a row."""
    return column(
        "partnership_id", sa.Text, "Code of the partnership, as registered.",
        ("Partnerskap", "Partnarskap", "Partnership"), ID_FORM, required=True, example="PS-01",
    )  # fmt: skip


def loop_no(*, required: bool = True) -> sa.Column[Any]:
    """The loop of a row."""
    return column(
        "loop_no",
        sa.Integer,
        "Number of the loop, consecutive from 1 within school and partnership.",
        ("Sløyfenummer", "Sløyfenummer", "Loop number"),
        Between(low=1, high=200),
        required=required,
        example="3",
    )


def dated_school_year() -> sa.Column[Any]:
    """The school year of a row that has a day of its own, for days that lie in no calendar."""
    return column(
        "school_year",
        sa.Text,
        "School year it belongs to, where its day lies in no calendar that is delivered.",
        ("Skoleår", "Skuleår", "School year"),
        SCHOOL_YEAR_FORM,
        example="2025/26",
    )


def school_year(*, required: bool = True) -> sa.Column[Any]:
    """The school year of a row."""
    return column(
        "school_year", sa.Text, "School year, written as 2025/26.",
        ("Skoleår", "Skuleår", "School year"), SCHOOL_YEAR_FORM, required=required, example="2025/26",
    )  # fmt: skip


def partnership_year_no(*, required: bool = True) -> sa.Column[Any]:
    """The partnership year of a row."""
    return column(
        "partnership_year_no",
        sa.Integer,
        "Number of the partnership year; 0 is the time before the start.",
        ("Prosjektår", "Prosjektår", "Partnership year"),
        Between(low=0, high=50),
        required=required,
        example="2",
    )

"""What a school tells about itself: the manifest of a delivery, the school year, the teams, stated totals.

Belongs here: delivery tables F0, F1, F2 and `stated_totals`.
Does not belong here: registers of schools and owners (`innenfra/contracts/registers.py`).
"""

from __future__ import annotations

import sqlalchemy as sa

from innenfra.contracts.declare import column, delivery_table
from innenfra.contracts.indicators import INDICATORS
from innenfra.contracts.rules import AtMost, Between, ColumnsOfFile, DateBetween, Known, Matches, MaxLength, NotBefore, OneOf, RequiredWhen
from innenfra.contracts.vocabulary import (
    COMPLETENESS,
    COUNT,
    FILE_TYPES,
    ID_FORM,
    ID_LIST_FORM,
    PERIOD_TYPES,
    YES_NO,
    loop_no,
    partnership_id,
    partnership_year_no,
    school_id,
    school_year,
)
from innenfra.contracts.words import Words, code_list

PREPARED_BY = code_list(
    "prepared_by_role",
    leadership=("Skoleledelsen", "Skuleleiinga", "School leadership"),
    process_leader_group=("Prosesslederne", "Prosessleiarane", "Process leaders"),
    admin=("Administrasjonen", "Administrasjonen", "Administration"),
    te=("Lærerutdanner", "Lærarutdannar", "Teacher educator"),
)
PROVISION = code_list(
    "provision",
    yes=("Ja", "Ja", "Yes"),
    partly=("Delvis", "Delvis", "Partly"),
    no=("Nei", "Nei", "No"),
    not_in_agreement=("Ikke i avtalen", "Ikkje i avtalen", "Not in the agreement"),
)
ONBOARDING_HELD = code_list(
    "onboarding_held",
    yes=("Ja", "Ja", "Yes"),
    no=("Nei", "Nei", "No"),
    not_planned=("Ikke planlagt", "Ikkje planlagd", "Not planned"),
)
ONBOARDING_BY = code_list(
    "onboarding_by",
    leadership=("Skoleledelsen", "Skuleleiinga", "School leadership"),
    teacher_educator=("Lærerutdanner", "Lærarutdannar", "Teacher educator"),
    joint=("Sammen", "Saman", "Jointly"),
    other=("Andre", "Andre", "Others"),
)
TEAM_KINDS = code_list(
    "team_kind",
    grade=("Trinnteam", "Trinnteam", "Grade team"),
    subject=("Fagteam", "Fagteam", "Subject team"),
    mixed=("Blandet team", "Blanda team", "Mixed team"),
    other=("Annet", "Anna", "Other"),
)
TEAM_CHANGES = code_list(
    "team_change",
    new=("Nytt team", "Nytt team", "New team"),
    merged_into=("Slått sammen med", "Slått saman med", "Merged into"),
    split_from=("Skilt ut fra", "Skilt ut frå", "Split from"),
    renamed=("Nytt navn", "Nytt namn", "Renamed"),
    closed=("Avsluttet", "Avslutta", "Closed"),
)
PERIOD_KINDS = code_list(
    "period_type",
    **dict(
        zip(
            PERIOD_TYPES,
            (
                ("Sløyfe", "Sløyfe", "Loop"),
                ("Skoleår", "Skuleår", "School year"),
                ("Prosjektår", "Prosjektår", "Partnership year"),
                ("Budsjettår", "Budsjettår", "Budget year"),
                ("Hele prosjektet", "Heile prosjektet", "The whole project"),
            ),
            strict=True,
        )
    ),
)
KNOWN_FILE = Known(
    codes=FILE_TYPES,
    form=Words(
        nb="det tekniske navnet på en filtype i malen, som loops",
        nn="det tekniske namnet på ein filtype i malen, som loops",
        en="the technical name of a file type of the template, such as loops",
    ),
)
KNOWN_INDICATOR = Known(
    codes=tuple(one.indicator_id for one in INDICATORS.values() if one.family != "log_themes"),
    form=Words(
        nb="koden til en indikator i katalogen, som A4",
        nn="koden til ein indikator i katalogen, som A4",
        en="the code of an indicator of the catalogue, such as A4",
    ),
)
SLICE_FORM = Matches(
    pattern=r"^[a-z_]+=[A-Za-z0-9_./-]+(;[a-z_]+=[A-Za-z0-9_./-]+)*$",
    form=Words(
        nb="skrevet som navn=verdi, flere med semikolon mellom",
        nn="skrive som namn=verdi, fleire med semikolon mellom",
        en="written as name=value, several separated by semicolons",
    ),
)

manifest = delivery_table(
    "manifest",
    "What a delivery holds and for which period, one row per file type and period.",
    column(
        "delivery_id",
        sa.Text,
        "The sender's own id of the delivery.",
        ("Leveranse-ID", "Leveranse-ID", "Delivery ID"),
        ID_FORM,
        required=True,
        example="2025-H1",
    ),
    school_id(),
    partnership_id(),
    column(
        "schema_version",
        sa.Text,
        "Version of the delivery template.",
        ("Skjemaversjon", "Skjemaversjon", "Schema version"),
        Matches(pattern=r"^[0-9]+\.[0-9]+$", form=Words(nb="et versjonsnummer som 1.0", nn="eit versjonsnummer som 1.0", en="a version number such as 1.0")),
        required=True,
        example="1.1",
    ),
    column("file_type", sa.Text, "Technical name of the file or sheet.", ("Filtype", "Filtype", "File type"), KNOWN_FILE, required=True, example="loops"),
    school_year(),
    loop_no(required=False),
    column(
        "completeness",
        sa.Text,
        "Whether all is there, and if not, why.",
        ("Fullstendighet", "Fullstende", "Completeness"),
        OneOf(codes=COMPLETENESS),
        required=True,
        example="complete",
    ),
    column(
        "supersedes_delivery_id",
        sa.Text,
        "The earlier delivery that this one corrects.",
        ("Erstatter leveranse", "Erstattar leveranse", "Replaces delivery"),
        ID_FORM,
    ),
    column(
        "delivered_on",
        sa.Date,
        "Day on which the delivery was made; of two for the same period the later counts.",
        ("Levert dato", "Levert dato", "Delivered on"),
        DateBetween(),
        example="2025-11-14",
    ),
    column(
        "prepared_by_role",
        sa.Text,
        "Role of those who filled in the delivery, never a name.",
        ("Utfylt av (rolle)", "Fylt ut av (rolle)", "Prepared by (role)"),
        OneOf(codes=PREPARED_BY),
        required=True,
        example="leadership",
    ),
    column(
        "assumed_columns",
        sa.Text,
        "Columns of this file type whose values are assumed, not known; separated by spaces.",
        ("Antatte kolonner", "Antekne kolonnar", "Assumed columns"),
        MaxLength(characters=400),
    ),
    sheet=("Leveranse", "Leveranse", "Delivery"),
    sender="school",
    period="whole",
    key=("partnership_id", "file_type", "school_year", "loop_no"),
    rules=(
        RequiredWhen(then="delivered_on", when="schema_version", values=("1.1",)),
        ColumnsOfFile(listed="assumed_columns", file_type="file_type", severity="warning"),
    ),
)

school_year_table = delivery_table(
    "school_year",
    "Facts about the school in one school year: counts, plans and what was provided.",
    school_id(),
    school_year(),
    column(
        "year_start",
        sa.Date,
        "First day of school.",
        ("Første skoledag", "Første skuledag", "First school day"),
        DateBetween(),
        required=True,
        example="2025-08-18",
    ),
    column(
        "year_end", sa.Date, "Last day of school.", ("Siste skoledag", "Siste skuledag", "Last school day"), DateBetween(), required=True, example="2026-06-19"
    ),
    partnership_year_no(),
    column("teacher_n", sa.Integer, "Number of teachers.", ("Antall lærere", "Tal på lærarar", "Teachers"), COUNT, required=True, unit="persons", example="31"),
    column(
        "leader_n",
        sa.Integer,
        "Number of people in the school leadership.",
        ("Antall i skoleledelsen", "Tal i skuleleiinga", "School leaders"),
        COUNT,
        unit="persons",
        example="3",
    ),
    column(
        "new_staff_n",
        sa.Integer,
        "Number of newly employed staff.",
        ("Antall nytilsatte", "Tal på nytilsette", "New staff"),
        COUNT,
        unit="persons",
        example="4",
    ),
    column(
        "onboarding_held",
        sa.Text,
        "Whether the work was presented to new staff this year.",
        ("Presentasjon for nytilsatte holdt", "Presentasjon for nytilsette halden", "Onboarding held"),
        OneOf(codes=ONBOARDING_HELD),
        example="yes",
    ),
    column(
        "onboarding_attended_n",
        sa.Integer,
        "Number of new staff who were there.",
        ("Antall nytilsatte til stede", "Tal på nytilsette til stades", "New staff present"),
        COUNT,
        unit="persons",
        example="4",
    ),
    column(
        "onboarding_by",
        sa.Text,
        "Who presented the work to new staff.",
        ("Presentert av", "Presentert av", "Presented by"),
        OneOf(codes=ONBOARDING_BY),
        example="joint",
    ),
    column(
        "in_activity_plan",
        sa.Text,
        "Whether the work is in the school's activity plan.",
        ("I virksomhetsplan", "I verksemdsplan", "In the activity plan"),
        OneOf(codes=YES_NO),
        required=True,
        example="yes",
    ),
    column(
        "in_meeting_plan",
        sa.Text,
        "Whether the work is in the school's meeting plan.",
        ("I møteplan", "I møteplan", "In the meeting plan"),
        OneOf(codes=YES_NO),
        required=True,
        example="yes",
    ),
    column(
        "team_time_provided",
        sa.Text,
        "Whether the agreed team time was provided.",
        ("Avsatt samarbeidstid", "Avsett samarbeidstid", "Team time provided"),
        OneOf(codes=PROVISION),
        required=True,
        example="yes",
    ),
    column(
        "dev_group_time_provided",
        sa.Text,
        "Whether the agreed meeting time of the development group was provided.",
        ("Møtetid utviklingsgruppe", "Møtetid utviklingsgruppe", "Development group time provided"),
        OneOf(codes=PROVISION),
        required=True,
        example="yes",
    ),
    column(
        "substitute_cover_provided",
        sa.Text,
        "Whether the agreed substitute cover was provided.",
        ("Vikarordning", "Vikarordning", "Substitute cover provided"),
        OneOf(codes=PROVISION),
        required=True,
        example="partly",
    ),
    column(
        "principal_changed",
        sa.Text,
        "Whether the school got a new principal this year.",
        ("Ny rektor i året", "Ny rektor i året", "New principal"),
        OneOf(codes=YES_NO),
        example="no",
    ),
    column(
        "process_leaders_changed_n",
        sa.Integer,
        "Number of new process leaders this year.",
        ("Antall nye prosessledere", "Tal på nye prosessleiarar", "New process leaders"),
        COUNT,
        unit="persons",
        example="1",
    ),
    column(
        "concurrent_initiatives_n",
        sa.Integer,
        "Number of other development initiatives imposed on the school.",
        ("Andre pålagte utviklingstiltak", "Andre pålagde utviklingstiltak", "Other imposed initiatives"),
        COUNT,
        unit="initiatives",
        example="2",
    ),
    column(
        "post_project_loops_n",
        sa.Integer,
        "Loops after the end of the agreement, without teacher educators.",
        (
            "Sløyfer etter avtaleslutt uten lærerutdanner",
            "Sløyfer etter avtaleslutt utan lærarutdannar",
            "Loops after the agreement, without teacher educators",
        ),
        COUNT,
        unit="loops",
    ),
    sheet=("Skoleår", "Skuleår", "School year"),
    sender="school",
    period="school_year",
    key=("school_id", "school_year"),
    rules=(
        NotBefore(later="year_end", earlier="year_start", strictly=True),
        AtMost(part="onboarding_attended_n", whole="new_staff_n"),
    ),
    file_type="school_year",
)

team = delivery_table(
    "team",
    "The school's teacher teams with their validity; an id is never used again.",
    school_id(),
    column("team_id", sa.Text, "Code of the team, never reused.", ("Team-ID", "Team-ID", "Team ID"), ID_FORM, required=True, example="T1"),
    column(
        "team_label",
        sa.Text,
        "The team's name, for display inside the school only.",
        ("Teamnavn (internt)", "Teamnamn (internt)", "Team name (internal)"),
        MaxLength(characters=60),
    ),
    column(
        "team_kind",
        sa.Text,
        "What the team is organised around.",
        ("Type team", "Type team", "Kind of team"),
        OneOf(codes=TEAM_KINDS),
        required=True,
        example="grade",
    ),
    column("valid_from", sa.Date, "First day of the team.", ("Gyldig fra", "Gyldig frå", "Valid from"), DateBetween(), required=True, example="2022-08-01"),
    column("valid_to", sa.Date, "Last day of the team; empty means that it is active.", ("Gyldig til", "Gyldig til", "Valid to"), DateBetween()),
    column("change_type", sa.Text, "What happened to the team.", ("Endring", "Endring", "Change"), OneOf(codes=TEAM_CHANGES)),
    column(
        "related_team_id", sa.Text, "The other team of a merger or a split; repeat the row for several.", ("Berørt team", "Råka team", "Related team"), ID_FORM
    ),
    column(
        "has_dev_group_representative",
        sa.Text,
        "Whether the team has a member in the development group.",
        ("Representert i utviklingsgruppa", "Representert i utviklingsgruppa", "Represented in the development group"),
        OneOf(codes=YES_NO),
        example="yes",
    ),
    column(
        "partnership_ids",
        sa.Text,
        "Partnerships that the team takes part in, separated by spaces; empty means all of the school's.",
        ("Partnerskap", "Partnarskap", "Partnerships"),
        ID_LIST_FORM,
        example="PS-01",
    ),
    sheet=("Team", "Team", "Teams"),
    sender="school",
    period="whole",
    key=("school_id", "team_id", "valid_from", "related_team_id"),
    rules=(
        NotBefore(later="valid_to", earlier="valid_from"),
        RequiredWhen(then="related_team_id", when="change_type", values=("merged_into", "split_from")),
    ),
    file_type="teams",
)

stated_total = delivery_table(
    "stated_total",
    "A total that the sender states without knowing how it is spread; used only where finer records are absent.",
    school_id(),
    partnership_id(),
    column(
        "measure",
        sa.Text,
        "Indicator that the total answers, for example A4.",
        ("Indikator", "Indikator", "Indicator"),
        KNOWN_INDICATOR,
        required=True,
        example="A4",
    ),
    column(
        "period_type",
        sa.Text,
        "Kind of period that the total covers.",
        ("Type periode", "Type periode", "Kind of period"),
        OneOf(codes=PERIOD_KINDS),
        required=True,
        example="project",
    ),
    column(
        "period_value",
        sa.Text,
        "The period: a loop number, a school year, a partnership year, or all.",
        ("Periode", "Periode", "Period"),
        Matches(
            pattern=r"^(all|[0-9]+|20[0-9]{2}/[0-9]{2})$",
            form=Words(nb="all, et nummer eller et skoleår", nn="all, eit nummer eller eit skuleår", en="all, a number or a school year"),
        ),
        required=True,
        example="all",
    ),
    column("slice", sa.Text, "What the total is about, as name=value pairs.", ("Utsnitt", "Utsnitt", "Slice"), SLICE_FORM, example="arena=team;grain=loop"),
    column("numerator", sa.Numeric, "The stated number; empty means that it is not known.", ("Teller", "Teljar", "Numerator"), Between(low=0), example="4"),
    column("denominator", sa.Numeric, "Out of how many.", ("Nevner", "Nemnar", "Denominator"), Between(low=0), example="9"),
    column(
        "source", sa.Text, "Where it is stated.", ("Kilde", "Kjelde", "Source"), MaxLength(characters=200), required=True, example="Årsrapport 2024, side 3"
    ),
    sheet=("Oppgitte summer", "Oppgitte summar", "Stated totals"),
    sender="partnership",
    period="whole",
    key=("school_id", "partnership_id", "measure", "period_type", "period_value", "slice"),
    rules=(AtMost(part="numerator", whole="denominator"),),
    file_type="stated_totals",
)

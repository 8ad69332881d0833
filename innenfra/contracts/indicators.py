"""The catalogue: what each indicator means, how it is counted, and how far it may be compared.

Belongs here: the declarations, one per indicator, and the rows of the seed that dbt reads.
Does not belong here: the counting itself (`dbt_project/models`), and the wording of pages (`apps/wording`).

A changed formula is a new `definition_version` and a parallel series, never an overwrite.

Comparability classes: K1 comparable between schools, against each school's own agreement and design;
K2 only within the same instrument, code list or template family; K3 within one school over time.
Where a part of an indicator has another class or unit than the whole, a `Part` says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from innenfra.contracts.words import Words

ComparabilityClass = Literal["K1", "K2", "K3"]
Family = Literal["collaboration", "development", "agreement", "support", "process", "ownership", "institutionalisation", "log_themes"]
BreakReason = Literal["method", "loop_design", "log_form", "collection_mode", "template", "codebook"]
Basis = Literal["structural", "respondents"]

FAMILIES: dict[str, Words] = {
    "collaboration": Words("Samarbeid", "Samarbeid", "Collaboration"),
    "development": Words("Utvikling over år", "Utvikling over år", "Development over years"),
    "agreement": Words("Partnerskap og avtale", "Partnarskap og avtale", "Partnership and agreement"),
    "support": Words("Støtte fra lærerutdannerne", "Støtte frå lærarutdannarane", "Support from the teacher educators"),
    "process": Words("Prosessen i sløyfene", "Prosessen i sløyfene", "Process of the loops"),
    "ownership": Words("Eierskap – profesjonalisering innenfra", "Eigarskap – profesjonalisering innanfrå", "Ownership – professionalisation from within"),
    "institutionalisation": Words("Institusjonalisering", "Institusjonalisering", "Institutionalisation"),
    "log_themes": Words("Temaer i loggen", "Tema i loggen", "Themes of the log"),
}


@dataclass(frozen=True)
class Part:
    """A part of an indicator, known by its slice, with a class, unit or basis of its own."""

    slice: dict[str, str]
    comparability_class: ComparabilityClass
    unit: str
    basis: Basis = "structural"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator of the catalogue. `built` says that the warehouse counts it."""

    indicator_id: str
    family: Family
    comparability_class: ComparabilityClass
    label: Words
    meaning: Words
    formula: Words
    numerator: Words
    denominator: Words | None
    unit: str
    grain: str
    direction: Words
    caveat: Words
    misuse: Words
    article_lines: str
    definition_version: int = 1
    basis: Basis = "structural"
    parts: tuple[Part, ...] = ()
    break_on: tuple[BreakReason, ...] = ()
    built: bool = False

    def __post_init__(self) -> None:
        for name in ("meaning", "formula", "caveat", "misuse"):
            words: Words = getattr(self, name)
            for language in ("nb", "nn", "en"):
                if not words[language].endswith("."):
                    raise ValueError(f"{self.indicator_id}: {name} in {language} must be a sentence that ends with a full stop")


NO_DIRECTION = Words("Ingen retning er bedre enn en annen.", "Inga retning er betre enn ei anna.", "No direction is better than another.")
TOWARDS_ONE = Words("Mot 1 betyr at det avtalte er holdt.", "Mot 1 tyder at det avtalte er halde.", "Towards 1 means that what was agreed was kept.")


# ---------------------------------------------------------------- (i) collaboration

COLLABORATION = (
    Indicator(
        indicator_id="C1",
        family="collaboration",
        comparability_class="K1",
        built=True,
        label=Words("Gjennomførte teamsløyfer", "Gjennomførte teamsløyfer", "Completed team loops"),
        meaning=Words(
            "Hvor mange av teamenes planlagte sløyfer som ble gjennomført.",
            "Kor mange av dei planlagde sløyfene til teama som vart gjennomførte.",
            "How many of the teams' planned loops were completed.",
        ),
        formula=Words(
            "Gjennomførte teamsløyfer delt på planlagte; planlagt er hvert team som var aktivt ved sløyfas planlagte start. Avlyst etter avtale går ut av nevneren.",
            "Gjennomførte teamsløyfer delte på planlagde; planlagt er kvart team som var aktivt ved planlagd start på sløyfa. Avlyst etter avtale går ut av nemnaren.",
            "Completed team loops over planned ones; planned is each team active on the loop's planned start. Cancelled by agreement leaves the denominator.",
        ),
        numerator=Words("Teamsløyfer med status gjennomført", "Teamsløyfer med status gjennomført", "Team loops with status completed"),
        denominator=Words(
            "Team aktive ved planlagt start × sløyfer, uten dem som er avlyst etter avtale",
            "Team aktive ved planlagd start × sløyfer, utan dei som er avlyste etter avtale",
            "Teams active on the planned start × loops, without those cancelled by agreement",
        ),
        unit="share",
        grain="loop; summed to school year, partnership year and project",
        direction=Words("Ingen; avtalt fleksibilitet er legitim.", "Inga; avtalt fleksibilitet er legitim.", "None; agreed flexibility is legitimate."),
        caveat=Words(
            "Team som er slått sammen, teller som ett fra sammenslåingsdatoen.",
            "Team som er slått saman, tel som eitt frå samanslåingsdatoen.",
            "Merged teams count as one from the date of the merger.",
        ),
        misuse=Words(
            "Skal ikke brukes til å peke ut teamet som ikke gjennomførte.",
            "Skal ikkje brukast til å peike ut teamet som ikkje gjennomførte.",
            "Not for pointing at the team that did not complete.",
        ),
        article_lines="298-300",
        break_on=("method",),
    ),
    Indicator(
        indicator_id="C2",
        family="collaboration",
        comparability_class="K3",
        built=True,
        label=Words("Samarbeidstid etter aktivitet", "Samarbeidstid etter aktivitet", "Collaboration time by activity"),
        meaning=Words(
            "Avsatt og brukt tid til hver aktivitet i sløyfa.",
            "Avsett og brukt tid til kvar aktivitet i sløyfa.",
            "Time set aside and time used for each activity of the loop.",
        ),
        formula=Words(
            "Minutter planlagt og brukt per aktivitet: median over teamsløyfer for teamaktiviteter, én gang per skole for samlet kollegium. Andelen er (evaluering + deling i kollegiet) delt på all planlagt tid.",
            "Minutt planlagde og brukte per aktivitet: median over teamsløyfer for teamaktivitetar, éin gong per skule for samla kollegium. Delen er (evaluering + deling i kollegiet) delt på all planlagd tid.",
            "Minutes planned and used per activity: the median over team loops for team activities, once per school for the full staff. The share is (evaluation + sharing in full staff) over all planned time.",
        ),
        numerator=Words("Minutter i aktiviteten", "Minutt i aktiviteten", "Minutes in the activity"),
        denominator=Words(
            "Alle planlagte minutter (andelen), eller planlagte minutter i aktiviteten (brukt mot planlagt)",
            "Alle planlagde minutt (delen), eller planlagde minutt i aktiviteten (brukt mot planlagt)",
            "All planned minutes (the share), or planned minutes in the activity (used against planned)",
        ),
        unit="minutes",
        grain="team loop, loop, school year",
        direction=NO_DIRECTION,
        parts=(
            Part({"measure": "actual_against_planned"}, "K1", "share"),
            Part({"measure": "planned_min"}, "K3", "minutes"),
            Part({"measure": "actual_min"}, "K3", "minutes"),
            Part({"measure": "planned_min_per_teacher_per_loop"}, "K3", "minutes"),
            Part({"measure": "planned_hours_per_teacher_project"}, "K3", "hours"),
            Part({"measure": "planned_arena_hours_project"}, "K3", "hours"),
            Part({"measure": "share_evaluation_and_sharing"}, "K3", "share"),
        ),
        caveat=Words(
            "Planlagt tid er grunnrammen og en nedre grense. Tid per lærer og tid per arena er to ulike mål; samlet kollegium telles én gang.",
            "Planlagd tid er grunnramma og ei nedre grense. Tid per lærar og tid per arena er to ulike mål; samla kollegium vert talt éin gong.",
            "Planned time is the basic frame and a lower bound. Time per teacher and time per arena are two measures; the full staff is counted once.",
        ),
        misuse=Words(
            "Skal ikke brukes til kontroll av arbeidstid eller som mål på innsats.",
            "Skal ikkje brukast til kontroll av arbeidstid eller som mål på innsats.",
            "Not for control of working time, nor minutes as effort.",
        ),
        article_lines="301-304;612-615;659",
        break_on=("method", "loop_design"),
    ),
    Indicator(
        indicator_id="C4",
        family="collaboration",
        comparability_class="K1",
        built=True,
        label=Words("Teamrepresentasjon i utviklingsgruppa", "Teamrepresentasjon i utviklingsgruppa", "Team representation in the development group"),
        meaning=Words(
            "Om alle team er med i utviklingsgruppa, og på møtene.",
            "Om alle team er med i utviklingsgruppa, og på møta.",
            "Whether all teams take part in the development group, and in its meetings.",
        ),
        formula=Words(
            "Oppmøte: sum av representerte team delt på sum av aktive team over utviklingsgruppas møter. Medlemskap: team med oppnevnt representant delt på aktive team.",
            "Oppmøte: sum av representerte team delt på sum av aktive team over møta i utviklingsgruppa. Medlemskap: team med oppnemnd representant delt på aktive team.",
            "Attendance: sum of teams represented over sum of active teams, over the development group's meetings. Membership: teams with an appointed representative over active teams.",
        ),
        numerator=Words("Team representert", "Team representerte", "Teams represented"),
        denominator=Words("Aktive team", "Aktive team", "Active teams"),
        unit="share",
        grain="meeting; school year",
        direction=Words(
            "Høyere er nærmere opplegget som er beskrevet; ingen retning mellom skoler.",
            "Høgare er nærare opplegget som er omtalt; inga retning mellom skular.",
            "Higher is closer to the design described; none between schools.",
        ),
        parts=(Part({"measure": "attendance"}, "K1", "share"), Part({"measure": "membership"}, "K1", "share")),
        caveat=Words(
            "Ikke aktuelt der avtalen ikke har utviklingsgruppe, og ved små skoler der gruppa er hele kollegiet.",
            "Ikkje aktuelt der avtalen ikkje har utviklingsgruppe, og ved små skular der gruppa er heile kollegiet.",
            "Does not apply where the agreement has no development group, nor in small schools where the group is the whole staff.",
        ),
        misuse=Words(
            "Skal ikke brukes til å navngi prosessledere som var borte.",
            "Skal ikkje brukast til å namngje prosessleiarar som var borte.",
            "Not for naming absent process leaders.",
        ),
        article_lines="599-600;810-811",
    ),
)

# ---------------------------------------------------------------- (ii) development over years

DEVELOPMENT = (
    Indicator(
        indicator_id="U1",
        family="development",
        comparability_class="K3",
        built=True,
        label=Words("Sløyferytme", "Sløyferytme", "Loop rhythm"),
        meaning=Words(
            "Hvor mange sløyfer skolen gjennomførte hvert år.",
            "Kor mange sløyfer skulen gjennomførte kvart år.",
            "How many loops the school completed each year.",
        ),
        formula=Words(
            "Antall gjennomførte sløyfer per prosjektår og, for seg, per skoleår; sløyfa hører til året den faktisk startet.",
            "Talet på gjennomførte sløyfer per prosjektår og, for seg, per skuleår; sløyfa høyrer til året ho faktisk starta.",
            "Number of completed loops per partnership year and, separately, per school year; a loop belongs to the year of its actual start.",
        ),
        numerator=Words("Gjennomførte sløyfer", "Gjennomførte sløyfer", "Completed loops"),
        denominator=None,
        unit="loops",
        grain="school × year",
        direction=Words(
            "Ingen; færre sløyfer kan være en bevisst utvidelse av tiden til hver.",
            "Inga; færre sløyfer kan vere ei medviten utviding av tida til kvar.",
            "None; fewer loops may be a deliberate extension of the time for each.",
        ),
        parts=(Part({"measure": "against_plan"}, "K1", "share"),),
        caveat=Words(
            "Nivået leses innenfor skolen; mot egen plan kan det sammenlignes.",
            "Nivået vert lese innanfor skulen; mot eigen plan kan det samanliknast.",
            "The level is read within the school; against its own plan it may be compared.",
        ),
        misuse=Words("Færre sløyfer betyr ikke nedgang.", "Færre sløyfer tyder ikkje nedgang.", "Fewer loops do not mean decline."),
        article_lines="311-312;610-612",
    ),
)

# ---------------------------------------------------------------- (iii) partnership and agreement

AGREEMENT = (
    Indicator(
        indicator_id="A1",
        family="agreement",
        comparability_class="K1",
        built=True,
        label=Words("Sløyfer gjennomført mot gjeldende avtale", "Sløyfer gjennomførte mot gjeldande avtale", "Loops completed against the agreement in force"),
        meaning=Words(
            "Om skolen gjennomførte så mange sløyfer som avtalen sier.",
            "Om skulen gjennomførte så mange sløyfer som avtalen seier.",
            "Whether the school completed as many loops as the agreement says.",
        ),
        formula=Words(
            "Gjennomførte sløyfer i prosjektåret delt på planlagte i avtaleversjonen som gjaldt ved årets slutt; hittil er sum delt på sum.",
            "Gjennomførte sløyfer i prosjektåret delte på planlagde i avtaleversjonen som galdt ved slutten av året; hittil er sum delt på sum.",
            "Loops completed in the partnership year over those planned in the agreement version in force at the end of the year; so far is sum over sum.",
        ),
        numerator=Words("Gjennomførte sløyfer", "Gjennomførte sløyfer", "Completed loops"),
        denominator=Words(
            "Planlagte sløyfer i versjonen som gjaldt ved årets slutt",
            "Planlagde sløyfer i versjonen som galdt ved slutten av året",
            "Loops planned in the version in force at the end of the year",
        ),
        unit="share",
        grain="school × partnership year",
        direction=Words(
            "Mot 1 betyr at avtalen er holdt; over 1 er mulig. Ingen av delene er kvalitet.",
            "Mot 1 tyder at avtalen er halden; over 1 er mogleg. Ingen av delane er kvalitet.",
            "Towards 1 means the agreement was kept; above 1 is possible. Neither is quality.",
        ),
        caveat=Words(
            "Regnes aldri mot en versjon som er erstattet.",
            "Vert aldri rekna mot ein versjon som er erstatta.",
            "Never counted against a version that was replaced.",
        ),
        misuse=Words(
            "Antall sløyfer skal ikke sammenlignes mellom avtaler.",
            "Talet på sløyfer skal ikkje samanliknast mellom avtalar.",
            "Raw numbers of loops are not to be compared between agreements.",
        ),
        article_lines="311-312;602;610-612",
    ),
    Indicator(
        indicator_id="A4",
        family="agreement",
        comparability_class="K1",
        built=True,
        label=Words("Lærerutdannernes deltakelse per arena", "Deltakinga til lærarutdannarane per arena", "Teacher educators' participation by arena"),
        meaning=Words(
            "I hvor mange sløyfer lærerutdannere var med, for hver arena.",
            "I kor mange sløyfer lærarutdannarar var med, for kvar arena.",
            "In how many loops teacher educators took part, for each arena.",
        ),
        formula=Words(
            "Per arena: sløyfer med lærerutdanner til stede delt på gjennomførte sløyfer. Per teamsløyfe bare der det er levert slik.",
            "Per arena: sløyfer med lærarutdannar til stades delte på gjennomførte sløyfer. Per teamsløyfe berre der det er levert slik.",
            "Per arena: loops with a teacher educator present over completed loops. Per team loop only where it was delivered so.",
        ),
        numerator=Words(
            "Sløyfer (eller teamsløyfer) der lærerutdanner deltok på arenaen",
            "Sløyfer (eller teamsløyfer) der lærarutdannar deltok på arenaen",
            "Loops (or team loops) in which a teacher educator took part in the arena",
        ),
        denominator=Words("Gjennomførte sløyfer (eller teamsløyfer)", "Gjennomførte sløyfer (eller teamsløyfer)", "Completed loops (or team loops)"),
        unit="share",
        grain="loop × arena",
        direction=NO_DIRECTION,
        caveat=Words(
            "Oppgitt null er ikke det samme som ikke samlet inn. Arenaer slås aldri sammen til ett snitt.",
            "Oppgitt null er ikkje det same som ikkje samla inn. Arenaer vert aldri slegne saman til eitt snitt.",
            "A stated zero is not the same as not collected. Arenas are never averaged.",
        ),
        misuse=Words(
            "Skal ikke brukes til å fakturere eller rangere universiteter; mer nærvær er ikke bedre.",
            "Skal ikkje brukast til å fakturere eller rangere universitet; meir nærvær er ikkje betre.",
            "Not for billing or ranking universities; more presence is not better.",
        ),
        article_lines="308-311;557-559;575-576;690-691",
        break_on=("method",),
    ),
    Indicator(
        indicator_id="A5",
        family="agreement",
        comparability_class="K1",
        built=True,
        label=Words("Speildata tilbake før neste sløyfe", "Speildata tilbake før neste sløyfe", "Mirror data returned before the next loop"),
        meaning=Words(
            "Om speildata kom tilbake til skolen før neste sløyfe startet.",
            "Om speildata kom tilbake til skulen før neste sløyfe starta.",
            "Whether mirror data came back to the school before the next loop started.",
        ),
        formula=Words(
            "Gjennomførte sløyfer med minst én presentasjon av speildata før neste sløyfe startet (siste sløyfe: før partnerskapets slutt + 60 dager), delt på gjennomførte sløyfer med loggrunde.",
            "Gjennomførte sløyfer med minst éin presentasjon av speildata før neste sløyfe starta (siste sløyfe: før slutten av partnarskapet + 60 dagar), delte på gjennomførte sløyfer med loggrunde.",
            "Completed loops with at least one presentation of mirror data before the next loop started (last loop: before the partnership's end + 60 days) over completed loops with a log round.",
        ),
        numerator=Words("Sløyfer med speildata presentert i tide", "Sløyfer med speildata presenterte i tide", "Loops with mirror data presented in time"),
        denominator=Words("Gjennomførte sløyfer med loggrunde", "Gjennomførte sløyfer med loggrunde", "Completed loops with a log round"),
        unit="share",
        grain="loop; school year",
        direction=Words(
            "Mot 1; for dager er det ingen formell retning.",
            "Mot 1; for dagar er det inga formell retning.",
            "Towards 1; for days there is no formal direction.",
        ),
        parts=(Part({"measure": "median_days"}, "K1", "days"),),
        caveat=Words(
            "Flere presentasjoner av samme speildata teller som én. Sløyfer uten datarunde går ut av nevneren.",
            "Fleire presentasjonar av same speildata tel som éin. Sløyfer utan datarunde går ut av nemnaren.",
            "Several presentations of the same mirror data count as one. Loops without a data round leave the denominator.",
        ),
        misuse=Words(
            "Skal ikke presse fram fart på bekostning av analysen.",
            "Skal ikkje presse fram fart på kostnad av analysen.",
            "Not for pressing the quality of analysis for speed.",
        ),
        article_lines="304-307;364-367;569-571;624-628",
        break_on=("method",),
    ),
    Indicator(
        indicator_id="A6",
        family="agreement",
        comparability_class="K1",
        built=True,
        label=Words("Organisatorisk tilrettelegging", "Organisatorisk tilrettelegging", "Organisational provision"),
        meaning=Words(
            "Om det avtalte ble stilt til rådighet: tid, vikarer, plass i planene.",
            "Om det avtalte vart stilt til rådvelde: tid, vikarar, plass i planane.",
            "Whether what was agreed was provided: time, substitutes, a place in the plans.",
        ),
        formula=Words(
            "Per skoleår, over det som står i avtalen: gitt delt på avtalt; delvis telles for seg.",
            "Per skuleår, over det som står i avtalen: gjeve delt på avtalt; delvis vert talt for seg.",
            "Per school year, over what is in the agreement: provided over agreed; partly is counted separately.",
        ),
        numerator=Words("Punkter som ble gitt", "Punkt som vart gjevne", "Provisions given"),
        denominator=Words("Punkter i avtalen", "Punkt i avtalen", "Provisions in the agreement"),
        unit="share",
        grain="school × school year",
        direction=TOWARDS_ONE,
        caveat=Words("Det som ikke står i avtalen, er ikke med.", "Det som ikkje står i avtalen, er ikkje med.", "What is not in the agreement is left out."),
        misuse=Words(
            "Skal ikke brukes til å sammenligne kommuner uten at eierens egne ressurser vises.",
            "Skal ikkje brukast til å samanlikne kommunar utan at eigaren sine eigne ressursar vert viste.",
            "Not for a municipal benchmark without the owner's own resources shown.",
        ),
        article_lines="383-384;602-605",
    ),
)

# ---------------------------------------------------------------- (vi) ownership

OWNERSHIP = (
    Indicator(
        indicator_id="E3",
        family="ownership",
        comparability_class="K1",
        basis="respondents",
        built=True,
        label=Words("Loggdeltakelse", "Loggdeltaking", "Log participation"),
        meaning=Words(
            "Hvor mange av de inviterte som leverte logg.", "Kor mange av dei inviterte som leverte logg.", "How many of those invited handed in a log."
        ),
        formula=Words(
            "Innleverte delt på inviterte, per loggrunde; summert over runder.",
            "Innleverte delt på inviterte, per loggrunde; summert over rundar.",
            "Submitted over invited, per log round; summed over rounds.",
        ),
        numerator=Words("Innleverte logger", "Innleverte loggar", "Logs handed in"),
        denominator=Words("Inviterte", "Inviterte", "Invited"),
        unit="share",
        grain="loop (whole school only)",
        direction=Words(
            "Ingen; å la være å svare på en anonym logg er en rett.",
            "Inga; å la vere å svare på ein anonym logg er ein rett.",
            "None; not answering an anonymous log is a right.",
        ),
        caveat=Words(
            "Logger samlet i møte og med lenke gir svært ulike tall.",
            "Loggar samla i møte og med lenkje gjev svært ulike tal.",
            "Logs collected in a meeting and by link differ strongly.",
        ),
        misuse=Words(
            "Skal ikke brukes til å purre på dem som ikke svarte, og aldri per team.",
            "Skal ikkje brukast til å purre på dei som ikkje svarte, og aldri per team.",
            "Not for chasing those who did not answer, and never per team.",
        ),
        article_lines="316-317;358-359;578-579",
        break_on=("method", "log_form", "collection_mode"),
    ),
)

# ---------------------------------------------------------------- (vii) institutionalisation

INSTITUTIONALISATION = (
    Indicator(
        indicator_id="I1",
        family="institutionalisation",
        comparability_class="K1",
        built=True,
        label=Words("Plassering i planverk", "Plassering i planverk", "Embedded in plans"),
        meaning=Words(
            "Om arbeidet står i virksomhetsplanen og i møteplanen.",
            "Om arbeidet står i verksemdsplanen og i møteplanen.",
            "Whether the work is in the activity plan and in the meeting plan.",
        ),
        formula=Words(
            "Per skoleår og plan: ja er 1, nei er 0, ikke levert er tomt.",
            "Per skuleår og plan: ja er 1, nei er 0, ikkje levert er tomt.",
            "Per school year and plan: yes is 1, no is 0, not delivered is empty.",
        ),
        numerator=Words("Skoleår med arbeidet i planen", "Skuleår med arbeidet i planen", "School years with the work in the plan"),
        denominator=Words("Skoleår med svar", "Skuleår med svar", "School years with an answer"),
        unit="share",
        grain="school × school year",
        direction=Words("Ingen ut over ja eller nei.", "Inga ut over ja eller nei.", "None beyond yes or no."),
        caveat=Words(
            "En plass i planen sier ikke om det ble praktisert.",
            "Ein plass i planen seier ikkje om det vart praktisert.",
            "A place in the plan does not say whether it was practised.",
        ),
        misuse=Words("Skal ikke leses som praksis.", "Skal ikkje lesast som praksis.", "Not to be read as practice."),
        article_lines="383-384;602-603",
    ),
    Indicator(
        indicator_id="I2",
        family="institutionalisation",
        comparability_class="K1",
        built=True,
        label=Words("Innføring av nytilsatte", "Innføring av nytilsette", "Onboarding of new staff"),
        meaning=Words(
            "Om arbeidet ble presentert for nytilsatte, og hvor mange som var med.",
            "Om arbeidet vart presentert for nytilsette, og kor mange som var med.",
            "Whether the work was presented to new staff, and how many were there.",
        ),
        formula=Words(
            "(a) Holdt i skoleåret, ja eller nei; (b) nytilsatte til stede delt på nytilsatte.",
            "(a) Halden i skuleåret, ja eller nei; (b) nytilsette til stades delt på nytilsette.",
            "(a) Held in the school year, yes or no; (b) new staff present over new staff.",
        ),
        numerator=Words(
            "(a) skoleår der den ble holdt; (b) nytilsatte til stede",
            "(a) skuleår der ho vart halden; (b) nytilsette til stades",
            "(a) school years in which it was held; (b) new staff present",
        ),
        denominator=Words("(a) skoleår med svar; (b) nytilsatte", "(a) skuleår med svar; (b) nytilsette", "(a) school years with an answer; (b) new staff"),
        unit="share",
        grain="school × school year",
        direction=Words("Mot 1.", "Mot 1.", "Towards 1."),
        parts=(Part({"measure": "held"}, "K1", "share"), Part({"measure": "attended"}, "K1", "share", "respondents")),
        caveat=Words(
            "Med færre enn fem nytilsatte vises bare om den ble holdt.",
            "Med færre enn fem nytilsette vert det berre vist om ho vart halden.",
            "With fewer than five new staff only whether it was held is shown.",
        ),
        misuse=Words("Skal ikke brukes til å finne enkeltpersoner.", "Skal ikkje brukast til å finne einskildpersonar.", "Not for identifying new hires."),
        article_lines="588-589;749-750",
    ),
)

# ---------------------------------------------------------------- all of them

SUPPORT: tuple[Indicator, ...] = ()
PROCESS: tuple[Indicator, ...] = ()
LOG_THEMES: tuple[Indicator, ...] = ()

INDICATORS: dict[str, Indicator] = {
    one.indicator_id: one for family in (COLLABORATION, DEVELOPMENT, AGREEMENT, SUPPORT, PROCESS, OWNERSHIP, INSTITUTIONALISATION, LOG_THEMES) for one in family
}
"""The catalogue by id, in its own order."""

TRANSLATED = ("label", "meaning", "formula", "numerator", "denominator", "direction", "caveat", "misuse")


def indicator_seed_rows() -> list[dict[str, str]]:
    """Rows of the seed `dbt_project/seeds/indicator.csv`, one per indicator, all values as text."""
    return [_seed_row(number, one) for number, one in enumerate(INDICATORS.values(), start=1)]


def _seed_row(number: int, one: Indicator) -> dict[str, str]:
    row: dict[str, Any] = {
        "indicator_id": one.indicator_id,
        "definition_version": one.definition_version,
        "sort_no": number,
        "family": one.family,
        "comparability_class": one.comparability_class,
        "unit": one.unit,
        "basis": one.basis,
        "grain": one.grain,
        "article_lines": one.article_lines,
        "break_on": " ".join(one.break_on),
        "parts": json.dumps([_part(p) for p in one.parts], separators=(",", ":")),
        "built": str(one.built).lower(),
    }
    for name in TRANSLATED:
        words: Words | None = getattr(one, name)
        row |= {f"{name}_{language}": words[language] if words else "" for language in ("nb", "nn", "en")}
    return {column: str(value) for column, value in row.items()}


def _part(part: Part) -> dict[str, Any]:
    return {"slice": part.slice, "class": part.comparability_class, "unit": part.unit, "basis": part.basis}

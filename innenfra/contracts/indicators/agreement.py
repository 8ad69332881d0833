"""Definitions A1–A6: the partnership, and whether each party keeps the agreement."""

from __future__ import annotations

import datetime as dt

from innenfra.contracts.indicators.definition import FIRST_EDITION, NO_DIRECTION, TOWARDS_ONE, EarlierVersion, Indicator, Measure
from innenfra.contracts.vocabulary import ARENAS, PARTIES
from innenfra.contracts.words import Words

_ASSESSED_BY = {
    "own": Words("vurdert av parten selv", "vurdert av parten sjølv", "assessed by the party itself"),
    "other": Words("vurdert av en annen part", "vurdert av ein annan part", "assessed by another party"),
}


def _commitments(party: str, by: str, extra: dict[str, str], said: Words, numerator: Words | None, *, counted: bool) -> Measure:
    label = Words(*(f"{PARTIES.labels[party][code]}: {said[code]}, {_ASSESSED_BY[by][code]}" for code in ("nb", "nn", "en")))
    return Measure(
        slice={"party": party, "assessed_by": by, **extra}, label=label, numerator=numerator, has_denominator=not counted, unit="count" if counted else "share"
    )


_Counted = tuple[dict[str, str], Words, Words | None, bool]

_KEPT: _Counted = ({}, Words("forpliktelser holdt", "plikter haldne", "commitments kept"), None, False)
_BESIDE: tuple[_Counted, ...] = (
    (
        {"result": "not_assessed"},
        Words("ikke vurdert", "ikkje vurderte", "not assessed"),
        Words("Forpliktelser som ikke er vurdert", "Plikter som ikkje er vurderte", "Commitments not assessed"),
        True,
    ),
    (
        {"result": "changed_by_agreement"},
        Words("endret etter avtale", "endra etter avtale", "changed by agreement"),
        Words("Forpliktelser som er endret etter avtale", "Plikter som er endra etter avtale", "Commitments changed by agreement"),
        True,
    ),
    (
        {"commitment_type": "funding"},
        Words("løfter om penger holdt", "lovnader om pengar haldne", "commitments on funding kept"),
        Words("Løfter om penger vurdert som holdt", "Lovnader om pengar vurderte som haldne", "Commitments on funding assessed as kept"),
        False,
    ),
)


def _arena(slice_: dict[str, str], label: Words, numerator: Words, denominator: Words, needs: tuple[str, ...]) -> Measure:
    return Measure(slice=slice_, label=label, numerator=numerator, denominator=denominator, needs=needs)


_LOOPS = Words("Gjennomførte sløyfer", "Gjennomførte sløyfer", "Completed loops")
_TEAM_LOOPS = Words("Teamsløyfer i gjennomførte sløyfer", "Teamsløyfer i gjennomførte sløyfer", "Team loops of completed loops")
_STAFF_MEETINGS = Words("Møter i samlet kollegium", "Møte i samla kollegium", "Meetings of the full staff")
_BY_LOOP = Words("Sløyfer der lærerutdanner deltok", "Sløyfer der lærarutdannar deltok", "Loops in which a teacher educator took part")
_BY_TEAM_LOOP = Words("Teamsløyfer der lærerutdanner deltok", "Teamsløyfer der lærarutdannar deltok", "Team loops in which a teacher educator took part")


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
        numerator=_LOOPS,
        denominator=Words(
            "Planlagte sløyfer i versjonen som gjaldt ved årets slutt",
            "Planlagde sløyfer i versjonen som galdt ved slutten av året",
            "Loops planned in the version in force at the end of the year",
        ),
        grain="school × partnership year",
        direction=Words(
            "Mot 1 betyr at avtalen er holdt; over 1 er mulig. Ingen av delene er kvalitet.",
            "Mot 1 tyder at avtalen er halden; over 1 er mogleg. Ingen av delane er kvalitet.",
            "Towards 1 means the agreement was kept; above 1 is possible. Neither is quality.",
        ),
        parts=(
            Measure(slice={}),
            Measure(
                slice={"reading": "cumulative"},
                label=Words(
                    "Sløyfer gjennomført mot avtalen, hittil", "Sløyfer gjennomførte mot avtalen, hittil", "Loops completed against the agreement, so far"
                ),
            ),
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
        needs=("agreement_versions", "agreement_plan_years", "loops"),
    ),
    Indicator(
        indicator_id="A2",
        family="agreement",
        comparability_class="K1",
        label=Words("Forpliktelser holdt, per part", "Plikter haldne, per part", "Commitments kept, per party"),
        meaning=Words(
            "Hvor mange av hver parts forpliktelser som er vurdert som holdt, av parten selv og av den andre.",
            "Kor mange av pliktene til kvar part som er vurderte som haldne, av parten sjølv og av den andre.",
            "How many of each party's commitments are assessed as kept, by the party itself and by the other.",
        ),
        formula=Words(
            "Per part: forpliktelser vurdert som holdt delt på vurderte (holdt + delvis + ikke holdt). Ikke vurdert og endret etter avtale telles ved siden av. Partens egen vurdering og den andres holdes fra hverandre.",
            "Per part: plikter vurderte som haldne delte på vurderte (haldne + delvis + ikkje haldne). Ikkje vurdert og endra etter avtale vert talde ved sida av. Parten si eiga vurdering og den andre si vert haldne frå kvarandre.",
            "Per party: commitments assessed as kept over those assessed (kept + partly + not kept). Not assessed and changed by agreement are counted beside them. The party's own assessment and the other's are kept apart.",
        ),
        numerator=Words("Forpliktelser vurdert som holdt", "Plikter vurderte som haldne", "Commitments assessed as kept"),
        denominator=Words(
            "Forpliktelser vurdert som holdt, delvis eller ikke holdt",
            "Plikter vurderte som haldne, delvis eller ikkje haldne",
            "Commitments assessed as kept, partly or not kept",
        ),
        grain="agreement version × school year × party",
        direction=TOWARDS_ONE,
        parts=tuple(
            _commitments(party, by, extra, said, numerator, counted=counted)
            for extra, said, numerator, counted in (_KEPT, *_BESIDE)
            for party in PARTIES.codes
            for by in _ASSESSED_BY
        ),
        caveat=Words(
            "Uenighet mellom partene vises som uenighet og slås ikke sammen til ett snitt. Løfter om penger følger budsjettåret.",
            "Usemje mellom partane vert vist som usemje og ikkje slegen saman til eitt snitt. Lovnader om pengar følgjer budsjettåret.",
            "Disagreement between the parties is shown as such and never averaged. Commitments on funding follow the budget year.",
        ),
        misuse=Words(
            "Skal ikke vises bare for skolens side, og ikke brukes som sanksjon.",
            "Skal ikkje visast berre for skulen si side, og ikkje brukast som sanksjon.",
            "Not to be shown for the school's side alone, nor used as a sanction.",
        ),
        article_lines="31-33;350-352;600-601;801-803",
        needs=("agreement_commitments", "commitment_reviews"),
    ),
    Indicator(
        indicator_id="A3",
        family="agreement",
        comparability_class="K1",
        label=Words("Avtaleendringer med evalueringsgrunnlag", "Avtaleendringar med evalueringsgrunnlag", "Amendments grounded in evaluation"),
        meaning=Words(
            "Hvor mange endringer av avtalen som bygger på en evaluering eller en beslutning.",
            "Kor mange endringar av avtalen som byggjer på ei evaluering eller ei avgjerd.",
            "How many amendments of the agreement rest on an evaluation or a decision.",
        ),
        definition_version=2,
        valid_from=dt.date(2026, 11, 26),
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Avtaleendringer med henvisning til evaluering eller beslutning, eller med evaluering som oppgitt grunn, delt på alle avtaleendringer.",
                    "Avtaleendringar med tilvising til evaluering eller avgjerd, eller med evaluering som oppgjeven grunn, delte på alle avtaleendringar.",
                    "Amendments with a linked evaluation or decision, or with evaluation as the stated reason, over all amendments.",
                ),
                changed_because=Words(
                    "En oppgitt grunn sier ikke hvilken evaluering endringen bygger på; bare en henvisning kan følges.",
                    "Ein oppgjeven grunn seier ikkje kva evaluering endringa byggjer på; berre ei tilvising kan følgjast.",
                    "A stated reason does not say which evaluation the amendment rests on; only a link can be followed.",
                ),
            ),
        ),
        formula=Words(
            "Avtaleendringer med henvisning til evaluering eller beslutning delt på alle avtaleendringer; antallet endringer er bakgrunn.",
            "Avtaleendringar med tilvising til evaluering eller avgjerd delte på alle avtaleendringar; talet på endringar er bakgrunn.",
            "Amendments with a linked evaluation or decision over all amendments; the number of amendments is context.",
        ),
        numerator=Words(
            "Endringer med henvisning til evaluering eller beslutning",
            "Endringar med tilvising til evaluering eller avgjerd",
            "Amendments with a linked evaluation or decision",
        ),
        denominator=Words("Alle endringer av avtalen", "Alle endringar av avtalen", "All amendments of the agreement"),
        grain="agreement",
        direction=Words(
            "Ingen for antallet; en endring er et tegn på at avtalen brukes til å styre etter.",
            "Inga for talet; ei endring er eit teikn på at avtalen vert brukt til å styre etter.",
            "None for the count; an amendment is a sign of formative steering.",
        ),
        caveat=Words(
            "Første versjon av avtalen er ingen endring. En avtale uten endringer har ingen verdi.",
            "Første versjon av avtalen er inga endring. Ein avtale utan endringar har ingen verdi.",
            "The first version of the agreement is no amendment. An agreement without amendments has no value.",
        ),
        misuse=Words(
            "Mange endringer betyr ikke et ustabilt partnerskap.",
            "Mange endringar tyder ikkje eit ustabilt partnarskap.",
            "Many amendments do not mean an unstable partnership.",
        ),
        article_lines="339-340;413-415;610-616;823-828",
        needs=("agreement_versions",),
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
        numerator=_BY_LOOP,
        denominator=_LOOPS,
        grain="loop × arena",
        direction=NO_DIRECTION,
        parts=(
            _arena(
                {"arena": "team", "grain": "loop"},
                Words(
                    "I teamenes planlegging eller evaluering, per sløyfe",
                    "I planlegginga eller evalueringa i teama, per sløyfe",
                    "In the teams' planning or evaluation, per loop",
                ),
                _BY_LOOP,
                _LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "team", "grain": "team_loop"},
                Words(
                    "I teamenes planlegging eller evaluering, per teamsløyfe",
                    "I planlegginga eller evalueringa i teama, per teamsløyfe",
                    "In the teams' planning or evaluation, per team loop",
                ),
                _BY_TEAM_LOOP,
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "team", "grain": "team_loop", "mode": "offered_not_used"},
                Words("I teamene: tilbudt, ikke brukt", "I teama: tilbode, ikkje brukt", "In the teams: offered, not used"),
                Words("Teamsløyfer der tilbudet ikke ble brukt", "Teamsløyfer der tilbodet ikkje vart brukt", "Team loops in which the offer was not used"),
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "team", "grain": "team_loop", "mode": "absent_by_design"},
                Words("I teamene: ikke med etter planen", "I teama: ikkje med etter planen", "In the teams: absent by design"),
                Words(
                    "Teamsløyfer uten lærerutdanner etter planen",
                    "Teamsløyfer utan lærarutdannar etter planen",
                    "Team loops without a teacher educator by design",
                ),
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "team", "grain": "team_loop", "mode": "absent"},
                Words("I teamene: ikke til stede", "I teama: ikkje til stades", "In the teams: absent"),
                Words("Teamsløyfer uten lærerutdanner", "Teamsløyfer utan lærarutdannar", "Team loops without a teacher educator"),
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "research_lesson", "grain": "loop"},
                Words("I forskningstimene, per sløyfe", "I forskingstimane, per sløyfe", "In the research lessons, per loop"),
                _BY_LOOP,
                _LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "research_lesson", "grain": "team_loop"},
                Words("I forskningstimene, per teamsløyfe", "I forskingstimane, per teamsløyfe", "In the research lessons, per team loop"),
                _BY_TEAM_LOOP,
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "loop"},
                Words("I samlet kollegium, per sløyfe", "I samla kollegium, per sløyfe", "In full staff, per loop"),
                _BY_LOOP,
                _LOOPS,
                ("meetings",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "meeting", "mode": "led"},
                Words("I samlet kollegium: ledet møtet", "I samla kollegium: leidde møtet", "In full staff: led the meeting"),
                Words("Møter ledet av lærerutdanner", "Møte leidde av lærarutdannar", "Meetings led by a teacher educator"),
                _STAFF_MEETINGS,
                ("meetings",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "meeting", "mode": "took_part"},
                Words("I samlet kollegium: deltok", "I samla kollegium: deltok", "In full staff: took part"),
                Words(
                    "Møter der lærerutdanner deltok uten å lede",
                    "Møte der lærarutdannar deltok utan å leie",
                    "Meetings in which a teacher educator took part without leading",
                ),
                _STAFF_MEETINGS,
                ("meetings",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "meeting", "mode": "absent_by_design"},
                Words("I samlet kollegium: ikke med etter planen", "I samla kollegium: ikkje med etter planen", "In full staff: absent by design"),
                Words("Møter uten lærerutdanner etter planen", "Møte utan lærarutdannar etter planen", "Meetings without a teacher educator by design"),
                _STAFF_MEETINGS,
                ("meetings",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "meeting", "mode": "absent"},
                Words("I samlet kollegium: ikke til stede", "I samla kollegium: ikkje til stades", "In full staff: absent"),
                Words("Møter uten lærerutdanner", "Møte utan lærarutdannar", "Meetings without a teacher educator"),
                _STAFF_MEETINGS,
                ("meetings",),
            ),
            _arena(
                {"arena": "post_loop_meeting", "grain": "loop"},
                Words("I møtet etter sløyfa, per sløyfe", "I møtet etter sløyfa, per sløyfe", "In the meeting after the loop, per loop"),
                _BY_LOOP,
                _LOOPS,
                ("meetings",),
            ),
        ),
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
        needs=("loops", "team_loops", "meetings"),
        also_rests_on=("loops",),
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
            "Gjennomførte sløyfer med minst én presentasjon av speildata før neste sløyfe startet (siste sløyfe: før partnerskapets slutt + 60 dager), delt på gjennomførte sløyfer med loggrunde eller opptak. Ved siden av: median dager fra sløyfas slutt til første presentasjon.",
            "Gjennomførte sløyfer med minst éin presentasjon av speildata før neste sløyfe starta (siste sløyfe: før slutten av partnarskapet + 60 dagar), delte på gjennomførte sløyfer med loggrunde eller opptak. Ved sida av: median dagar frå slutten av sløyfa til første presentasjon.",
            "Completed loops with at least one presentation of mirror data before the next loop started (last loop: before the partnership's end + 60 days) over completed loops with a log round or a recording. Beside it: the median of days from the loop's end to the first presentation.",
        ),
        numerator=Words("Sløyfer med speildata presentert i tide", "Sløyfer med speildata presenterte i tide", "Loops with mirror data presented in time"),
        denominator=Words(
            "Gjennomførte sløyfer med loggrunde eller opptak",
            "Gjennomførte sløyfer med loggrunde eller opptak",
            "Completed loops with a log round or a recording",
        ),
        grain="loop; school year",
        direction=Words(
            "Mot 1; for dager er det ingen formell retning.",
            "Mot 1; for dagar er det inga formell retning.",
            "Towards 1; for days there is no formal direction.",
        ),
        parts=(
            Measure(slice={}),
            Measure(
                slice={"measure": "median_days"},
                label=Words("Dager fra sløyfas slutt til speildata", "Dagar frå slutten av sløyfa til speildata", "Days from the loop's end to mirror data"),
                numerator=Words("Dager, median over sløyfer", "Dagar, median over sløyfer", "Days, median over loops"),
                has_denominator=False,
                unit="days",
            ),
            *(
                Measure(
                    slice={"measure": "median_days", "arena": arena},
                    label=Words(
                        "Dager fra sløyfas slutt til speildata", "Dagar frå slutten av sløyfa til speildata", "Days from the loop's end to mirror data"
                    ).of(where),
                    numerator=Words("Dager, median over sløyfer", "Dagar, median over sløyfer", "Days, median over loops"),
                    has_denominator=False,
                    unit="days",
                )
                for arena, where in ARENAS.labels.items()
            ),
        ),
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
        needs=("loops", "meetings"),
        also_rests_on=("meeting_activities", "mirror_items", "mirror_presentations", "log_rounds", "log_counts", "coded_counts"),
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
        grain="school × school year",
        direction=TOWARDS_ONE,
        parts=(
            Measure(slice={}),
            Measure(
                slice={"measure": "partly"},
                label=Words("Tilrettelegging delvis gitt", "Tilrettelegging delvis gjeven", "Provision partly given"),
                numerator=Words("Punkter som ble delvis gitt", "Punkt som vart delvis gjevne", "Provisions partly given"),
            ),
        ),
        caveat=Words("Det som ikke står i avtalen, er ikke med.", "Det som ikkje står i avtalen, er ikkje med.", "What is not in the agreement is left out."),
        misuse=Words(
            "Skal ikke brukes til å sammenligne kommuner uten at eierens egne ressurser vises.",
            "Skal ikkje brukast til å samanlikne kommunar utan at eigaren sine eigne ressursar vert viste.",
            "Not for a municipal benchmark without the owner's own resources shown.",
        ),
        article_lines="383-384;602-605",
        needs=("school_year",),
    ),
)

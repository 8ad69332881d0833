"""Definitions A1–A6: the partnership, and whether each party keeps the agreement."""

from __future__ import annotations

import datetime as dt

from innenfra.contracts.indicators.definition import (
    CORRECTED,
    FIRST_EDITION,
    NO_DIRECTION,
    TOWARDS_ONE,
    EarlierVersion,
    Indicator,
    Measure,
)
from innenfra.contracts.vocabulary import ARENAS, PARTIES
from innenfra.contracts.words import Words

_ASSESSORS = {
    "own": Words("vurdert av parten selv", "vurdert av parten sjølv", "assessed by the party itself"),
    "other": Words(
        "vurdert av de andre partene", "vurdert av dei andre partane", "assessed by the other parties"
    ),
}


def _commitments(
    party: str, by: str, extra: dict[str, str], said: Words, numerator: Words | None, *, counted: bool
) -> Measure:
    label = Words(
        *(
            f"{PARTIES.labels[party][code]}: {said[code]}, {_ASSESSORS[by][code]}"
            for code in ("nb", "nn", "en")
        )
    )
    return Measure(
        slice={"party": party, "assessor": by, **extra}, label=label, numerator=numerator,
        has_denominator=not counted, unit="count" if counted else "share",
    )  # fmt: skip


def _by_both(party: str) -> tuple[Measure, Measure]:
    """How far the two sides say the same of what a party agreed to."""
    who = PARTIES.labels[party]
    return (
        Measure(
            slice={"party": party, "assessor": "both"},
            label=Words(
                f"{who['nb']}: samme vurdering fra begge sider",
                f"{who['nn']}: same vurdering frå begge sider",
                f"{who['en']}: the same assessment from both sides",
            ),
            numerator=Words(
                "Forpliktelser som begge sider vurderer likt",
                "Plikter som begge sider vurderer likt",
                "Commitments that both sides assess alike",
            ),
            denominator=Words(
                "Forpliktelser som begge sider har vurdert",
                "Plikter som begge sider har vurdert",
                "Commitments that both sides have assessed",
            ),
        ),
        Measure(
            slice={"party": party, "assessor": "both", "result": "disagreed"},
            label=Words(
                f"{who['nb']}: ulik vurdering fra de to sidene",
                f"{who['nn']}: ulik vurdering frå dei to sidene",
                f"{who['en']}: different assessments from the two sides",
            ),
            numerator=Words(
                "Forpliktelser som de to sidene vurderer ulikt",
                "Plikter som dei to sidene vurderer ulikt",
                "Commitments that the two sides assess differently",
            ),
            has_denominator=False,
            unit="count",
        ),
    )


def _replaced(version: int, valid_from: dt.date, formula: Words, because: Words) -> EarlierVersion:
    """A formula that gave wrong numbers."""
    return EarlierVersion(
        definition_version=version,
        valid_from=valid_from,
        formula=formula,
        changed_because=because,
        was_wrong=True,
    )


_Counted = tuple[dict[str, str], Words, Words | None, bool]

_KEPT: _Counted = ({}, Words("forpliktelser holdt", "plikter haldne", "commitments kept"), None, False)
_BESIDE: tuple[_Counted, ...] = (
    (
        {"result": "not_assessed"},
        Words("ikke vurdert", "ikkje vurderte", "not assessed"),
        Words(
            "Forpliktelser som ikke er vurdert", "Plikter som ikkje er vurderte", "Commitments not assessed"
        ),
        True,
    ),
    (
        {"result": "changed_by_agreement"},
        Words("endret etter avtale", "endra etter avtale", "changed by agreement"),
        Words(
            "Forpliktelser som er endret etter avtale",
            "Plikter som er endra etter avtale",
            "Commitments changed by agreement",
        ),
        True,
    ),
    (
        {"commitment_type": "funding"},
        Words("løfter om penger holdt", "lovnader om pengar haldne", "commitments on funding kept"),
        Words(
            "Løfter om penger vurdert som holdt",
            "Lovnader om pengar vurderte som haldne",
            "Commitments on funding assessed as kept",
        ),
        False,
    ),
)


def _arena(
    slice_: dict[str, str], label: Words, numerator: Words, denominator: Words, needs: tuple[str, ...]
) -> Measure:
    return Measure(slice=slice_, label=label, numerator=numerator, denominator=denominator, needs=needs)


_COMPLETED = Words("Gjennomførte sløyfer", "Gjennomførte sløyfer", "Completed loops")
_LOOPS = Words("Sløyfer som ble holdt", "Sløyfer som vart haldne", "Loops that were held")
_TEAM_LOOPS = Words(
    "Teamsløyfer i sløyfer som ble holdt, uten dem som er avlyst etter avtale",
    "Teamsløyfer i sløyfer som vart haldne, utan dei som er avlyste etter avtale",
    "Team loops of loops that were held, without those cancelled by agreement",
)
_STAFF_MEETINGS = Words("Møter i samlet kollegium", "Møte i samla kollegium", "Meetings of the full staff")
_BY_LOOP = Words(
    "Sløyfer der lærerutdanner deltok",
    "Sløyfer der lærarutdannar deltok",
    "Loops in which a teacher educator took part",
)
_BY_TEAM_LOOP = Words(
    "Teamsløyfer der lærerutdanner deltok",
    "Teamsløyfer der lærarutdannar deltok",
    "Team loops in which a teacher educator took part",
)

_CANCELLED = {
    "team": Words("I teamene: avlyste sløyfer", "I teama: avlyste sløyfer", "In the teams: cancelled loops"),
    "research_lesson": Words(
        "I forskningstimene: avlyste sløyfer",
        "I forskingstimane: avlyste sløyfer",
        "In the research lessons: cancelled loops",
    ),
    "full_staff": Words(
        "I samlet kollegium: avlyste sløyfer",
        "I samla kollegium: avlyste sløyfer",
        "In full staff: cancelled loops",
    ),
    "post_loop_meeting": Words(
        "I møtet etter sløyfa: avlyste sløyfer",
        "I møtet etter sløyfa: avlyste sløyfer",
        "In the meeting after the loop: cancelled loops",
    ),
}


AGREEMENT = (
    Indicator(
        indicator_id="A1",
        family="agreement",
        comparability_class="K1",
        built=True,
        label=Words(
            "Sløyfer gjennomført mot gjeldende avtale",
            "Sløyfer gjennomførte mot gjeldande avtale",
            "Loops completed against the agreement in force",
        ),
        meaning=Words(
            "Om skolen gjennomførte så mange sløyfer som avtalen sier.",
            "Om skulen gjennomførte så mange sløyfer som avtalen seier.",
            "Whether the school completed as many loops as the agreement says.",
        ),
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            _replaced(
                1,
                FIRST_EDITION,
                Words(
                    "Gjennomførte sløyfer i prosjektåret delt på planlagte i avtaleversjonen som gjaldt i"
                    " juni; hittil er sum delt på sum.",
                    "Gjennomførte sløyfer i prosjektåret delte på planlagde i avtaleversjonen som galdt i"
                    " juni; hittil er sum delt på sum.",
                    "Loops completed in the partnership year over those planned in the agreement version in"
                    " force in June; so far is sum over sum.",
                ),
                Words(
                    "År uten leverte sløyfer ble regnet som år uten sløyfer, et år uten plan tok bort summen,"
                    " og år som ikke var over, ble vist som endelige.",
                    "År utan leverte sløyfer vart rekna som år utan sløyfer, eit år utan plan tok bort"
                    " summen, og år som ikkje var over, vart viste som endelege.",
                    "Years without delivered loops were counted as years without loops, a year without a plan"
                    " took the sum away, and years that were not over were shown as final.",
                ),
            ),
        ),
        formula=Words(
            "Gjennomførte sløyfer i prosjektåret delt på planlagte i avtaleversjonen som gjaldt ved årets"
            " slutt (dagen før neste prosjektår begynner; ellers den siste som gjaldt i året); hittil og i"
            " prosjektet er sum delt på sum. Per skoleår bare der hvert skoleår svarer til ett prosjektår."
            " Over skolen: sum delt på sum for eier, institusjon og nettverk, per skoleår og for prosjektet.",
            "Gjennomførte sløyfer i prosjektåret delte på planlagde i avtaleversjonen som galdt ved slutten"
            " av året (dagen før neste prosjektår tek til; elles den siste som galdt i året); hittil og i"
            " prosjektet er sum delt på sum. Per skuleår berre der kvart skuleår svarar til eitt prosjektår."
            " Over skulen: sum delt på sum for eigar, institusjon og nettverk, per skuleår og for"
            " prosjektet.",
            "Loops completed in the partnership year over those planned in the agreement version in force at"
            " the end of the year (the day before the next partnership year begins; else the last that was in"
            " force within it); so far and for the project it is sum over sum. By school year only where each"
            " school year answers to one partnership year. Above the school: sum over sum for owner,"
            " institution and network, by school year and for the project.",
        ),
        numerator=_COMPLETED,
        denominator=Words(
            "Planlagte sløyfer i versjonen som gjaldt ved årets slutt",
            "Planlagde sløyfer i versjonen som galdt ved slutten av året",
            "Loops planned in the version in force at the end of the year",
        ),
        grain="school × partnership year; school year; project",
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
                    "Sløyfer gjennomført mot avtalen, hittil",
                    "Sløyfer gjennomførte mot avtalen, hittil",
                    "Loops completed against the agreement, so far",
                ),
            ),
            Measure(
                slice={"measure": "shortened"},
                label=Words("Forkortede sløyfer", "Forkorta sløyfer", "Shortened loops"),
                numerator=Words(
                    "Sløyfer som ble forkortet", "Sløyfer som vart forkorta", "Loops that were shortened"
                ),
                has_denominator=False,
                unit="count",
                needs=("loops",),
            ),
            Measure(
                slice={"measure": "cancelled_agreed"},
                label=Words(
                    "Sløyfer avlyst etter avtale",
                    "Sløyfer avlyste etter avtale",
                    "Loops cancelled by agreement",
                ),
                numerator=Words(
                    "Sløyfer som ble avlyst etter avtale",
                    "Sløyfer som vart avlyste etter avtale",
                    "Loops that were cancelled by agreement",
                ),
                has_denominator=False,
                unit="count",
                needs=("loops",),
            ),
        ),
        caveat=Words(
            "Regnes aldri mot en versjon som er erstattet; bare en avtaleendring senker planen. Et år uten"
            " plan eller uten leverte sløyfer er ikke med i noen sum, og summen sier hvilke år den holder. En"
            " plan på null er en plan. Et prosjektår som ikke er over, og det som summeres med det, er"
            " foreløpig. Summene for institusjonene kan være større enn nettverkets, siden en skole med to"
            " institusjoner er med hos begge.",
            "Vert aldri rekna mot ein versjon som er erstatta; berre ei avtaleendring senkar planen. Eit år"
            " utan plan eller utan leverte sløyfer er ikkje med i nokon sum, og summen seier kva år han held."
            " Ein plan på null er ein plan. Eit prosjektår som ikkje er over, og det som vert summert med"
            " det, er førebels. Summane for institusjonane kan vere større enn den for nettverket, sidan ein"
            " skule med to institusjonar er med hos begge.",
            "Never counted against a version that was replaced; only an amendment lowers the plan. A year"
            " without a plan or without delivered loops is in no sum, and the sum says which years it holds."
            " A plan of none is a plan. A partnership year that is not over, and what is summed with it, is"
            " provisional. The sums of institutions may be larger than the network's, since a school with two"
            " institutions is in both.",
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
        label=Words(
            "Forpliktelser holdt, per part", "Plikter haldne, per part", "Commitments kept, per party"
        ),
        meaning=Words(
            "Hvor mange av hver parts forpliktelser som er vurdert som holdt, av parten selv og av den"
            " andre.",
            "Kor mange av pliktene til kvar part som er vurderte som haldne, av parten sjølv og av den"
            " andre.",
            "How many of each party's commitments are assessed as kept, by the party itself and by the"
            " other.",
        ),
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            _replaced(
                1,
                FIRST_EDITION,
                Words(
                    "Per part: forpliktelser vurdert som holdt delt på vurderte (holdt + delvis + ikke"
                    " holdt), bare der begge hadde vurdert.",
                    "Per part: plikter vurderte som haldne delte på vurderte (haldne + delvis + ikkje"
                    " haldne), berre der begge hadde vurdert.",
                    "Per party: commitments assessed as kept over those assessed (kept + partly + not kept),"
                    " only where both had assessed.",
                ),
                Words(
                    "Den enes taushet skjulte den andres vurdering, to andre parter ble talt som to"
                    " forpliktelser, og to versjoner av avtalen ble talt i samme år.",
                    "At den eine tagde, skjulte vurderinga til den andre, to andre partar vart talde som to"
                    " plikter, og to versjonar av avtalen vart talde i same år.",
                    "One side's silence hid what the other had assessed, two other parties were counted as"
                    " two commitments, and two versions of the agreement were counted in the same year.",
                ),
            ),
        ),
        formula=Words(
            "Per part: forpliktelser vurdert som holdt delt på vurderte (holdt + delvis + ikke holdt), i"
            " avtaleversjonen som gjaldt ved skoleårets slutt. Ikke vurdert og endret etter avtale telles ved"
            " siden av. Partens egen vurdering og de andres holdes fra hverandre; hos de andre teller hver"
            " forpliktelse én gang, som holdt bare når alle som har vurdert, sier holdt, ellers som den sier"
            " som sier minst. For begge: like vurderinger delt på forpliktelser som begge sider har vurdert.",
            "Per part: plikter vurderte som haldne delte på vurderte (haldne + delvis + ikkje haldne), i"
            " avtaleversjonen som galdt ved slutten av skuleåret. Ikkje vurdert og endra etter avtale vert"
            " talde ved sida av. Partens eiga vurdering og den til dei andre vert haldne frå kvarandre; hos"
            " dei andre tel kvar plikt éin gong, som halden berre når alle som har vurdert, seier halden,"
            " elles som den seier som seier minst. For begge: like vurderingar delte på plikter som begge"
            " sider har vurdert.",
            "Per party: commitments assessed as kept over those assessed (kept + partly + not kept), in the"
            " agreement version in force at the end of the school year. Not assessed and changed by agreement"
            " are counted beside them. The party's own assessment and the others' are kept apart; with the"
            " others each commitment counts once, as kept only where all who assessed say so, else as the one"
            " says who says least. For both: equal assessments over commitments that both sides have"
            " assessed.",
        ),
        numerator=Words(
            "Forpliktelser vurdert som holdt", "Plikter vurderte som haldne", "Commitments assessed as kept"
        ),
        denominator=Words(
            "Forpliktelser vurdert som holdt, delvis eller ikke holdt",
            "Plikter vurderte som haldne, delvis eller ikkje haldne",
            "Commitments assessed as kept, partly or not kept",
        ),
        grain="agreement version × school year × party",
        direction=TOWARDS_ONE,
        parts=(
            *(
                _commitments(party, by, extra, said, numerator, counted=counted)
                for extra, said, numerator, counted in (_KEPT, *_BESIDE)
                for party in PARTIES.codes
                for by in _ASSESSORS
            ),
            *(measure for party in PARTIES.codes for measure in _by_both(party)),
        ),
        caveat=Words(
            "Hver sides tall vises for seg, med hva den andre har sagt eller ikke sagt; uenighet telles og"
            " listes, og slås ikke sammen til ett snitt. Er under halvparten av det avtalte vurdert, er"
            " grunnlaget for lite. Det den andre siden ikke har sagt noe om 30 dager etter den første, telles"
            " som ikke vurdert. En skoleeier som ikke er part i avtalen, vurderer ikke. Løfter om penger"
            " følger budsjettåret.",
            "Talet til kvar side vert vist for seg, med kva den andre har sagt eller ikkje sagt; usemje vert"
            " talt og lista, og ikkje slegen saman til eitt snitt. Er under halvparten av det avtalte"
            " vurdert, er grunnlaget for lite. Det den andre sida ikkje har sagt noko om 30 dagar etter den"
            " første, vert talt som ikkje vurdert. Ein skuleeigar som ikkje er part i avtalen, vurderer"
            " ikkje. Lovnader om pengar følgjer budsjettåret.",
            "Each side's number is shown alone, with what the other has said or not said; disagreement is"
            " counted and listed, never averaged. Where less than half of what was agreed is assessed, the"
            " basis is too small. What the other side has said nothing of 30 days after the first counts as"
            " not assessed. A school owner that is no party to the agreement does not assess. Commitments on"
            " funding follow the budget year.",
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
        label=Words(
            "Avtaleendringer med evalueringsgrunnlag",
            "Avtaleendringar med evalueringsgrunnlag",
            "Amendments grounded in evaluation",
        ),
        meaning=Words(
            "Hvor mange endringer av avtalen som bygger på en evaluering eller en beslutning.",
            "Kor mange endringar av avtalen som byggjer på ei evaluering eller ei avgjerd.",
            "How many amendments of the agreement rest on an evaluation or a decision.",
        ),
        definition_version=3,
        valid_from=CORRECTED,
        earlier=(
            _replaced(
                1,
                FIRST_EDITION,
                Words(
                    "Avtaleendringer med henvisning til evaluering eller beslutning, eller med evaluering som"
                    " oppgitt grunn, delt på alle avtaleendringer.",
                    "Avtaleendringar med tilvising til evaluering eller avgjerd, eller med evaluering som"
                    " oppgjeven grunn, delte på alle avtaleendringar.",
                    "Amendments with a linked evaluation or decision, or with evaluation as the stated"
                    " reason, over all amendments.",
                ),
                Words(
                    "En oppgitt grunn sier ikke hvilken evaluering endringen bygger på; bare en henvisning"
                    " kan følges.",
                    "Ein oppgjeven grunn seier ikkje kva evaluering endringa byggjer på; berre ei tilvising"
                    " kan følgjast.",
                    "A stated reason does not say which evaluation the amendment rests on; only a link can be"
                    " followed.",
                ),
            ),
            _replaced(
                2,
                dt.date(2026, 11, 26),
                Words(
                    "Avtaleendringer med henvisning til evaluering eller beslutning delt på alle"
                    " avtaleendringer.",
                    "Avtaleendringar med tilvising til evaluering eller avgjerd delte på alle"
                    " avtaleendringar.",
                    "Amendments with a linked evaluation or decision over all amendments.",
                ),
                Words(
                    "En henvisning til noe som ikke var levert, eller som kom etterpå, talte som grunnlag, og"
                    " en tom henvisning som at grunnlag manglet.",
                    "Ei tilvising til noko som ikkje var levert, eller som kom etterpå, talde som grunnlag,"
                    " og ei tom tilvising som at grunnlag mangla.",
                    "A link to something that was not delivered, or that came afterwards, counted as a"
                    " ground, and an empty one as none.",
                ),
            ),
        ),
        formula=Words(
            "Avtaleendringer som bygger på en levert evaluering eller beslutning delt på alle avtaleendringer"
            " med henvisning. En beslutning teller, og et møte der avtalen ble evaluert (et annet møte bare"
            " når det ikke er levert hva som ble gjort der), datert senest den dagen endringen begynte å"
            " gjelde. Antallet endringer er bakgrunn.",
            "Avtaleendringar som byggjer på ei levert evaluering eller avgjerd delte på alle avtaleendringar"
            " med tilvising. Ei avgjerd tel, og eit møte der avtalen vart evaluert (eit anna møte berre når"
            " det ikkje er levert kva som vart gjort der), datert seinast den dagen endringa tok til å"
            " gjelde. Talet på endringar er bakgrunn.",
            "Amendments that rest on a delivered evaluation or decision over all amendments with a link. A"
            " decision counts, and a meeting in which the agreement was evaluated (another meeting only where"
            " what was done in it was not delivered), dated on or before the day on which the amendment took"
            " effect. The number of amendments is context.",
        ),
        numerator=Words(
            "Endringer som bygger på en levert evaluering eller beslutning",
            "Endringar som byggjer på ei levert evaluering eller avgjerd",
            "Amendments that rest on a delivered evaluation or decision",
        ),
        denominator=Words(
            "Endringer av avtalen som sier hva de bygger på",
            "Endringar av avtalen som seier kva dei byggjer på",
            "Amendments of the agreement that say what they rest on",
        ),
        grain="agreement",
        direction=Words(
            "Ingen for antallet; en endring er et tegn på at avtalen brukes til å styre etter.",
            "Inga for talet; ei endring er eit teikn på at avtalen vert brukt til å styre etter.",
            "None for the count; an amendment is a sign of formative steering.",
        ),
        caveat=Words(
            "Første versjon av avtalen er ingen endring. En avtale uten endringer har ingen verdi. En endring"
            " uten henvisning er ikke kjent og går ut av nevneren.",
            "Første versjon av avtalen er inga endring. Ein avtale utan endringar har ingen verdi. Ei endring"
            " utan tilvising er ikkje kjend og går ut av nemnaren.",
            "The first version of the agreement is no amendment. An agreement without amendments has no"
            " value. An amendment without a link is not known and leaves the denominator.",
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
        label=Words(
            "Lærerutdannernes deltakelse per arena",
            "Deltakinga til lærarutdannarane per arena",
            "Teacher educators' participation by arena",
        ),
        meaning=Words(
            "I hvor mange sløyfer lærerutdannere var med, for hver arena.",
            "I kor mange sløyfer lærarutdannarar var med, for kvar arena.",
            "In how many loops teacher educators took part, for each arena.",
        ),
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            _replaced(
                1,
                FIRST_EDITION,
                Words(
                    "Per arena: sløyfer med lærerutdanner til stede delt på gjennomførte sløyfer. Per"
                    " teamsløyfe bare der det er levert slik.",
                    "Per arena: sløyfer med lærarutdannar til stades delte på gjennomførte sløyfer. Per"
                    " teamsløyfe berre der det er levert slik.",
                    "Per arena: loops with a teacher educator present over completed loops. Per team loop"
                    " only where it was delivered so.",
                ),
                Words(
                    "Forkortede sløyfer falt ut, og avlyste teamsløyfer ble talt som om lærerutdanneren"
                    " uteble.",
                    "Forkorta sløyfer fall ut, og avlyste teamsløyfer vart talde som om lærarutdannaren var"
                    " borte.",
                    "Shortened loops fell out, and cancelled team loops were counted as if the teacher"
                    " educator had been absent.",
                ),
            ),
        ),
        formula=Words(
            "Per arena: sløyfer med lærerutdanner til stede delt på sløyfer som ble holdt (gjennomført eller"
            " forkortet); avlyste sløyfer telles ved siden av. Per teamsløyfe bare der det er levert slik;"
            " avlyste teamsløyfer er der en måte for seg, og de som er avlyst etter avtale, går ut."
            " I summer over skolene telles et møte som tjener flere partnerskap, én gang.",
            "Per arena: sløyfer med lærarutdannar til stades delte på sløyfer som vart haldne (gjennomførte"
            " eller forkorta); avlyste sløyfer vert talde ved sida av. Per teamsløyfe berre der det er levert"
            " slik; avlyste teamsløyfer er der ein måte for seg, og dei som er avlyste etter avtale, går ut."
            " I summar over skulane tel eit møte som tener fleire partnarskap, éin gong.",
            "Per arena: loops with a teacher educator present over held loops (completed or shortened);"
            " cancelled loops are counted beside them. Per team loop only where it was delivered so;"
            " cancelled team loops are a mode of their own there, and those cancelled by agreement leave."
            " In sums above the school, a meeting that serves several partnerships counts once.",
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
                Words(
                    "I teamene: tilbudt, ikke brukt",
                    "I teama: tilbode, ikkje brukt",
                    "In the teams: offered, not used",
                ),
                Words(
                    "Teamsløyfer der tilbudet ikke ble brukt",
                    "Teamsløyfer der tilbodet ikkje vart brukt",
                    "Team loops in which the offer was not used",
                ),
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "team", "grain": "team_loop", "mode": "absent_by_design"},
                Words(
                    "I teamene: ikke med etter planen",
                    "I teama: ikkje med etter planen",
                    "In the teams: absent by design",
                ),
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
                Words(
                    "Teamsløyfer uten lærerutdanner",
                    "Teamsløyfer utan lærarutdannar",
                    "Team loops without a teacher educator",
                ),
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "team", "grain": "team_loop", "mode": "cancelled"},
                Words(
                    "I teamene: teamsløyfa ble avlyst",
                    "I teama: teamsløyfa vart avlyst",
                    "In the teams: the team loop was cancelled",
                ),
                Words(
                    "Teamsløyfer som ble avlyst",
                    "Teamsløyfer som vart avlyste",
                    "Team loops that were cancelled",
                ),
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "research_lesson", "grain": "loop"},
                Words(
                    "I forskningstimene, per sløyfe",
                    "I forskingstimane, per sløyfe",
                    "In the research lessons, per loop",
                ),
                _BY_LOOP,
                _LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "research_lesson", "grain": "team_loop"},
                Words(
                    "I forskningstimene, per teamsløyfe",
                    "I forskingstimane, per teamsløyfe",
                    "In the research lessons, per team loop",
                ),
                _BY_TEAM_LOOP,
                _TEAM_LOOPS,
                ("team_loops",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "loop"},
                Words(
                    "I samlet kollegium, per sløyfe",
                    "I samla kollegium, per sløyfe",
                    "In full staff, per loop",
                ),
                _BY_LOOP,
                _LOOPS,
                ("meetings",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "meeting", "mode": "led"},
                Words(
                    "I samlet kollegium: ledet møtet",
                    "I samla kollegium: leidde møtet",
                    "In full staff: led the meeting",
                ),
                Words(
                    "Møter ledet av lærerutdanner",
                    "Møte leidde av lærarutdannar",
                    "Meetings led by a teacher educator",
                ),
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
                Words(
                    "I samlet kollegium: ikke med etter planen",
                    "I samla kollegium: ikkje med etter planen",
                    "In full staff: absent by design",
                ),
                Words(
                    "Møter uten lærerutdanner etter planen",
                    "Møte utan lærarutdannar etter planen",
                    "Meetings without a teacher educator by design",
                ),
                _STAFF_MEETINGS,
                ("meetings",),
            ),
            _arena(
                {"arena": "full_staff", "grain": "meeting", "mode": "absent"},
                Words(
                    "I samlet kollegium: ikke til stede",
                    "I samla kollegium: ikkje til stades",
                    "In full staff: absent",
                ),
                Words(
                    "Møter uten lærerutdanner",
                    "Møte utan lærarutdannar",
                    "Meetings without a teacher educator",
                ),
                _STAFF_MEETINGS,
                ("meetings",),
            ),
            _arena(
                {"arena": "post_loop_meeting", "grain": "loop"},
                Words(
                    "I møtet etter sløyfa, per sløyfe",
                    "I møtet etter sløyfa, per sløyfe",
                    "In the meeting after the loop, per loop",
                ),
                _BY_LOOP,
                _LOOPS,
                ("meetings",),
            ),
            *(
                Measure(
                    slice={"arena": arena, "grain": "loop", "mode": "cancelled"},
                    label=label,
                    numerator=Words(
                        "Sløyfer som ble avlyst", "Sløyfer som vart avlyste", "Loops that were cancelled"
                    ),
                    has_denominator=False,
                    unit="count",
                    needs=("loops",),
                )
                for arena, label in _CANCELLED.items()
            ),
        ),
        caveat=Words(
            "Oppgitt null er ikke det samme som ikke samlet inn. Arenaer slås aldri sammen til ett snitt.",
            "Oppgitt null er ikkje det same som ikkje samla inn. Arenaer vert aldri slegne saman til eitt"
            " snitt.",
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
        label=Words(
            "Speildata tilbake før neste sløyfe",
            "Speildata tilbake før neste sløyfe",
            "Mirror data returned before the next loop",
        ),
        meaning=Words(
            "Om speildata kom tilbake til skolen før neste sløyfe startet.",
            "Om speildata kom tilbake til skulen før neste sløyfe starta.",
            "Whether mirror data came back to the school before the next loop started.",
        ),
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            _replaced(
                1,
                FIRST_EDITION,
                Words(
                    "Gjennomførte sløyfer med minst én presentasjon av speildata før neste sløyfe startet"
                    " (siste sløyfe: før partnerskapets slutt + 60 dager), delt på gjennomførte sløyfer med"
                    " loggrunde eller opptak. Ved siden av: median dager fra sløyfas slutt til første"
                    " presentasjon.",
                    "Gjennomførte sløyfer med minst éin presentasjon av speildata før neste sløyfe starta"
                    " (siste sløyfe: før slutten av partnarskapet + 60 dagar), delte på gjennomførte sløyfer"
                    " med loggrunde eller opptak. Ved sida av: median dagar frå slutten av sløyfa til første"
                    " presentasjon.",
                    "Completed loops with at least one presentation of mirror data before the next loop"
                    " started (last loop: before the partnership's end + 60 days) over completed loops with a"
                    " log round or a recording. Beside it: the median of days from the loop's end to the"
                    " first presentation.",
                ),
                Words(
                    "En sløyfe som det var tid igjen til, talte som for sen; en avlyst neste sløyfe flyttet"
                    " fristen; et møte før sløyfa talte for den forrige.",
                    "Ei sløyfe som det var tid att til, talde som for sein; ei avlyst neste sløyfe flytta"
                    " fristen; eit møte før sløyfa talde for den førre.",
                    "A loop for which there was time left counted as late; a cancelled next loop moved the"
                    " limit; a meeting before the loop counted for the one before.",
                ),
            ),
        ),
        formula=Words(
            "Sløyfer som ble holdt, med minst én presentasjon av speildata før neste sløyfe startet, delt på"
            " sløyfer som ble holdt, med loggrunde eller opptak. Neste sløyfe er den som startet først"
            " etterpå, blant pågående, gjennomførte og forkortede; samme dag er i tide, og det er også et"
            " møte før neste sløyfe. Siste sløyfe: før partnerskapets slutt + 60 dager. Fram til fristen er"
            " sløyfa åpen og går ut av nevneren. Dagen er presentasjonenes, ellers den som speildataene selv"
            " oppgir, ellers et møte med speildata etter sløyfa eller før den neste. Ved siden av: median"
            " dager fra sløyfas slutt til første presentasjon, aldri fra et slikt møte.",
            "Sløyfer som vart haldne, med minst éin presentasjon av speildata før neste sløyfe starta, delte"
            " på sløyfer som vart haldne, med loggrunde eller opptak. Neste sløyfe er den som starta først"
            " etterpå, av pågåande, gjennomførte og forkorta; same dag er i tide, og det er òg eit møte før"
            " neste sløyfe. Siste sløyfe: før slutten av partnarskapet + 60 dagar. Fram til fristen er sløyfa"
            " open og går ut av nemnaren. Dagen er den til presentasjonane, elles den som speildataa sjølve"
            " oppgjev, elles eit møte med speildata etter sløyfa eller før den neste. Ved sida av: median"
            " dagar frå slutten av sløyfa til første presentasjon, aldri frå eit slikt møte.",
            "Held loops with at least one presentation of mirror data before the next loop started over held"
            " loops with a log round or a recording. The next loop is the one that started first afterwards,"
            " of those running, completed or shortened; the same day is in time, and so is a meeting before"
            " the next loop. Last loop: before the partnership's end + 60 days. Until the limit the loop is"
            " open and leaves the denominator. The day is that of the presentations, else the one the mirror"
            " data give themselves, else that of a meeting with mirror data after the loop or before the"
            " next. Beside it: the median of days from the loop's end to the first presentation, never from"
            " such a meeting.",
        ),
        numerator=Words(
            "Sløyfer med speildata presentert i tide",
            "Sløyfer med speildata presenterte i tide",
            "Loops with mirror data presented in time",
        ),
        denominator=Words(
            "Sløyfer som ble holdt, med loggrunde eller opptak, og der fristen er ute",
            "Sløyfer som vart haldne, med loggrunde eller opptak, og der fristen er ute",
            "Held loops with a log round or a recording, for which the limit has passed",
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
                label=Words(
                    "Dager fra sløyfas slutt til speildata",
                    "Dagar frå slutten av sløyfa til speildata",
                    "Days from the loop's end to mirror data",
                ),
                numerator=Words(
                    "Dager, median over sløyfer", "Dagar, median over sløyfer", "Days, median over loops"
                ),
                has_denominator=False,
                unit="days",
            ),
            *(
                Measure(
                    slice={"measure": "median_days", "arena": arena},
                    label=Words(
                        "Dager fra sløyfas slutt til speildata",
                        "Dagar frå slutten av sløyfa til speildata",
                        "Days from the loop's end to mirror data",
                    ).of(where),
                    numerator=Words(
                        "Dager, median over sløyfer", "Dagar, median over sløyfer", "Days, median over loops"
                    ),
                    has_denominator=False,
                    unit="days",
                )
                for arena, where in ARENAS.labels.items()
            ),
        ),
        caveat=Words(
            "Flere presentasjoner av samme speildata teller som én. Sløyfer uten datarunde går ut av"
            " nevneren.",
            "Fleire presentasjonar av same speildata tel som éin. Sløyfer utan datarunde går ut av nemnaren.",
            "Several presentations of the same mirror data count as one. Loops without a data round leave the"
            " denominator.",
        ),
        misuse=Words(
            "Skal ikke presse fram fart på bekostning av analysen.",
            "Skal ikkje presse fram fart på kostnad av analysen.",
            "Not for pressing the quality of analysis for speed.",
        ),
        article_lines="304-307;364-367;569-571;624-628",
        needs=("loops", "meetings"),
        also_rests_on=(
            "meeting_activities",
            "mirror_items",
            "mirror_presentations",
            "log_rounds",
            "log_counts",
            "coded_counts",
        ),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="A6",
        family="agreement",
        comparability_class="K1",
        built=True,
        label=Words(
            "Organisatorisk tilrettelegging", "Organisatorisk tilrettelegging", "Organisational provision"
        ),
        meaning=Words(
            "Om det avtalte ble stilt til rådighet: tid, vikarer, plass i planene.",
            "Om det avtalte vart stilt til rådvelde: tid, vikarar, plass i planane.",
            "Whether what was agreed was provided: time, substitutes, a place in the plans.",
        ),
        formula=Words(
            "Per skoleår, over det som står i avtalen: gitt delt på avtalt; delvis telles for seg.",
            "Per skuleår, over det som står i avtalen: gjeve delt på avtalt; delvis vert talt for seg.",
            "Per school year, over what is in the agreement: provided over agreed; partly is counted"
            " separately.",
        ),
        numerator=Words("Punkter som ble gitt", "Punkt som vart gjevne", "Provisions given"),
        denominator=Words("Punkter i avtalen", "Punkt i avtalen", "Provisions in the agreement"),
        grain="school × school year",
        direction=TOWARDS_ONE,
        parts=(
            Measure(slice={}),
            Measure(
                slice={"measure": "partly"},
                label=Words(
                    "Tilrettelegging delvis gitt", "Tilrettelegging delvis gjeven", "Provision partly given"
                ),
                numerator=Words(
                    "Punkter som ble delvis gitt", "Punkt som vart delvis gjevne", "Provisions partly given"
                ),
            ),
        ),
        caveat=Words(
            "Det som ikke står i avtalen, er ikke med.",
            "Det som ikkje står i avtalen, er ikkje med.",
            "What is not in the agreement is left out.",
        ),
        misuse=Words(
            "Skal ikke brukes til å sammenligne kommuner uten at eierens egne ressurser vises.",
            "Skal ikkje brukast til å samanlikne kommunar utan at eigaren sine eigne ressursar vert viste.",
            "Not for a municipal benchmark without the owner's own resources shown.",
        ),
        article_lines="383-384;602-605",
        needs=("school_year",),
    ),
)

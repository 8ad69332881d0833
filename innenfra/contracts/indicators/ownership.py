"""Definitions E1–E5: ownership, professionalisation from within."""

from __future__ import annotations

from innenfra.contracts.indicators.definition import (
    CORRECTED,
    FIRST_EDITION,
    EarlierVersion,
    Indicator,
    Measure,
)
from innenfra.contracts.meetings import LED_BY
from innenfra.contracts.mirror import CHECKED_OBJECTS
from innenfra.contracts.vocabulary import ARENAS
from innenfra.contracts.words import Words

LEADERS = {code: said for code, said in LED_BY.labels.items() if code != "unknown"}
OUTCOMES = {
    "recognised": Words("Gjenkjent", "Kjend att", "Recognised"),
    "partly": Words("Delvis gjenkjent", "Delvis kjend att", "Partly recognised"),
    "not_recognised": Words("Ikke gjenkjent", "Ikkje kjend att", "Not recognised"),
    "no_response": Words("Uten svar", "Utan svar", "No response"),
}

OWNERSHIP = (
    Indicator(
        indicator_id="E1",
        family="ownership",
        comparability_class="K2",
        family_kind="method",
        label=Words(
            "Beslutninger foreslått og tatt av praktikerne",
            "Avgjerder føreslegne og tekne av praktikarane",
            "Decisions proposed and taken by practitioners",
        ),
        meaning=Words(
            "Hvem som foreslo og hvem som tok beslutningene om arbeidet.",
            "Kven som gjorde framlegg om og kven som tok avgjerdene om arbeidet.",
            "Who proposed and who took the decisions about the work.",
        ),
        formula=Words(
            "Krysstabell foreslått av × besluttet av. Beslutninger tatt av praktikerne (alene eller sammen)"
            " delt på beslutninger der det er kjent hvem som besluttet; ved siden av det samme for hvem som"
            " foreslo.",
            "Krysstabell føreslege av × vedteke av. Avgjerder tekne av praktikarane (åleine eller saman)"
            " delte på avgjerder der det er kjent kven som vedtok; ved sida av det same for kven som gjorde"
            " framlegget.",
            "Cross-table proposed by × decided by. Decisions taken by practitioners (alone or jointly) over"
            " decisions with a known decider; beside it the same for who proposed.",
        ),
        numerator=Words(
            "Beslutninger tatt av praktikerne, alene eller sammen",
            "Avgjerder tekne av praktikarane, åleine eller saman",
            "Decisions taken by practitioners, alone or jointly",
        ),
        denominator=Words(
            "Beslutninger der det er kjent hvem som besluttet",
            "Avgjerder der det er kjent kven som vedtok",
            "Decisions with a known decider",
        ),
        grain="school × school year",
        direction=Words(
            "For hvem som beslutter, mot praktikerne; for hvem som foreslår, ingen.",
            "For kven som vedtek, mot praktikarane; for kven som gjer framlegg, inga.",
            "For who decides, towards practitioners; for who proposes, none.",
        ),
        parts=(
            Measure(
                slice={"measure": "decided_by_practitioners"},
                label=Words(
                    "Beslutninger tatt av praktikerne",
                    "Avgjerder tekne av praktikarane",
                    "Decisions taken by practitioners",
                ),
            ),
            Measure(
                slice={"measure": "proposed_by_practitioners"},
                label=Words(
                    "Beslutninger foreslått av praktikerne",
                    "Avgjerder føreslegne av praktikarane",
                    "Decisions proposed by practitioners",
                ),
                numerator=Words(
                    "Beslutninger foreslått av praktikerne, alene eller sammen",
                    "Avgjerder føreslegne av praktikarane, åleine eller saman",
                    "Decisions proposed by practitioners, alone or jointly",
                ),
                denominator=Words(
                    "Beslutninger der det er kjent hvem som foreslo",
                    "Avgjerder der det er kjent kven som gjorde framlegget",
                    "Decisions with a known proposer",
                ),
            ),
            Measure(
                slice={},
                label=Words(
                    "Foreslått av og besluttet av", "Føreslege av og vedteke av", "Proposed by and decided by"
                ),
                numerator=Words(
                    "Beslutninger foreslått og tatt slik",
                    "Avgjerder føreslegne og tekne slik",
                    "Decisions proposed and taken so",
                ),
                has_denominator=False,
                unit="count",
                free_keys=("proposed_by", "decided_by"),
            ),
        ),
        caveat=Words(
            "Beslutninger med ukjent opphav er ikke med i andelene. Begge parter bør ha bekreftet hvem som"
            " foreslo.",
            "Avgjerder med ukjent opphav er ikkje med i delane. Begge partar bør ha stadfesta kven som gjorde"
            " framlegget.",
            "Decisions of unknown origin are left out of the shares. Both parties should have confirmed who"
            " proposed.",
        ),
        misuse=Words(
            "Lærerutdannernes egne forslag skal ikke føres som praktikernes.",
            "Framlegg frå lærarutdannarane skal ikkje førast som praktikarane sine.",
            "Teacher educators' own suggestions are not to be logged as the practitioners'.",
        ),
        article_lines="124-127;448-449;566-567;786-787;967-968",
        needs=("decisions",),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="E2",
        family="ownership",
        comparability_class="K2",
        family_kind="method",
        label=Words("Hvem leder prosessene", "Kven leier prosessane", "Who leads the processes"),
        meaning=Words(
            "Hvem som ledet aktivitetene på møtene.",
            "Kven som leidde aktivitetane på møta.",
            "Who led the activities of the meetings.",
        ),
        formula=Words(
            "Fordeling av møteaktiviteter etter hvem som ledet dem, delt på møteaktiviteter der det er"
            " kjent.",
            "Fordeling av møteaktivitetar etter kven som leidde dei, delt på møteaktivitetar der det er"
            " kjent.",
            "Distribution of meeting activities by who led them, over meeting activities for which it is"
            " known.",
        ),
        numerator=Words(
            "Møteaktiviteter ledet slik", "Møteaktivitetar leidde slik", "Meeting activities led so"
        ),
        denominator=Words(
            "Møteaktiviteter der det er kjent hvem som ledet",
            "Møteaktivitetar der det er kjent kven som leidde",
            "Meeting activities with a known leader",
        ),
        grain="school × year",
        direction=Words(
            "Artikkelen forteller om en bevegelse mot delt ledelse; ingen retning mellom skoler.",
            "Artikkelen fortel om ei rørsle mot delt leiing; inga retning mellom skular.",
            "The article reports a shift to distributed leadership; none across schools.",
        ),
        parts=(
            *(Measure(slice={"led_by": code}, label=said) for code, said in LEADERS.items()),
            *(
                Measure(slice={"led_by": code, "arena": arena}, label=said.of(where))
                for code, said in LEADERS.items()
                for arena, where in ARENAS.labels.items()
            ),
        ),
        caveat=Words(
            "Et møte med flere aktiviteter kan ha flere ledere; det er aktivitetene som telles.",
            "Eit møte med fleire aktivitetar kan ha fleire leiarar; det er aktivitetane som vert talde.",
            "A meeting of several activities may have several leaders; it is activities that are counted.",
        ),
        misuse=Words(
            "Skal ikke brukes om enkeltpersoner; ved små skoler peker en rolle på én person.",
            "Skal ikkje brukast om einskildpersonar; ved små skular peikar ei rolle på éin person.",
            "Not about persons; in small schools a role points at one person.",
        ),
        article_lines="402-403;739-740;925-933",
        needs=("meetings", "meeting_activities"),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="E3",
        family="ownership",
        comparability_class="K1",
        audience="partners",
        disclosure="respondents",
        built=True,
        label=Words("Loggdeltakelse", "Loggdeltaking", "Log participation"),
        meaning=Words(
            "Hvor mange av de inviterte som leverte logg.",
            "Kor mange av dei inviterte som leverte logg.",
            "How many of those invited handed in a log.",
        ),
        formula=Words(
            "Innleverte delt på inviterte, per loggrunde; summert over runder.",
            "Innleverte delt på inviterte, per loggrunde; summert over rundar.",
            "Submitted over invited, per log round; summed over rounds.",
        ),
        numerator=Words("Innleverte logger", "Innleverte loggar", "Logs handed in"),
        denominator=Words("Inviterte", "Inviterte", "Invited"),
        grain="loop (whole school only)",
        direction=Words(
            "Ingen; å la være å svare på en anonym logg er en rett.",
            "Inga; å la vere å svare på ein anonym logg er ein rett.",
            "None; not answering an anonymous log is a right.",
        ),
        caveat=Words(
            "Inviterte er et hodetall. Logger samlet i møte og med lenke gir svært ulike tall.",
            "Inviterte er eit hovudtal. Loggar samla i møte og med lenkje gjev svært ulike tal.",
            "Invited is a headcount. Logs collected in a meeting and by link differ strongly.",
        ),
        misuse=Words(
            "Skal ikke brukes til å purre på dem som ikke svarte, og aldri per team.",
            "Skal ikkje brukast til å purre på dei som ikkje svarte, og aldri per team.",
            "Not for chasing those who did not answer, and never per team.",
        ),
        article_lines="316-317;358-359;578-579",
        needs=("log_counts",),
        also_rests_on=("log_rounds",),
        break_on=("method", "log_form", "collection_mode"),
    ),
    Indicator(
        indicator_id="E4",
        family="ownership",
        comparability_class="K3",
        label=Words(
            "Gjenkjenning ved member checking",
            "Attkjenning ved member checking",
            "Recognition in member checks",
        ),
        meaning=Words(
            "Om deltakerne kjente seg igjen da de fikk se det som var skrevet, og om det ble endret når de"
            " ikke gjorde det.",
            "Om deltakarane kjende seg att då dei fekk sjå det som var skrive, og om det vart endra når dei"
            " ikkje gjorde det.",
            "Whether participants recognised themselves when shown what was written, and whether it was"
            " revised when they did not.",
        ),
        formula=Words(
            "Gjennomsyn etter utfall delt på alle gjennomsyn; for seg: delvis eller ikke gjenkjent som ble"
            " fulgt av en endring, delt på delvis eller ikke gjenkjent. Der ingen har sagt om noe ble endret,"
            " er det ikke kjent og går ut av nevneren. Gjennomsyn etter at avtalen er slutt, hører til"
            " prosjektet og sitt skoleår.",
            "Gjennomsyn etter utfall delt på alle gjennomsyn; for seg: delvis eller ikkje kjend att som vart"
            " følgt av ei endring, delt på delvis eller ikkje kjend att. Der ingen har sagt om noko vart"
            " endra, er det ikkje kjent og går ut av nemnaren. Gjennomsyn etter at avtalen er slutt, høyrer"
            " til prosjektet og sitt skuleår.",
            "Checks by outcome over all checks; separately: partly or not recognised that was followed by a"
            " revision, over partly or not recognised. Where nobody said whether something was revised, it is"
            " not known and leaves the denominator. Checks after the agreement's end belong to the project"
            " and their school year.",
        ),
        numerator=Words("Gjennomsyn med utfallet", "Gjennomsyn med utfallet", "Checks with the outcome"),
        denominator=Words("Alle gjennomsyn", "Alle gjennomsyn", "All checks"),
        grain="school × year",
        direction=Words(
            "For gjenkjenning ingen; for endring mot 1.",
            "For attkjenning inga; for endring mot 1.",
            "For recognition none; for revision towards 1.",
        ),
        parts=(
            *(Measure(slice={"outcome": code}, label=said) for code, said in OUTCOMES.items()),
            *(
                Measure(slice={"outcome": code, "object_type": checked}, label=said.of(what))
                for code, said in OUTCOMES.items()
                for checked, what in CHECKED_OBJECTS.labels.items()
            ),
            Measure(
                slice={"measure": "revised"},
                label=Words("Endret etter gjennomsyn", "Endra etter gjennomsyn", "Revised after the check"),
                numerator=Words(
                    "Delvis eller ikke gjenkjent, og deretter endret",
                    "Delvis eller ikkje kjend att, og deretter endra",
                    "Partly or not recognised, and then revised",
                ),
                denominator=Words(
                    "Delvis eller ikke gjenkjent", "Delvis eller ikkje kjend att", "Partly or not recognised"
                ),
                comparability_class="K1",
            ),
        ),
        caveat=Words(
            "Gjelder speildata, fortellinger og tallark; den som ikke svarer, har ikke sagt seg enig.",
            "Gjeld speildata, forteljingar og talark; den som ikkje svarar, har ikkje sagt seg samd.",
            "Covers mirror data, narratives and sheets of figures; silence is not consent.",
        ),
        misuse=Words(
            "At noe er gjenkjent, beviser ikke at det er gyldig.",
            "At noko er kjent att, provar ikkje at det er gyldig.",
            "Recognition is no proof of validity.",
        ),
        article_lines="139-141;170-171;537-539;864-866",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Gjennomsyn etter utfall delt på alle gjennomsyn; for seg: delvis eller ikke gjenkjent"
                    " som ble fulgt av en endring, delt på delvis eller ikke gjenkjent.",
                    "Gjennomsyn etter utfall delt på alle gjennomsyn; for seg: delvis eller ikkje kjend att"
                    " som vart følgt av ei endring, delt på delvis eller ikkje kjend att.",
                    "Checks by outcome over all checks; separately: partly or not recognised that was"
                    " followed by a revision, over partly or not recognised.",
                ),
                changed_because=Words(
                    "Ikke besvart ble regnet som ikke endret.",
                    "Ikkje svart vart rekna som ikkje endra.",
                    "No answer was counted as not revised.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("member_checks",),
    ),
    Indicator(
        indicator_id="E5",
        family="ownership",
        comparability_class="K2",
        family_kind="method",
        label=Words(
            "Selvstendig bruk av verktøy", "Sjølvstendig bruk av verktøy", "Independent use of tools"
        ),
        meaning=Words(
            "Hvor mange av verktøyene lærerutdannerne brakte inn, som skolen siden har brukt på egen hånd.",
            "Kor mange av verktøya lærarutdannarane kom med, som skulen sidan har brukt på eiga hand.",
            "How many of the tools that teacher educators brought in the school has since used on its own.",
        ),
        formula=Words(
            "Verktøy brakt inn av lærerutdannere og siden brukt i minst én sløyfe eller ett møte uten dem,"
            " delt på verktøy brakt inn for minst én sløyfe siden. Verktøy praktikerne har valgt bort, går ut"
            " av nevneren. Bare det begge parter har notert teller; verktøy er brakt inn av lærerutdannere"
            " der ikke noe annet er sagt. Sløyfer som ble holdt teller.",
            "Verktøy som lærarutdannarane kom med og som sidan er brukte i minst éi sløyfe eller eitt møte"
            " utan dei, delte på verktøy som kom for minst éi sløyfe sidan. Verktøy praktikarane har valt"
            " bort, går ut av nemnaren. Berre det begge partar har notert tel; verktøy er komne med"
            " lærarutdannarar der ikkje noko anna er sagt. Sløyfer som vart haldne tel.",
            "Tools introduced by teacher educators and later used in at least one loop or meeting without"
            " them, over tools introduced at least one loop ago. Tools rejected by practitioners leave the"
            " denominator. Only what both parties noted counts; tools are brought in by teacher educators"
            " where nothing else is said. Loops that were held count.",
        ),
        numerator=Words(
            "Verktøy siden brukt uten lærerutdanner",
            "Verktøy sidan brukte utan lærarutdannar",
            "Tools later used without a teacher educator",
        ),
        denominator=Words(
            "Verktøy brakt inn for minst én sløyfe siden",
            "Verktøy som kom for minst éi sløyfe sidan",
            "Tools introduced at least one loop ago",
        ),
        grain="school × year",
        direction=Words(
            "Mot selvstendighet; å velge bort et verktøy er legitimt.",
            "Mot sjølvstende; å velje bort eit verktøy er legitimt.",
            "Towards independence; rejecting a tool is legitimate.",
        ),
        caveat=Words(
            "Bygger på notater som begge parter er enige om.",
            "Byggjer på notat som begge partar er samde om.",
            "Rests on notes that both parties agree on.",
        ),
        misuse=Words(
            "Skal ikke bli et mål for hvor mange verktøy som tas i bruk.",
            "Skal ikkje verte eit mål for kor mange verktøy som vert tekne i bruk.",
            "Not an adoption target.",
        ),
        article_lines="441-442;867-869;899-903",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Verktøy brakt inn av lærerutdannere og siden brukt i minst én sløyfe eller ett møte uten"
                    " dem, delt på verktøy brakt inn for minst én sløyfe siden. Verktøy praktikerne har valgt"
                    " bort, går ut av nevneren.",
                    "Verktøy som lærarutdannarane kom med og som sidan er brukte i minst éi sløyfe eller eitt"
                    " møte utan dei, delte på verktøy som kom for minst éi sløyfe sidan. Verktøy praktikarane"
                    " har valt bort, går ut av nemnaren.",
                    "Tools introduced by teacher educators and later used in at least one loop or meeting"
                    " without them, over tools introduced at least one loop ago. Tools rejected by"
                    " practitioners leave the denominator.",
                ),
                changed_because=Words(
                    "Notater fra bare én part ble regnet med.",
                    "Notat frå berre éin part vart rekna med.",
                    "Notes of one party alone were counted.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("notes",),
        break_on=("method",),
    ),
)

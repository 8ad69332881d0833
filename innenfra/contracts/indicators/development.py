"""Definitions U1–U5: development over years."""

from __future__ import annotations

from innenfra.contracts.indicators.definition import (
    CORRECTED,
    FIRST_EDITION,
    NO_DIRECTION,
    EarlierVersion,
    Indicator,
    Measure,
)
from innenfra.contracts.words import Words

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
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                was_wrong=True,
                formula=Words(
                    "Antall gjennomførte sløyfer per prosjektår og, for seg, per skoleår; sløyfa hører til"
                    " året den faktisk startet.",
                    "Talet på gjennomførte sløyfer per prosjektår og, for seg, per skuleår; sløyfa høyrer til"
                    " året ho faktisk starta.",
                    "Number of completed loops per partnership year and, separately, per school year; a loop"
                    " belongs to the year of its actual start.",
                ),
                changed_because=Words(
                    "Mot planen ble et år uten leverte sløyfer regnet som et år uten sløyfer, og et år som"
                    " ikke var over, som endelig.",
                    "Mot planen vart eit år utan leverte sløyfer rekna som eit år utan sløyfer, og eit år som"
                    " ikkje var over, som endeleg.",
                    "Against the plan, a year without delivered loops was counted as a year without loops,"
                    " and one that was not over as final.",
                ),
            ),
        ),
        formula=Words(
            "Antall gjennomførte sløyfer per prosjektår og, for seg, per skoleår; sløyfa hører til året den"
            " faktisk startet. Et år telles der en sløyfe, eller en fullstendig fil med sløyfer, er levert."
            " Forkortede sløyfer telles ved siden av; mot planen er det samme tall som i A1.",
            "Talet på gjennomførte sløyfer per prosjektår og, for seg, per skuleår; sløyfa høyrer til året ho"
            " faktisk starta. Eit år vert talt der ei sløyfe, eller ei fullstendig fil med sløyfer, er"
            " levert. Forkorta sløyfer vert talde ved sida av; mot planen er det same tal som i A1.",
            "Number of completed loops per partnership year and, separately, per school year; a loop belongs"
            " to the year of its actual start. A year is counted where a loop of it, or a complete file of"
            " loops, was delivered. Shortened loops are counted beside; against the plan it is the same"
            " number as in A1.",
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
        parts=(
            Measure(slice={}),
            Measure(
                slice={"measure": "shortened"},
                label=Words("Forkortede sløyfer", "Forkorta sløyfer", "Shortened loops"),
                numerator=Words(
                    "Sløyfer som ble forkortet", "Sløyfer som vart forkorta", "Loops that were shortened"
                ),
            ),
            Measure(
                slice={"measure": "against_plan"},
                label=Words(
                    "Sløyferytme mot egen plan",
                    "Sløyferytme mot eigen plan",
                    "Loop rhythm against the school's own plan",
                ),
                denominator=Words(
                    "Sløyfer i planen for prosjektåret",
                    "Sløyfer i planen for prosjektåret",
                    "Loops in the plan for the partnership year",
                ),
                comparability_class="K1",
                unit="share",
                needs=("loops", "agreement_versions", "agreement_plan_years"),
            ),
        ),
        caveat=Words(
            "Nivået leses innenfor skolen; mot egen plan kan det sammenlignes.",
            "Nivået vert lese innanfor skulen; mot eigen plan kan det samanliknast.",
            "The level is read within the school; against its own plan it may be compared.",
        ),
        misuse=Words(
            "Færre sløyfer betyr ikke nedgang.",
            "Færre sløyfer tyder ikkje nedgang.",
            "Fewer loops do not mean decline.",
        ),
        article_lines="311-312;610-612",
        needs=("loops",),
    ),
    Indicator(
        indicator_id="U2",
        family="development",
        comparability_class="K2",
        disclosure="respondents",
        family_kind="method",
        label=Words(
            "Erfaringskontinuitet i teamene", "Erfaringskontinuitet i teama", "Experience continuity in teams"
        ),
        meaning=Words(
            "Hvor mange av deltakerne i sløyfa som har vært med i en sløyfe før.",
            "Kor mange av deltakarane i sløyfa som har vore med i ei sløyfe før.",
            "How many of the loop's participants have taken part in a loop before.",
        ),
        formula=Words(
            "Sum av deltakere med minst én tidligere gjennomført sløyfe ved skolen delt på sum av deltakere,"
            " over teamsløyfer; bare hodetall. Tidligere sløyfer er de som ble holdt; den første som ble"
            " holdt, har ingen.",
            "Sum av deltakarar med minst éi tidlegare gjennomført sløyfe ved skulen delt på sum av"
            " deltakarar, over teamsløyfer; berre hovudtal. Tidlegare sløyfer er dei som vart haldne; den"
            " første som vart halden, har ingen.",
            "Sum of participants with at least one earlier completed loop at the school over sum of"
            " participants, over team loops; headcounts only. Earlier loops are those that were held; the"
            " first that was held has none.",
        ),
        numerator=Words(
            "Deltakere med tidligere sløyfe",
            "Deltakarar med tidlegare sløyfe",
            "Participants with an earlier loop",
        ),
        denominator=Words("Deltakere", "Deltakarar", "Participants"),
        grain="loop; school",
        direction=Words(
            "Ingen; tallet er bakgrunn for å lese de andre.",
            "Inga; talet er bakgrunn for å lese dei andre.",
            "None; it is context for reading other indicators.",
        ),
        caveat=Words(
            "Ikke definert for første sløyfe. Erfaring følger personer og telles ved skolen; at team slås"
            " sammen, nullstiller ingenting.",
            "Ikkje definert for første sløyfe. Erfaring følgjer personar og vert talt ved skulen; at team"
            " vert slegne saman, nullstiller ingenting.",
            "Not defined for the first loop. Experience follows persons and is counted by school; a merger of"
            " teams resets nothing.",
        ),
        misuse=Words(
            "Skal aldri vises per team; i et lite team peker tallet på den nye.",
            "Skal aldri visast per team; i eit lite team peikar talet på den nye.",
            "Never to be shown per team; in a small team it points at the newcomer.",
        ),
        article_lines="749-750;588-589",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Sum av deltakere med minst én tidligere gjennomført sløyfe ved skolen delt på sum av"
                    " deltakere, over teamsløyfer; bare hodetall.",
                    "Sum av deltakarar med minst éi tidlegare gjennomført sløyfe ved skulen delt på sum av"
                    " deltakarar, over teamsløyfer; berre hovudtal.",
                    "Sum of participants with at least one earlier completed loop at the school over sum of"
                    " participants, over team loops; headcounts only.",
                ),
                changed_because=Words(
                    "Sløyfe 1 ble regnet som den første også der den var avlyst.",
                    "Sløyfe 1 vart rekna som den første også der ho var avlyst.",
                    "Loop 1 was taken for the first also where it was cancelled.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("team_loops",),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="U3",
        family="development",
        comparability_class="K3",
        label=Words(
            "Fra handlings- til meningsorientert samtale",
            "Frå handlings- til meiningsorientert samtale",
            "Action- to meaning-oriented talk",
        ),
        meaning=Words(
            "Hvor mye av teamenes kodede samtale som søker mening, og ikke bare hva som skal gjøres.",
            "Kor mykje av den koda samtalen i teama som søkjer meining, og ikkje berre kva som skal gjerast.",
            "How much of the teams' coded talk seeks meaning, and not only what is to be done.",
        ),
        formula=Words(
            "Enheter kodet meningsorientert delt på enheter kodet meningsorientert eller handlingsorientert,"
            " i teamsamtaler; regnes når minst to team og 30 enheter er kodet i sløyfa.",
            "Einingar koda meiningsorienterte delte på einingar koda meiningsorienterte eller"
            " handlingsorienterte, i teamsamtalar; vert rekna når minst to team og 30 einingar er koda i"
            " sløyfa.",
            "Units coded meaning-oriented over units coded meaning-oriented or action-oriented, in team talk;"
            " counted when at least two teams and 30 units are coded in the loop.",
        ),
        numerator=Words(
            "Enheter kodet meningsorientert",
            "Einingar koda meiningsorienterte",
            "Units coded meaning-oriented",
        ),
        denominator=Words(
            "Enheter kodet meningsorientert eller handlingsorientert",
            "Einingar koda meiningsorienterte eller handlingsorienterte",
            "Units coded meaning-oriented or action-oriented",
        ),
        grain="loop, within the school",
        direction=Words(
            "Artikkelen forteller om en bevegelse mot meningsorientert i dette prosjektet; ingen retning er"
            " ventet ellers, for planlegging trenger handlingssnakk.",
            "Artikkelen fortel om ei rørsle mot meiningsorientert i dette prosjektet; inga retning er venta"
            " elles, for planlegging treng handlingssnakk.",
            "The article reports a movement towards meaning-oriented in this project; none is assumed"
            " elsewhere, since planning needs action talk.",
        ),
        caveat=Words(
            "Vises sammen med antall enheter, antall team, hvem som kodet, og enighet mellom koderne.",
            "Vert vist saman med talet på einingar og team, kven som koda, og semje mellom kodarane.",
            "Shown with the number of units and teams, who coded, and the agreement between coders.",
        ),
        misuse=Words(
            "Skal ikke brukes til å gi teamenes samtaler karakter.",
            "Skal ikkje brukast til å gje samtalane i teama karakter.",
            "Not for scoring the teams' talk.",
        ),
        article_lines="266-267;659-662;917-919",
        needs=("coded_counts", "codebooks"),
        also_rests_on=("code_crosswalk",),
        break_on=("codebook",),
    ),
    Indicator(
        indicator_id="U4",
        family="development",
        comparability_class="K1",
        label=Words(
            "Kollektive utviklingsområder og opphav",
            "Kollektive utviklingsområde og opphav",
            "Collective development areas and their origin",
        ),
        meaning=Words(
            "Om skolen hadde et felles utviklingsområde i sløyfene, og om det kom nedenfra.",
            "Om skulen hadde eit felles utviklingsområde i sløyfene, og om det kom nedanfrå.",
            "Whether the school had a collective development area in its loops, and whether it came from"
            " below.",
        ),
        formula=Words(
            "(a) Gjennomførte sløyfer med minst ett aktivt felles område delt på gjennomførte sløyfer; (b)"
            " felles områder som kom nedenfra delt på felles områder med kjent opphav. Et område telles én"
            " gang i hver periode der en av sløyfene ble holdt.",
            "(a) Gjennomførte sløyfer med minst eitt aktivt felles område delte på gjennomførte sløyfer; (b)"
            " felles område som kom nedanfrå delte på felles område med kjent opphav. Eit område vert talt"
            " éin gong i kvar periode der ei av sløyfene vart halden.",
            "(a) Completed loops with at least one active collective area over completed loops; (b)"
            " collective areas of bottom-up origin over collective areas with a known origin. An area is"
            " counted once in each period in which one of its loops was held.",
        ),
        numerator=Words(
            "Sløyfer med minst ett felles område",
            "Sløyfer med minst eitt felles område",
            "Loops with at least one collective area",
        ),
        denominator=Words("Gjennomførte sløyfer", "Gjennomførte sløyfer", "Completed loops"),
        grain="school × year",
        direction=NO_DIRECTION,
        parts=(
            Measure(
                slice={"measure": "loops_with_collective_area"},
                label=Words(
                    "Sløyfer med felles utviklingsområde",
                    "Sløyfer med felles utviklingsområde",
                    "Loops with a collective development area",
                ),
                needs=("loops",),
            ),
            Measure(
                slice={"measure": "bottom_up"},
                label=Words(
                    "Felles områder som kom nedenfra",
                    "Felles område som kom nedanfrå",
                    "Collective areas that came from below",
                ),
                numerator=Words(
                    "Felles områder med opphav nedenfra",
                    "Felles område med opphav nedanfrå",
                    "Collective areas of bottom-up origin",
                ),
                denominator=Words(
                    "Felles områder med kjent opphav",
                    "Felles område med kjent opphav",
                    "Collective areas with a known origin",
                ),
                comparability_class="K2",
                family_kind="method",
                needs=("loops", "development_areas"),
            ),
        ),
        caveat=Words(
            "Opphavet er kjent bare når begge parter er enige om det.",
            "Opphavet er kjent berre når begge partar er samde om det.",
            "The origin is known only where both parties agree on it.",
        ),
        misuse=Words(
            "Skal ikke brukes av en eier til å styre skoler mot eierens egne områder.",
            "Skal ikkje brukast av ein eigar til å styre skular mot eigaren sine eigne område.",
            "Not for an owner's steering of schools towards the owner's areas.",
        ),
        article_lines="483-485;613-615;701-708;812-814",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "(a) Gjennomførte sløyfer med minst ett aktivt felles område delt på gjennomførte"
                    " sløyfer; (b) felles områder som kom nedenfra delt på felles områder med kjent opphav.",
                    "(a) Gjennomførte sløyfer med minst eitt aktivt felles område delte på gjennomførte"
                    " sløyfer; (b) felles område som kom nedanfrå delte på felles område med kjent opphav.",
                    "(a) Completed loops with at least one active collective area over completed loops; (b)"
                    " collective areas of bottom-up origin over collective areas with a known origin.",
                ),
                changed_because=Words(
                    "Ett område over fem sløyfer ble talt fem ganger i prosjektet.",
                    "Eitt område over fem sløyfer vart talt fem gonger i prosjektet.",
                    "One area over five loops was counted five times in the project.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("loops",),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="U5",
        family="development",
        comparability_class="K3",
        label=Words(
            "Oppstart i samlet kollegium",
            "Oppstart i samla kollegium",
            "Start-up processes held in full staff",
        ),
        meaning=Words(
            "Hvor mange av oppstartsmøtene som ble holdt i samlet kollegium.",
            "Kor mange av oppstartsmøta som vart haldne i samla kollegium.",
            "How many of the start-up meetings were held in full staff.",
        ),
        formula=Words(
            "Oppstartsmøter (før sløyfa) i samlet kollegium delt på alle oppstartsmøter. Møtet før den første"
            " sløyfa hører til den. Uten oppstartsmøte der møtene er levert, og uten avtalt utviklingsgruppe,"
            " er tallet ikke aktuelt.",
            "Oppstartsmøte (før sløyfa) i samla kollegium delte på alle oppstartsmøte. Møtet før den første"
            " sløyfa høyrer til ho. Utan oppstartsmøte der møta er leverte, og utan avtalt utviklingsgruppe,"
            " er talet ikkje aktuelt.",
            "Start-up meetings (before the loop) in full staff over all start-up meetings. The meeting before"
            " the first loop belongs to it. Without a start-up meeting where the meetings were delivered, and"
            " without an agreed development group, the number does not apply.",
        ),
        numerator=Words(
            "Oppstartsmøter i samlet kollegium",
            "Oppstartsmøte i samla kollegium",
            "Start-up meetings in full staff",
        ),
        denominator=Words("Alle oppstartsmøter", "Alle oppstartsmøte", "All start-up meetings"),
        grain="school × year",
        direction=Words(
            "Opplevd som positivt ved Sjøsiden; ingen retning mellom skoler.",
            "Opplevd som positivt ved Sjøsiden; inga retning mellom skular.",
            "Experienced as positive at Sjøsiden; none across schools.",
        ),
        caveat=Words(
            "Ikke aktuelt ved små skoler der utviklingsgruppa er hele kollegiet.",
            "Ikkje aktuelt ved små skular der utviklingsgruppa er heile kollegiet.",
            "Does not apply in small schools where the development group is the whole staff.",
        ),
        misuse=Words(
            "Skal ikke leses som et krav til hvor oppstarten holdes.",
            "Skal ikkje lesast som eit krav til kvar oppstarten vert halden.",
            "Not to be read as a demand on where the start-up is held.",
        ),
        article_lines="725-731",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Oppstartsmøter (før sløyfa) i samlet kollegium delt på alle oppstartsmøter.",
                    "Oppstartsmøte (før sløyfa) i samla kollegium delte på alle oppstartsmøte.",
                    "Start-up meetings (before the loop) in full staff over all start-up meetings.",
                ),
                changed_because=Words(
                    "Oppstarten av prosjektet var i ingen sløyfe.",
                    "Oppstarten av prosjektet var i inga sløyfe.",
                    "The start of the project was in no loop.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("meetings",),
    ),
)

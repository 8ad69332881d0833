"""Definitions C1–C5: collaboration in the loops and between the arenas."""

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

_TEAM_ACTIVITIES = {
    "planning": Words("planlegging", "planlegging", "planning"),
    "research_lesson": Words("forskningstime", "forskingstime", "research lesson"),
    "evaluation": Words("evaluering", "evaluering", "evaluation"),
}
_STAFF_ACTIVITIES = {
    "full_staff_sharing": Words("deling i kollegiet", "deling i kollegiet", "sharing in full staff"),
    "joint_theorisation": Words("felles teoretisering", "felles teoretisering", "joint theorisation"),
}
_OTHER_ACTIVITIES = {
    "other": Words("annet i samlet kollegium", "anna i samla kollegium", "other in full staff")
}


def _minutes(measure: str, activity: str, said: Words) -> Measure:
    planned = measure == "planned_min"
    return Measure(
        slice={"measure": measure, "activity": activity},
        label=Words(
            f"{'Avsatt' if planned else 'Brukt'} tid: {said.nb}",
            f"{'Avsett' if planned else 'Brukt'} tid: {said.nn}",
            f"Time {'set aside' if planned else 'used'}: {said.en}",
        ),
        numerator=(
            Words(
                "Minutter, median over sløyfer", "Minutt, median over sløyfer", "Minutes, median over loops"
            )
            if planned
            else None
        ),
        has_denominator=False,
        comparability_class="K3",
        unit="minutes",
        needs=(
            ("loops",)
            if planned
            else (
                ("meetings", "meeting_activities")
                if activity in _STAFF_ACTIVITIES | _OTHER_ACTIVITIES
                else ("team_loops",)
            )
        ),
    )


def _against_plan(activity: str, said: Words) -> Measure:
    return Measure(
        slice={"measure": "actual_against_planned", "activity": activity},
        label=Words(
            f"Brukt mot avsatt tid: {said.nb}",
            f"Brukt mot avsett tid: {said.nn}",
            f"Time used against time set aside: {said.en}",
        ),
        numerator=Words(
            "Brukte minutter over teamsløyfer",
            "Brukte minutt over teamsløyfer",
            "Minutes used, over team loops",
        ),
        denominator=Words(
            "Avsatte minutter for de samme teamsløyfene",
            "Avsette minutt for dei same teamsløyfene",
            "Minutes set aside for the same team loops",
        ),
        comparability_class="K1",
        unit="share",
        needs=("loops", "team_loops"),
    )


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
            "Gjennomførte teamsløyfer delt på planlagte; planlagt er hvert team som var aktivt ved sløyfas"
            " planlagte start. Avlyst etter avtale går ut av nevneren. Sløyfer som ble holdt (også forkortet)"
            " og sløyfer avlyst uten avtale teller; teamsløyfas egen status avgjør. Er fila merket delvis"
            " eller forsinket, teller bare teamene som er levert, og tallet er foreløpig.",
            "Gjennomførte teamsløyfer delte på planlagde; planlagt er kvart team som var aktivt ved planlagd"
            " start på sløyfa. Avlyst etter avtale går ut av nemnaren. Sløyfer som vart haldne (også"
            " forkorta) og sløyfer avlyste utan avtale tel; statusen til teamsløyfa sjølv avgjer. Er fila"
            " merkt delvis eller forseinka, tel berre teama som er leverte, og talet er førebels.",
            "Completed team loops over planned ones; planned is each team active on the loop's planned start."
            " Cancelled by agreement leaves the denominator. Loops that were held (also shortened) and loops"
            " cancelled without agreement count; the team loop's own status decides. Where the file is marked"
            " partial or delayed, only the teams delivered count, and the number is preliminary.",
        ),
        numerator=Words(
            "Teamsløyfer med status gjennomført",
            "Teamsløyfer med status gjennomført",
            "Team loops with status completed",
        ),
        denominator=Words(
            "Team aktive ved planlagt start × sløyfer, uten dem som er avlyst etter avtale",
            "Team aktive ved planlagd start × sløyfer, utan dei som er avlyste etter avtale",
            "Teams active on the planned start × loops, without those cancelled by agreement",
        ),
        grain="loop; summed to school year, partnership year and project",
        direction=Words(
            "Ingen; avtalt fleksibilitet er legitim.",
            "Inga; avtalt fleksibilitet er legitim.",
            "None; agreed flexibility is legitimate.",
        ),
        caveat=Words(
            "Team som er slått sammen, teller som ett fra sammenslåingsdatoen. Avlyst uten avtale blir"
            " stående i nevneren.",
            "Team som er slått saman, tel som eitt frå samanslåingsdatoen. Avlyst utan avtale vert ståande i"
            " nemnaren.",
            "Merged teams count as one from the date of the merger. Cancelled without agreement stays in the"
            " denominator.",
        ),
        misuse=Words(
            "Skal ikke brukes til å peke ut teamet som ikke gjennomførte.",
            "Skal ikkje brukast til å peike ut teamet som ikkje gjennomførte.",
            "Not for pointing at the team that did not complete.",
        ),
        article_lines="298-300",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Gjennomførte teamsløyfer delt på planlagte; planlagt er hvert team som var aktivt ved"
                    " sløyfas planlagte start. Avlyst etter avtale går ut av nevneren.",
                    "Gjennomførte teamsløyfer delte på planlagde; planlagt er kvart team som var aktivt ved"
                    " planlagd start på sløyfa. Avlyst etter avtale går ut av nemnaren.",
                    "Completed team loops over planned ones; planned is each team active on the loop's"
                    " planned start. Cancelled by agreement leaves the denominator.",
                ),
                changed_because=Words(
                    "Avlyste og forkortede sløyfer falt ut.",
                    "Avlyste og forkorta sløyfer fall ut.",
                    "Cancelled and shortened loops fell out.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("loops", "team_loops", "teams"),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="C2",
        family="collaboration",
        comparability_class="K3",
        built=True,
        label=Words(
            "Samarbeidstid etter aktivitet", "Samarbeidstid etter aktivitet", "Collaboration time by activity"
        ),
        meaning=Words(
            "Avsatt og brukt tid til hver aktivitet i sløyfa.",
            "Avsett og brukt tid til kvar aktivitet i sløyfa.",
            "Time set aside and time used for each activity of the loop.",
        ),
        formula=Words(
            "Minutter planlagt og brukt per aktivitet: median over teamsløyfer for teamaktiviteter, én gang"
            " per skole for samlet kollegium. Andelen er (evaluering + deling i kollegiet) delt på all"
            " planlagt tid. Brukt mot avsatt er summen av minuttene over teamsløyfer der begge er kjent; over"
            " 1 er et faktum. Andelen over flere opplegg er sum delt på sum.",
            "Minutt planlagde og brukte per aktivitet: median over teamsløyfer for teamaktivitetar, éin gong"
            " per skule for samla kollegium. Delen er (evaluering + deling i kollegiet) delt på all planlagd"
            " tid. Brukt mot avsett er summen av minutta over teamsløyfer der begge er kjende; over 1 er eit"
            " faktum. Delen over fleire opplegg er sum delt på sum.",
            "Minutes planned and used per activity: the median over team loops for team activities, once per"
            " school for the full staff. The share is (evaluation + sharing in full staff) over all planned"
            " time. Used against set aside is the sum of minutes over team loops where both are known; above"
            " 1 is a fact. The share over several designs is sum over sum.",
        ),
        numerator=Words(
            "Minutter, median over teamsløyfer",
            "Minutt, median over teamsløyfer",
            "Minutes, median over team loops",
        ),
        denominator=Words("Alle planlagte minutter", "Alle planlagde minutt", "All planned minutes"),
        unit="minutes",
        grain="team loop, loop, school year",
        direction=NO_DIRECTION,
        parts=(
            Measure(
                slice={"measure": "planned_min_per_teacher_per_loop"},
                label=Words(
                    "Avsatt tid per lærer per sløyfe",
                    "Avsett tid per lærar per sløyfe",
                    "Time set aside per teacher per loop",
                ),
                numerator=Words(
                    "Planlagte minutter for én lærer, median over sløyfer",
                    "Planlagde minutt for éin lærar, median over sløyfer",
                    "Planned minutes of one teacher, median over loops",
                ),
                has_denominator=False,
                needs=("loops",),
            ),
            Measure(
                slice={"measure": "planned_hours_per_teacher_project"},
                label=Words(
                    "Avsatt tid per lærer i hele prosjektet",
                    "Avsett tid per lærar i heile prosjektet",
                    "Time set aside per teacher in the whole project",
                ),
                numerator=Words(
                    "Planlagte timer for én lærer, sum over sløyfer",
                    "Planlagde timar for éin lærar, sum over sløyfer",
                    "Planned hours of one teacher, summed over loops",
                ),
                has_denominator=False,
                unit="hours",
                needs=("loops",),
            ),
            Measure(
                slice={"measure": "planned_arena_hours_project"},
                label=Words(
                    "Avsatt tid på arenaene i hele prosjektet",
                    "Avsett tid på arenaene i heile prosjektet",
                    "Time set aside in the arenas in the whole project",
                ),
                numerator=Words(
                    "Planlagte timer × team, samlet kollegium talt én gang",
                    "Planlagde timar × team, samla kollegium talt éin gong",
                    "Planned hours × teams, full staff counted once",
                ),
                has_denominator=False,
                unit="hours",
                needs=("loops", "teams"),
            ),
            Measure(
                slice={"measure": "share_evaluation_and_sharing"},
                label=Words(
                    "Andel av tiden til evaluering og deling",
                    "Del av tida til evaluering og deling",
                    "Share of the time for evaluation and sharing",
                ),
                numerator=Words(
                    "Planlagte minutter til evaluering og deling i kollegiet",
                    "Planlagde minutt til evaluering og deling i kollegiet",
                    "Planned minutes for evaluation and sharing in full staff",
                ),
                unit="share",
                needs=("loops",),
            ),
            *(
                _minutes("planned_min", code, said)
                for code, said in (_TEAM_ACTIVITIES | _STAFF_ACTIVITIES).items()
            ),
            *(
                _minutes("actual_min", code, said)
                for code, said in (_TEAM_ACTIVITIES | _STAFF_ACTIVITIES | _OTHER_ACTIVITIES).items()
            ),
            *(_against_plan(code, said) for code, said in _TEAM_ACTIVITIES.items()),
        ),
        caveat=Words(
            "Planlagt tid er grunnrammen og en nedre grense. Tid per lærer og tid per arena er to ulike mål;"
            " samlet kollegium telles én gang.",
            "Planlagd tid er grunnramma og ei nedre grense. Tid per lærar og tid per arena er to ulike mål;"
            " samla kollegium vert talt éin gong.",
            "Planned time is the basic frame and a lower bound. Time per teacher and time per arena are two"
            " measures; the full staff is counted once.",
        ),
        misuse=Words(
            "Skal ikke brukes til kontroll av arbeidstid eller som mål på innsats.",
            "Skal ikkje brukast til kontroll av arbeidstid eller som mål på innsats.",
            "Not for control of working time, nor minutes as effort.",
        ),
        article_lines="301-304;612-615;659",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Minutter planlagt og brukt per aktivitet: median over teamsløyfer for teamaktiviteter,"
                    " én gang per skole for samlet kollegium. Andelen er (evaluering + deling i kollegiet)"
                    " delt på all planlagt tid.",
                    "Minutt planlagde og brukte per aktivitet: median over teamsløyfer for teamaktivitetar,"
                    " éin gong per skule for samla kollegium. Delen er (evaluering + deling i kollegiet) delt"
                    " på all planlagd tid.",
                    "Minutes planned and used per activity: the median over team loops for team activities,"
                    " once per school for the full staff. The share is (evaluation + sharing in full staff)"
                    " over all planned time.",
                ),
                changed_because=Words(
                    "Mer tid enn avsatt ble regnet som en feil.",
                    "Meir tid enn avsett vart rekna som ein feil.",
                    "More time than was set aside was taken for an error.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("loops", "team_loops"),
        break_on=("method", "loop_design"),
    ),
    Indicator(
        indicator_id="C3",
        family="collaboration",
        comparability_class="K1",
        label=Words(
            "Arenadekning og samspill i sløyfa",
            "Arenadekking og samspel i sløyfa",
            "Arena coverage and interplay per loop",
        ),
        meaning=Words(
            "Hvor mange av de avtalte arenaene som var i bruk i sløyfa, og hvor mange av koblingene mellom"
            " dem som ble gjort.",
            "Kor mange av dei avtalte arenaene som var i bruk i sløyfa, og kor mange av koplingane mellom dei"
            " som vart gjorde.",
            "How many of the agreed arenas were in use in the loop, and how many of the links between them"
            " were made.",
        ),
        formula=Words(
            "(a) Ulike arenaer med minst ett møte i sløyfa delt på arenaene i avtalen som gjelder; (b) gjorte"
            " koblinger delt på koblingene som skolens egen sløyfemodell venter. Over flere sløyfer summeres"
            " arena × sløyfe, og antallet ulike arenaer står ved siden av. Ingen koblinger er null bare der"
            " arket er levert som fullstendig.",
            "(a) Ulike arenaer med minst eitt møte i sløyfa delte på arenaene i avtalen som gjeld; (b) gjorde"
            " koplingar delte på koplingane som skulen sin eigen sløyfemodell ventar. Over fleire sløyfer"
            " vert arena × sløyfe summert, og talet på ulike arenaer står ved sida av. Ingen koplingar er"
            " null berre der arket er levert som fullstende.",
            "(a) Distinct arenas with at least one meeting in the loop over the arenas of the agreement in"
            " force; (b) links made over the links that the school's own loop model expects. Over several"
            " loops arena × loop is summed, and the number of distinct arenas stands beside. No links is a"
            " zero only where the sheet was delivered as complete.",
        ),
        numerator=Words(
            "Arenaer med minst ett møte i sløyfa",
            "Arenaer med minst eitt møte i sløyfa",
            "Arenas with at least one meeting in the loop",
        ),
        denominator=Words(
            "Arenaer i avtalen som gjelder", "Arenaer i avtalen som gjeld", "Arenas of the agreement in force"
        ),
        grain="loop",
        direction=NO_DIRECTION,
        parts=(
            Measure(
                slice={"measure": "arenas"},
                label=Words("Arenaer i bruk", "Arenaer i bruk", "Arenas in use"),
                needs=("loops", "meetings", "agreement_arenas"),
            ),
            Measure(
                slice={"measure": "distinct_arenas"},
                label=Words(
                    "Ulike arenaer i bruk i perioden",
                    "Ulike arenaer i bruk i perioden",
                    "Distinct arenas in use in the period",
                ),
                has_denominator=False,
                unit="count",
                needs=("loops", "meetings", "agreement_arenas"),
            ),
            Measure(
                slice={"measure": "links"},
                label=Words(
                    "Koblinger mellom arenaene", "Koplingar mellom arenaene", "Links between the arenas"
                ),
                numerator=Words(
                    "Koblinger som ble gjort", "Koplingar som vart gjorde", "Links that were made"
                ),
                denominator=Words(
                    "Koblinger som skolens egen modell venter",
                    "Koplingar som skulen sin eigen modell ventar",
                    "Links that the school's own model expects",
                ),
                comparability_class="K3",
                needs=("loops", "expected_arena_links", "arena_links"),
            ),
        ),
        caveat=Words(
            "Hver skole har sin egen modell av hva som henger sammen; uten en modell er koblingene ikke"
            " aktuelle. Lærerutdannernes egne møter er vanligvis ikke samlet inn.",
            "Kvar skule har sin eigen modell av kva som heng saman; utan ein modell er koplingane ikkje"
            " aktuelle. Møta lærarutdannarane har seg imellom, er til vanleg ikkje samla inn.",
            "Each school has its own model of what belongs together; without a model the links do not apply."
            " The teacher educators' own meetings are normally not collected.",
        ),
        misuse=Words(
            "Skal ikke brukes til å belønne mange møter.",
            "Skal ikkje brukast til å lønne mange møte.",
            "Not for rewarding the number of meetings.",
        ),
        article_lines="393-394;618-621;624-630;837-838",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "(a) Ulike arenaer med minst ett møte i sløyfa delt på arenaene i avtalen som gjelder;"
                    " (b) gjorte koblinger delt på koblingene som skolens egen sløyfemodell venter.",
                    "(a) Ulike arenaer med minst eitt møte i sløyfa delte på arenaene i avtalen som gjeld;"
                    " (b) gjorde koplingar delte på koplingane som skulen sin eigen sløyfemodell ventar.",
                    "(a) Distinct arenas with at least one meeting in the loop over the arenas of the"
                    " agreement in force; (b) links made over the links that the school's own loop model"
                    " expects.",
                ),
                changed_because=Words(
                    "Det som ikke var levert, ble til null.",
                    "Det som ikkje var levert, vart til null.",
                    "What was not delivered became a zero.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("loops", "meetings"),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="C4",
        family="collaboration",
        comparability_class="K1",
        built=True,
        label=Words(
            "Teamrepresentasjon i utviklingsgruppa",
            "Teamrepresentasjon i utviklingsgruppa",
            "Team representation in the development group",
        ),
        meaning=Words(
            "Om alle team er med i utviklingsgruppa, og på møtene.",
            "Om alle team er med i utviklingsgruppa, og på møta.",
            "Whether all teams take part in the development group, and in its meetings.",
        ),
        formula=Words(
            "Oppmøte: sum av representerte team delt på sum av aktive team over utviklingsgruppas møter."
            " Medlemskap: team med oppnevnt representant delt på aktive team. Aktive team er de som var"
            " aktive på møtedagen; møter teller enten sløyfa ble holdt eller ikke. Medlemskap er etter"
            " periodens siste dag."
            " I summer over skolene telles et møte som tjener flere partnerskap, én gang.",
            "Oppmøte: sum av representerte team delt på sum av aktive team over møta i utviklingsgruppa."
            " Medlemskap: team med oppnemnd representant delt på aktive team. Aktive team er dei som var"
            " aktive på møtedagen; møte tel anten sløyfa vart halden eller ikkje. Medlemskap er etter siste"
            " dagen i perioden."
            " I summar over skulane tel eit møte som tener fleire partnarskap, éin gong.",
            "Attendance: sum of teams represented over sum of active teams, over the development group's"
            " meetings. Membership: teams with an appointed representative over active teams. Active teams"
            " are those active on the day of the meeting; meetings count whether or not the loop was held."
            " Membership is by the period's last day."
            " In sums above the school, a meeting that serves several partnerships counts once.",
        ),
        numerator=Words("Team representert", "Team representerte", "Teams represented"),
        denominator=Words("Aktive team", "Aktive team", "Active teams"),
        grain="meeting; school year",
        direction=Words(
            "Høyere er nærmere opplegget som er beskrevet; ingen retning mellom skoler.",
            "Høgare er nærare opplegget som er omtalt; inga retning mellom skular.",
            "Higher is closer to the design described; none between schools.",
        ),
        parts=(
            Measure(
                slice={"measure": "attendance"},
                label=Words(
                    "Oppmøte på utviklingsgruppas møter",
                    "Oppmøte på møta i utviklingsgruppa",
                    "Attendance at the development group's meetings",
                ),
                numerator=Words(
                    "Team representert, sum over møter",
                    "Team representerte, sum over møte",
                    "Teams represented, summed over meetings",
                ),
                denominator=Words(
                    "Aktive team, sum over møter",
                    "Aktive team, sum over møte",
                    "Active teams, summed over meetings",
                ),
                needs=("meetings", "teams"),
            ),
            Measure(
                slice={"measure": "membership"},
                label=Words(
                    "Team med medlem i utviklingsgruppa",
                    "Team med medlem i utviklingsgruppa",
                    "Teams with a member in the development group",
                ),
                numerator=Words(
                    "Team med oppnevnt representant",
                    "Team med oppnemnd representant",
                    "Teams with an appointed representative",
                ),
                needs=("teams",),
            ),
        ),
        caveat=Words(
            "Ikke aktuelt der avtalen ikke har utviklingsgruppe, og ved små skoler der gruppa er hele"
            " kollegiet.",
            "Ikkje aktuelt der avtalen ikkje har utviklingsgruppe, og ved små skular der gruppa er heile"
            " kollegiet.",
            "Does not apply where the agreement has no development group, nor in small schools where the"
            " group is the whole staff.",
        ),
        misuse=Words(
            "Skal ikke brukes til å navngi prosessledere som var borte.",
            "Skal ikkje brukast til å namngje prosessleiarar som var borte.",
            "Not for naming absent process leaders.",
        ),
        article_lines="599-600;810-811",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Oppmøte: sum av representerte team delt på sum av aktive team over utviklingsgruppas"
                    " møter. Medlemskap: team med oppnevnt representant delt på aktive team.",
                    "Oppmøte: sum av representerte team delt på sum av aktive team over møta i"
                    " utviklingsgruppa. Medlemskap: team med oppnemnd representant delt på aktive team.",
                    "Attendance: sum of teams represented over sum of active teams, over the development"
                    " group's meetings. Membership: teams with an appointed representative over active"
                    " teams.",
                ),
                changed_because=Words(
                    "Møter i sløyfer som ikke ble fullført, falt ut.",
                    "Møte i sløyfer som ikkje vart fullførte, fall ut.",
                    "Meetings of loops that were not completed fell out.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("meetings", "teams"),
    ),
    Indicator(
        indicator_id="C5",
        family="collaboration",
        comparability_class="K3",
        audience="school",
        label=Words(
            "Ledelsens deltakelse i teamenes arbeid",
            "Deltakinga til leiinga i arbeidet i teama",
            "Leadership participation in team work",
        ),
        meaning=Words(
            "I hvor mange teamsløyfer skoleledelsen var til stede i planlegging eller evaluering.",
            "I kor mange teamsløyfer skuleleiinga var til stades i planlegging eller evaluering.",
            "In how many team loops the school leadership was present in planning or evaluation.",
        ),
        formula=Words(
            "Gjennomførte teamsløyfer med skoleleder til stede delt på gjennomførte teamsløyfer der det er"
            " notert om leder var til stede.",
            "Gjennomførte teamsløyfer med skuleleiar til stades delte på gjennomførte teamsløyfer der det er"
            " notert om leiar var til stades.",
            "Completed team loops with a school leader present over completed team loops in which it is"
            " recorded whether one was.",
        ),
        numerator=Words(
            "Teamsløyfer med skoleleder til stede",
            "Teamsløyfer med skuleleiar til stades",
            "Team loops with a school leader present",
        ),
        denominator=Words(
            "Gjennomførte teamsløyfer der det er notert",
            "Gjennomførte teamsløyfer der det er notert",
            "Completed team loops in which it is recorded",
        ),
        grain="loop; school year",
        direction=Words(
            "Ingen; artikkelen forteller at lærerutdannerne pekte på verdien, ikke at den er et mål.",
            "Inga; artikkelen fortel at lærarutdannarane peika på verdien, ikkje at han er eit mål.",
            "None; the article reports that teacher educators pointed out the value, not a target.",
        ),
        caveat=Words(
            "Å være til stede skal være avtalt med teamet. Teamsløyfer uten notat er ikke med.",
            "Å vere til stades skal vere avtalt med teamet. Teamsløyfer utan notat er ikkje med.",
            "Being present is to be agreed with the team. Team loops without a record are left out.",
        ),
        misuse=Words(
            "Skal ikke brukes til å vurdere rektor eller til å overvåke teamene.",
            "Skal ikkje brukast til å vurdere rektor eller til å overvake teama.",
            "Not for appraisal of the principal, nor for surveillance of the teams.",
        ),
        article_lines="666-667;737-739",
        needs=("team_loops",),
        break_on=("method",),
    ),
)

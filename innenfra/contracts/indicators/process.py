"""Definitions P1–P5: the process of the loops."""

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

_USED = {
    "yes": Words("Faser brukt", "Fasar brukte", "Phases used"),
    "partly": Words("Faser delvis brukt", "Fasar delvis brukte", "Phases partly used"),
    "no": Words("Faser ikke brukt", "Fasar ikkje brukte", "Phases not used"),
}
_COMPONENTS = {
    "observers": Words("Minst én observatør", "Minst éin observatør", "At least one observer"),
    "focus": Words("Observasjonsfokus notert", "Observasjonsfokus notert", "Focus of observation recorded"),
    "evaluation": Words("Evaluering holdt", "Evaluering halden", "Evaluation held"),
}
_GOALS = {
    "both": Words("Mål av begge slag", "Mål av begge slag", "Goals of both kinds"),
    "subject": Words("Bare fagspesifikt mål", "Berre fagspesifikt mål", "Subject-specific goal only"),
    "cross_curricular": Words(
        "Bare fagovergripende mål", "Berre fagovergripande mål", "Cross-curricular goal only"
    ),
    "none": Words("Ingen av målene", "Ingen av måla", "Neither goal"),
}

_LOOPS = Words("Sløyfer", "Sløyfer", "Loops")
_ALL_SEEN = {
    "yes": Words("Alle team sett", "Alle team sette", "All teams seen"),
    "no": Words("Ikke alle team sett", "Ikkje alle team sette", "Not all teams seen"),
    "not_known": Words(
        "Ikke kjent om alle team ble sett",
        "Ikkje kjent om alle team vart sette",
        "Not known whether all teams were seen",
    ),
}

PROCESS = (
    Indicator(
        indicator_id="P1",
        family="process",
        comparability_class="K2",
        family_kind="template",
        label=Words("Bruk av malens faser", "Bruk av fasane i malen", "Use of template phases"),
        meaning=Words(
            "Hvor mange av prosessmalens faser teamene brukte.",
            "Kor mange av fasane i prosessmalen teama brukte.",
            "How many of the process template's phases the teams used.",
        ),
        formula=Words(
            "Per svar (ja, delvis, nei): faser med svaret delt på faser i malversjonen som gjaldt for sløyfa;"
            " tre tall, ingen vekting. En egen mal teller som sin egen familie når den er levert. Faser av to"
            " maler summeres aldri.",
            "Per svar (ja, delvis, nei): fasar med svaret delte på fasar i malversjonen som galdt for sløyfa;"
            " tre tal, inga vekting. Ein eigen mal tel som sin eigen familie når han er levert. Fasar av to"
            " malar vert aldri summerte.",
            "Per answer (yes, partly, no): phases with the answer over phases in the template version in"
            " force for the loop; three numbers, no weighting. A template of the school's own counts as its"
            " own family once it is delivered. Phases of two templates are never summed.",
        ),
        numerator=Words(
            "Faser med svaret, over teamsløyfer",
            "Fasar med svaret, over teamsløyfer",
            "Phases with the answer, over team loops",
        ),
        denominator=Words(
            "Faser i malversjonen, over teamsløyfer",
            "Fasar i malversjonen, over teamsløyfer",
            "Phases in the template version, over team loops",
        ),
        grain="loop; template version",
        direction=Words(
            "Ingen; å hoppe over en fase kan være et faglig valg.",
            "Inga; å hoppe over ein fase kan vere eit fagleg val.",
            "None; skipping a phase can be a professional choice.",
        ),
        parts=tuple(Measure(slice={"used": code}, label=said) for code, said in _USED.items()),
        caveat=Words(
            "Sløyfer uten mal er ikke aktuelle. Antallet faser er det malversjonen har.",
            "Sløyfer utan mal er ikkje aktuelle. Talet på fasar er det malversjonen har.",
            "Loops with no template do not apply. The number of phases is that of the template version.",
        ),
        misuse=Words(
            "Skal ikke brukes til å vokte etterlevelse.",
            "Skal ikkje brukast til å vakte etterleving.",
            "Not for fidelity policing.",
        ),
        article_lines="667-678;898-903",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Per svar (ja, delvis, nei): faser med svaret delt på faser i malversjonen som gjaldt for"
                    " sløyfa; tre tall, ingen vekting.",
                    "Per svar (ja, delvis, nei): fasar med svaret delte på fasar i malversjonen som galdt for"
                    " sløyfa; tre tal, inga vekting.",
                    "Per answer (yes, partly, no): phases with the answer over phases in the template version"
                    " in force for the loop; three numbers, no weighting.",
                ),
                changed_because=Words(
                    "Faser av ulike maler ble lagt sammen.",
                    "Fasar av ulike malar vart lagde saman.",
                    "Phases of different templates were added together.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("team_loop_phases", "template_versions"),
        break_on=("method", "template"),
    ),
    Indicator(
        indicator_id="P2",
        family="process",
        comparability_class="K2",
        family_kind="template",
        label=Words(
            "Preanalyse før aktivitetsvalg",
            "Preanalyse før val av aktivitet",
            "Pre-analysis before choosing activities",
        ),
        meaning=Words(
            "Om teamene brukte preanalysen og satte mål før de valgte aktivitet.",
            "Om teama brukte preanalysen og sette mål før dei valde aktivitet.",
            "Whether the teams used the pre-analysis and set goals before choosing activities.",
        ),
        formula=Words(
            "Teamsløyfer der preanalyse ble brukt og målet ble formulert før design, delt på teamsløyfer der"
            " malen har preanalyse og svaret er notert.",
            "Teamsløyfer der preanalyse vart brukt og målet vart formulert før design, delte på teamsløyfer"
            " der malen har preanalyse og svaret er notert.",
            "Team loops in which the pre-analysis was used and the goal formulated before the design, over"
            " team loops whose template has a pre-analysis and whose answer is recorded.",
        ),
        numerator=Words(
            "Teamsløyfer med preanalyse og mål før design",
            "Teamsløyfer med preanalyse og mål før design",
            "Team loops with pre-analysis and a goal before the design",
        ),
        denominator=Words(
            "Teamsløyfer med preanalyse i malen og svar notert",
            "Teamsløyfer med preanalyse i malen og svar notert",
            "Team loops with pre-analysis in the template and an answer recorded",
        ),
        grain="loop",
        direction=Words(
            "Mot 1 i artikkelens tankegang; ingen retning ellers.",
            "Mot 1 i tankegangen til artikkelen; inga retning elles.",
            "Towards 1 in the article's logic; none otherwise.",
        ),
        caveat=Words(
            "Bygger på det teamene selv har notert.",
            "Byggjer på det teama sjølve har notert.",
            "Rests on what the teams themselves recorded.",
        ),
        misuse=Words(
            "Sier ingenting om hvor god timen var.",
            "Seier ingenting om kor god timen var.",
            "Says nothing about the quality of the lesson.",
        ),
        article_lines="659-662;671-674",
        needs=("team_loops", "team_loop_phases", "template_versions"),
        break_on=("method", "template"),
    ),
    Indicator(
        indicator_id="P3",
        family="process",
        comparability_class="K1",
        label=Words(
            "Observasjonsforankret evaluering",
            "Observasjonsforankra evaluering",
            "Observation-based evaluation",
        ),
        meaning=Words(
            "Om evalueringen bygde på observasjon av forskningstimen.",
            "Om evalueringa bygde på observasjon av forskingstimen.",
            "Whether the evaluation rested on observation of the research lesson.",
        ),
        formula=Words(
            "Teamsløyfer med minst én observatør, notert observasjonsfokus og holdt evaluering, delt på"
            " gjennomførte teamsløyfer der alle tre er notert; delene vises også hver for seg, og timer holdt"
            " på nytt telles for seg.",
            "Teamsløyfer med minst éin observatør, notert observasjonsfokus og halden evaluering, delte på"
            " gjennomførte teamsløyfer der alle tre er noterte; delane vert òg viste kvar for seg, og timar"
            " haldne på nytt vert talde for seg.",
            "Team loops with at least one observer, a recorded focus of observation and an evaluation held,"
            " over completed team loops with all three recorded; the components are also shown one by one,"
            " and re-taught lessons are counted separately.",
        ),
        numerator=Words(
            "Teamsløyfer med observatør, fokus og evaluering",
            "Teamsløyfer med observatør, fokus og evaluering",
            "Team loops with observer, focus and evaluation",
        ),
        denominator=Words(
            "Gjennomførte teamsløyfer der alle tre er notert",
            "Gjennomførte teamsløyfer der alle tre er noterte",
            "Completed team loops with all three recorded",
        ),
        grain="loop",
        direction=Words(
            "Mot 1, for det er slik Lesson Study er definert; for timer holdt på nytt er det ingen retning.",
            "Mot 1, for det er slik Lesson Study er definert; for timar haldne på nytt er det inga retning.",
            "Towards 1, as Lesson Study is defined so; for re-taught lessons there is none.",
        ),
        parts=(
            Measure(slice={}),
            *(
                Measure(
                    slice={"component": code},
                    label=said,
                    numerator=Words(
                        *(
                            (
                                f"Teamsløyfer: {said[c].lower()}"
                                if c != "en"
                                else f"Team loops: {said[c].lower()}"
                            )
                            for c in ("nb", "nn", "en")
                        )
                    ),
                )
                for code, said in _COMPONENTS.items()
            ),
            Measure(
                slice={"measure": "retaught"},
                label=Words(
                    "Forskningstimer holdt på nytt",
                    "Forskingstimar haldne på nytt",
                    "Re-taught research lessons",
                ),
                numerator=Words(
                    "Teamsløyfer med mer enn én forskningstime",
                    "Teamsløyfer med meir enn éin forskingstime",
                    "Team loops with more than one research lesson",
                ),
                denominator=Words(
                    "Gjennomførte teamsløyfer", "Gjennomførte teamsløyfer", "Completed team loops"
                ),
            ),
        ),
        caveat=Words(
            "Gjelder bare metoden Lesson Study; ved andre metoder ikke aktuelt.",
            "Gjeld berre metoden Lesson Study; ved andre metodar ikkje aktuelt.",
            "For the method Lesson Study only; does not apply to other methods.",
        ),
        misuse=Words(
            "Skal ikke brukes som observasjon av en lærer; tallet sier bare noe om timens observatører og"
            " fokus.",
            "Skal ikkje brukast som observasjon av ein lærar; talet seier berre noko om observatørane og"
            " fokuset i timen.",
            "Not an observation of a teacher; it is about the lesson's observers and focus only.",
        ),
        article_lines="94-96;275-281;694-695",
        needs=("loops", "team_loops"),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="P4",
        family="process",
        comparability_class="K2",
        family_kind="method",
        label=Words("Mål av begge slag", "Mål av begge slag", "Subject-specific and cross-curricular goals"),
        meaning=Words(
            "Om teamsløyfene hadde både et fagspesifikt og et fagovergripende mål.",
            "Om teamsløyfene hadde både eit fagspesifikt og eit fagovergripande mål.",
            "Whether the team loops had both a subject-specific and a cross-curricular goal.",
        ),
        formula=Words(
            "Teamsløyfer med begge mål delt på teamsløyfer der målene er notert; de fire mulighetene vises"
            " hver for seg.",
            "Teamsløyfer med begge måla delte på teamsløyfer der måla er noterte; dei fire utfalla vert viste"
            " kvar for seg.",
            "Team loops with both goals over team loops with goals recorded; the four cells are shown.",
        ),
        numerator=Words(
            "Teamsløyfer med begge mål", "Teamsløyfer med begge måla", "Team loops with both goals"
        ),
        denominator=Words(
            "Teamsløyfer der målene er notert",
            "Teamsløyfer der måla er noterte",
            "Team loops with goals recorded",
        ),
        grain="loop",
        direction=NO_DIRECTION,
        parts=(
            Measure(slice={}),
            *(
                Measure(
                    slice={"goals": code},
                    label=said,
                    numerator=Words(
                        f"Teamsløyfer: {said.nb.lower()}",
                        f"Teamsløyfer: {said.nn.lower()}",
                        f"Team loops: {said.en.lower()}",
                    ),
                )
                for code, said in _GOALS.items()
            ),
        ),
        caveat=Words(
            "Hva som regnes som fagovergripende, avgjør teamene selv.",
            "Kva som vert rekna som fagovergripande, avgjer teama sjølve.",
            "The teams themselves decide what counts as cross-curricular.",
        ),
        misuse=Words(
            "Skal ikke brukes til kontroll mot læreplanen.",
            "Skal ikkje brukast til kontroll mot læreplanen.",
            "Not for curriculum compliance control.",
        ),
        article_lines="693;704-708",
        needs=("team_loops",),
        break_on=("method",),
    ),
    Indicator(
        indicator_id="P5",
        family="process",
        comparability_class="K1",
        label=Words(
            "Alle team synlige i speildata",
            "Alle team synlege i speildata",
            "All teams visible in mirror data",
        ),
        meaning=Words(
            "Om alle team ble sett med minst ett positivt eksempel i speildata.",
            "Om alle team vart sette med minst eitt positivt døme i speildata.",
            "Whether all teams were seen with at least one positive example in the mirror data.",
        ),
        formula=Words(
            "Team med minst ett positivt eksempel i sløyfas speildata delt på aktive team med data i sløyfa."
            " Utenfor skolen vises bare om alle var med, ja eller nei per sløyfe. Bare speildata om ønsket"
            " praksis teller. At ikke alle er med, er kjent der det er ett slikt punkt, eller der punktene"
            " til sammen har færre team enn dem med data; ellers er det ikke kjent, og sies ved siden av.",
            "Team med minst eitt positivt døme i speildata for sløyfa delte på aktive team med data i sløyfa."
            " Utanfor skulen vert det berre vist om alle var med, ja eller nei per sløyfe. Berre speildata"
            " om ønskt praksis tel. At ikkje alle er med, er kjent der det er eitt slikt punkt, eller der"
            " punkta til saman har færre team enn dei med data; elles er det ikkje kjent, og vert sagt ved"
            " sida av.",
            "Teams with at least one positive example in the loop's mirror data over active teams with data"
            " in that loop. Outside the school only yes or no is shown per loop: whether all were there. Only"
            " mirror data of desired practice counts. That not all are there is known where there is one such"
            " item, or where the items together have fewer teams than have data; otherwise it is not known,"
            " and told beside.",
        ),
        numerator=Words(
            "Sløyfer der alle team ble sett",
            "Sløyfer der alle team vart sette",
            "Loops in which all teams were seen",
        ),
        denominator=Words("Sløyfer med speildata", "Sløyfer med speildata", "Loops with mirror data"),
        grain="loop",
        direction=Words(
            "Mot 1, som en plikt for lærerutdannerne.",
            "Mot 1, som ei plikt for lærarutdannarane.",
            "Towards 1, as an obligation on the teacher educators.",
        ),
        parts=(
            Measure(slice={}),
            *(
                Measure(
                    slice={"all": code}, label=said, numerator=_LOOPS, has_denominator=False, unit="count"
                )
                for code, said in _ALL_SEEN.items()
            ),
            Measure(
                slice={"measure": "teams"},
                label=Words(
                    "Team med eksempel i speildata",
                    "Team med døme i speildata",
                    "Teams with an example in the mirror data",
                ),
                numerator=Words(
                    "Team med minst ett positivt eksempel",
                    "Team med minst eitt positivt døme",
                    "Teams with at least one positive example",
                ),
                denominator=Words(
                    "Aktive team med data i sløyfa",
                    "Aktive team med data i sløyfa",
                    "Active teams with data in the loop",
                ),
                comparability_class="K3",
                audience="school",
            ),
        ),
        caveat=Words(
            "Speildata er valgt ut for å vise det som lykkes; tallet sier ikke hvor mye god praksis som"
            " finnes.",
            "Speildata er valde ut for å vise det som lukkast; talet seier ikkje kor mykje god praksis som"
            " finst.",
            "Mirror data is selected to show what succeeds; the number does not say how much good practice"
            " there is.",
        ),
        misuse=Words(
            "Skal ikke avsløre hvilket team som mangler eksempler.",
            "Skal ikkje avsløre kva for eit team som manglar døme.",
            "Not for revealing which team lacks examples.",
        ),
        article_lines="390-391",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Team med minst ett positivt eksempel i sløyfas speildata delt på aktive team med data i"
                    " sløyfa. Utenfor skolen vises bare om alle var med, ja eller nei per sløyfe.",
                    "Team med minst eitt positivt døme i speildata for sløyfa delte på aktive team med data i"
                    " sløyfa. Utanfor skulen vert det berre vist om alle var med, ja eller nei per sløyfe.",
                    "Teams with at least one positive example in the loop's mirror data over active teams"
                    " with data in that loop. Outside the school only yes or no is shown per loop: whether"
                    " all were there.",
                ),
                changed_because=Words(
                    "Speildata om uønsket praksis ble regnet med.",
                    "Speildata om uønskt praksis vart rekna med.",
                    "Mirror data of practice that is not desired was counted.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("mirror_items",),
        break_on=("method",),
    ),
)

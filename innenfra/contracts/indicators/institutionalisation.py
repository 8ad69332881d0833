"""Definitions I1–I5: what stays when the project ends."""

from __future__ import annotations

from innenfra.contracts.indicators.definition import Indicator, Measure
from innenfra.contracts.mirror import CHANGE_PHASES
from innenfra.contracts.words import Words

INSTITUTIONALISATION = (
    Indicator(
        indicator_id="I1",
        family="institutionalisation",
        comparability_class="K1",
        built=True,
        is_school_fact=True,
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
        numerator=Words(
            "Skoleår med arbeidet i planen",
            "Skuleår med arbeidet i planen",
            "School years with the work in the plan",
        ),
        denominator=Words("Skoleår med svar", "Skuleår med svar", "School years with an answer"),
        grain="school × school year",
        direction=Words(
            "Ingen ut over ja eller nei.", "Inga ut over ja eller nei.", "None beyond yes or no."
        ),
        parts=(
            Measure(
                slice={"plan": "activity_plan"},
                label=Words("I virksomhetsplanen", "I verksemdsplanen", "In the activity plan"),
            ),
            Measure(
                slice={"plan": "meeting_plan"},
                label=Words("I møteplanen", "I møteplanen", "In the meeting plan"),
            ),
        ),
        caveat=Words(
            "En plass i planen sier ikke om det ble praktisert.",
            "Ein plass i planen seier ikkje om det vart praktisert.",
            "A place in the plan does not say whether it was practised.",
        ),
        misuse=Words(
            "Skal ikke leses som praksis.", "Skal ikkje lesast som praksis.", "Not to be read as practice."
        ),
        article_lines="383-384;602-603",
        needs=("school_year",),
    ),
    Indicator(
        indicator_id="I2",
        family="institutionalisation",
        comparability_class="K1",
        built=True,
        is_school_fact=True,
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
            "Skoleår der den ble holdt", "Skuleår der ho vart halden", "School years in which it was held"
        ),
        denominator=Words("Skoleår med svar", "Skuleår med svar", "School years with an answer"),
        grain="school × school year",
        direction=Words("Mot 1.", "Mot 1.", "Towards 1."),
        parts=(
            Measure(
                slice={"measure": "held"},
                label=Words(
                    "Presentasjon for nytilsatte holdt",
                    "Presentasjon for nytilsette halden",
                    "Presentation for new staff held",
                ),
            ),
            Measure(
                slice={"measure": "attended"},
                label=Words("Nytilsatte til stede", "Nytilsette til stades", "New staff present"),
                numerator=Words("Nytilsatte til stede", "Nytilsette til stades", "New staff present"),
                denominator=Words("Nytilsatte", "Nytilsette", "New staff"),
                disclosure="respondents",
                counted_per="school_year",
            ),
        ),
        caveat=Words(
            "Med færre enn fem nytilsatte vises bare om den ble holdt.",
            "Med færre enn fem nytilsette vert det berre vist om ho vart halden.",
            "With fewer than five new staff only whether it was held is shown.",
        ),
        misuse=Words(
            "Skal ikke brukes til å finne enkeltpersoner.",
            "Skal ikkje brukast til å finne einskildpersonar.",
            "Not for identifying new hires.",
        ),
        article_lines="588-589;749-750",
        needs=("school_year",),
    ),
    Indicator(
        indicator_id="I3",
        family="institutionalisation",
        comparability_class="K1",
        label=Words(
            "Videreføring etter avtaleslutt",
            "Vidareføring etter avtaleslutt",
            "Continuation after agreement end",
        ),
        meaning=Words(
            "Om skolen gjennomførte sløyfer på egen hånd etter at avtalen var slutt.",
            "Om skulen gjennomførte sløyfer på eiga hand etter at avtalen var slutt.",
            "Whether the school completed loops on its own after the agreement had ended.",
        ),
        formula=Words(
            "Skoleår etter partnerskapets slutt med minst én sløyfe uten lærerutdanner delt på skoleår etter"
            " slutten med svar, i inntil tre år. Hvor mange som har svart, vises først.",
            "Skuleår etter slutten av partnarskapet med minst éi sløyfe utan lærarutdannar delte på skuleår"
            " etter slutten med svar, i inntil tre år. Kor mange som har svart, vert vist først.",
            "School years after the partnership's end with at least one loop without teacher educators over"
            " school years after the end with an answer, up to three years. How many have answered is shown"
            " first.",
        ),
        numerator=Words(
            "Skoleår etter slutten med minst én sløyfe uten lærerutdanner",
            "Skuleår etter slutten med minst éi sløyfe utan lærarutdannar",
            "School years after the end with at least one loop without teacher educators",
        ),
        denominator=Words(
            "Skoleår etter slutten med svar",
            "Skuleår etter slutten med svar",
            "School years after the end with an answer",
        ),
        grain="school × school year",
        direction=Words(
            "Ingen er oppgitt i artikkelen; den sier ingenting om tiden etter.",
            "Inga er oppgjeven i artikkelen; han seier ingenting om tida etter.",
            "None stated in the article; it makes no claim about the time after.",
        ),
        caveat=Words(
            "Bare avsluttede partnerskap med svar er med; taushet er verken ja eller nei.",
            "Berre avslutta partnarskap med svar er med; togn er korkje ja eller nei.",
            "Only ended partnerships with an answer are counted; silence is neither yes nor no.",
        ),
        misuse=Words(
            "Skal ikke leses uten svardekningen: det er gjerne de ivrige skolene som svarer.",
            "Skal ikkje lesast utan svardekkinga: det er gjerne dei ivrige skulane som svarar.",
            "Not to be read without its coverage: it is often the enthusiastic schools that answer.",
        ),
        article_lines="746-747;832-834;902-903;994-996",
        needs=("school_year",),
        also_rests_on=("agreement_versions",),
    ),
    Indicator(
        indicator_id="I4",
        family="institutionalisation",
        comparability_class="K2",
        disclosure="distribution",
        family_kind="instrument",
        free_keys=("item", "answer"),
        label=Words(
            "Opplevd overføring til egen undervisning",
            "Opplevd overføring til eiga undervisning",
            "Perceived transfer to own teaching",
        ),
        meaning=Words(
            "Hva lærerne svarer når loggen spør om de tar med seg noe til egen undervisning.",
            "Kva lærarane svarar når loggen spør om dei tek med seg noko til eiga undervisning.",
            "What teachers answer when the log asks whether they take something into their own teaching.",
        ),
        formula=Words(
            "Fordeling av svarene på et spørsmål om overføring: svar med alternativet delt på svar på"
            " spørsmålet; ingen gjennomsnitt.",
            "Fordeling av svara på eit spørsmål om overføring: svar med alternativet delte på svar på"
            " spørsmålet; ingen gjennomsnitt.",
            "Distribution over the answer options of a transfer item: answers with the option over answers to"
            " the item; no mean.",
        ),
        numerator=Words("Svar med alternativet", "Svar med alternativet", "Answers with the option"),
        denominator=Words("Svar på spørsmålet", "Svar på spørsmålet", "Answers to the item"),
        grain="log round; school",
        direction=Words(
            "Ingen retning er bedre enn en annen.",
            "Inga retning er betre enn ei anna.",
            "No direction is better than another.",
        ),
        caveat=Words(
            "Kan bare sammenlignes når spørsmålet har samme ordlyd.",
            "Kan berre samanliknast når spørsmålet har same ordlyd.",
            "Comparable only where the item has the same wording.",
        ),
        misuse=Words(
            "Sier ikke at arbeidet virket, og skal ikke brukes til å vurdere lærere.",
            "Seier ikkje at arbeidet verka, og skal ikkje brukast til å vurdere lærarar.",
            "No claim of effect, and no appraisal of teachers.",
        ),
        article_lines="40-41;758-760;922-925",
        needs=("log_counts", "log_instruments"),
        also_rests_on=("log_rounds",),
        break_on=("method", "log_form", "collection_mode"),
    ),
    Indicator(
        indicator_id="I5",
        family="institutionalisation",
        comparability_class="K3",
        label=Words("Endringsfase med belegg", "Endringsfase med belegg", "Change phase with evidence"),
        meaning=Words(
            "Hvor partene sammen mener at arbeidet er, med henvisning til et belegg.",
            "Kvar partane saman meiner at arbeidet er, med tilvising til eit belegg.",
            "Where the parties together hold that the work is, with a reference to evidence.",
        ),
        formula=Words(
            "En liste, ingen andel: status notert av begge parter med minst én henvisning til belegg.",
            "Ei liste, ingen del: status notert av begge partar med minst éi tilvising til belegg.",
            "A listing, no share: a status noted jointly with at least one reference to evidence.",
        ),
        numerator=Words("Notater med statusen", "Notat med statusen", "Notes with the status"),
        denominator=None,
        unit="count",
        grain="school × school year",
        direction=Words(
            "Ingen; fasene er ikke trinn i en stige.",
            "Inga; fasane er ikkje trinn i ein stige.",
            "None; the phases are not rungs of a ladder.",
        ),
        parts=tuple(
            Measure(slice={"status": code}, label=said) for code, said in CHANGE_PHASES.labels.items()
        ),
        caveat=Words(
            "«Ikke grunnlag for å si noe» er også et svar.",
            "«Ikkje grunnlag for å seie noko» er òg eit svar.",
            "“No basis for a claim” is an answer too.",
        ),
        misuse=Words(
            "Ingen skole blir institusjonalisert av seg selv etter et visst antall sløyfer.",
            "Ingen skule vert institusjonalisert av seg sjølv etter eit visst tal på sløyfer.",
            "No school is promoted to institutionalised after a number of loops.",
        ),
        article_lines="713-715;994-999",
        needs=("notes",),
    ),
)

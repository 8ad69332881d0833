"""Definitions S1–S4: the three categories of support, from coded material."""

from __future__ import annotations

from innenfra.contracts.arenas import MODEL_ARENAS
from innenfra.contracts.indicators.definition import (
    CORRECTED,
    FIRST_EDITION,
    NO_DIRECTION,
    EarlierVersion,
    Indicator,
    Measure,
)
from innenfra.contracts.vocabulary import ARENAS
from innenfra.contracts.words import Words

SUPPORT_CATEGORIES = {
    "emotional_support": Words("Emosjonell støtte", "Emosjonell støtte", "Emotional support"),
    "organisational_support": Words(
        "Organisatorisk støtte", "Organisatorisk støtte", "Organisational support"
    ),
    "process_support": Words("Prosesstøtte", "Prosesstøtte", "Process support"),
}
STANCES = {
    "confirming_only": Words("Bare bekreftende", "Berre stadfestande", "Confirming only"),
    "challenging_only": Words("Bare utfordrende", "Berre utfordrande", "Challenging only"),
    "both": Words(
        "Både bekreftende og utfordrende",
        "Både stadfestande og utfordrande",
        "Both confirming and challenging",
    ),
}

SUPPORT = (
    Indicator(
        indicator_id="S1",
        family="support",
        comparability_class="K2",
        family_kind="codebook",
        label=Words("Støtteprofil", "Støtteprofil", "Support profile"),
        meaning=Words(
            "Hvilke av de tre slags støtte lærerutdannernes bidrag inneholdt.",
            "Kva slags støtte av dei tre bidraga frå lærarutdannarane inneheldt.",
            "Which of the three kinds of support the teacher educators' contributions held.",
        ),
        formula=Words(
            "Per hovedkategori: kodede bidrag fra lærerutdannere med minst én kode i kategorien delt på alle"
            " kodede bidrag fra lærerutdannere. Ett bidrag kan ha flere koder; andelene kan bli mer enn 1 til"
            " sammen.",
            "Per hovudkategori: koda bidrag frå lærarutdannarar med minst éin kode i kategorien delte på alle"
            " koda bidrag frå lærarutdannarar. Eitt bidrag kan ha fleire kodar; delane kan verte meir enn 1"
            " til saman.",
            "Per main category: coded contributions of teacher educators with at least one code in the"
            " category over all coded contributions of theirs. One contribution may have several codes; the"
            " shares may sum to more than 1.",
        ),
        numerator=Words(
            "Bidrag med minst én kode i kategorien",
            "Bidrag med minst éin kode i kategorien",
            "Contributions with at least one code in the category",
        ),
        denominator=Words(
            "Kodede bidrag fra lærerutdannere",
            "Koda bidrag frå lærarutdannarar",
            "Coded contributions of teacher educators",
        ),
        grain="school × school year × arena",
        direction=NO_DIRECTION,
        parts=(
            *(Measure(slice={"category": code}, label=said) for code, said in SUPPORT_CATEGORIES.items()),
            *(
                Measure(slice={"category": code, "arena": arena}, label=said.of(where))
                for code, said in SUPPORT_CATEGORIES.items()
                for arena, where in MODEL_ARENAS.labels.items()
            ),
        ),
        caveat=Words(
            "Kodeboka ble til ved én skole; andre kan trenge andre kategorier. Hvem som kodet, andel"
            " dobbeltkodet og enighet vises ved siden av.",
            "Kodeboka vart til ved éin skule; andre kan trenge andre kategoriar. Kven som koda, del"
            " dobbeltkoda og semje vert viste ved sida av.",
            "The codebook arose in one school; others may need other categories. Who coded, the share coded"
            " twice and the agreement are shown beside it.",
        ),
        misuse=Words(
            "En tredel av hver er ikke et mål, og antallet underkategorier (16, 10 og 27) er ingen vekt.",
            "Ein tredel av kvar er ikkje eit mål, og talet på underkategoriar (16, 10 og 27) er inga vekt.",
            "A third of each is no target, and the numbers of subcategories (16, 10 and 27) are no weights.",
        ),
        article_lines="327-334;520-531",
        needs=("coded_counts", "codebooks"),
        also_rests_on=("code_crosswalk",),
        break_on=("codebook",),
    ),
    Indicator(
        indicator_id="S2",
        family="support",
        comparability_class="K3",
        label=Words("Bredde og ukodet andel", "Breidd og ukoda del", "Breadth and unmapped share"),
        meaning=Words(
            "Hvor mange av kodebokas underkategorier som ble sett, og hvor mye som falt utenfor.",
            "Kor mange av underkategoriane i kodeboka som vart sett, og kor mykje som fall utanfor.",
            "How many of the codebook's subcategories were seen, and how much fell outside.",
        ),
        formula=Words(
            "Per kategori: ulike underkategorier som er sett delt på underkategoriene i kodebokversjonen; for"
            " seg: enheter med lokale koder uten kobling delt på alle enheter. En kode teller én gang i"
            " perioden, uansett versjon av kodeboka; nevneren er alle underkategoriene i versjonene som ble"
            " brukt.",
            "Per kategori: ulike underkategoriar som er sette delte på underkategoriane i kodebokversjonen;"
            " for seg: einingar med lokale kodar utan kopling delte på alle einingar. Ein kode tel éin gong i"
            " perioden, uansett versjon av kodeboka; nemnaren er alle underkategoriane i versjonane som vart"
            " brukte.",
            "Per category: distinct subcategories observed over subcategories in the codebook version used;"
            " separately: units with local or unmapped codes over all units. A code counts once in the"
            " period, whichever version of the codebook; the denominator is all subcategories of the versions"
            " that were used.",
        ),
        numerator=Words(
            "Ulike underkategorier som er sett",
            "Ulike underkategoriar som er sette",
            "Distinct subcategories observed",
        ),
        denominator=Words(
            "Underkategorier i kodebokversjonen",
            "Underkategoriar i kodebokversjonen",
            "Subcategories in the codebook version",
        ),
        grain="school × year",
        direction=NO_DIRECTION,
        parts=(
            *(Measure(slice={"category": code}, label=said) for code, said in SUPPORT_CATEGORIES.items()),
            Measure(
                slice={"measure": "unmapped"},
                label=Words("Ukodet andel", "Ukoda del", "Unmapped share"),
                numerator=Words(
                    "Enheter med lokale koder uten kobling",
                    "Einingar med lokale kodar utan kopling",
                    "Units with local or unmapped codes",
                ),
                denominator=Words("Alle kodede enheter", "Alle koda einingar", "All coded units"),
            ),
        ),
        caveat=Words(
            "Sjøsiden får alt på sin egen liste, siden lista ble til der; alle andre kommer skjevt ut.",
            "Sjøsiden får alt på si eiga liste, sidan lista vart til der; alle andre kjem skeivt ut.",
            "Sjøsiden has all of its own list, since the list arose there; every other school is at a"
            " disadvantage.",
        ),
        misuse=Words(
            "Skal ikke leses som et mål på fullstendighet.",
            "Skal ikkje lesast som eit mål på fullstende.",
            "Not a completeness score.",
        ),
        article_lines="334-518;217-218",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Per kategori: ulike underkategorier som er sett delt på underkategoriene i"
                    " kodebokversjonen; for seg: enheter med lokale koder uten kobling delt på alle enheter.",
                    "Per kategori: ulike underkategoriar som er sette delte på underkategoriane i"
                    " kodebokversjonen; for seg: einingar med lokale kodar utan kopling delte på alle"
                    " einingar.",
                    "Per category: distinct subcategories observed over subcategories in the codebook version"
                    " used; separately: units with local or unmapped codes over all units.",
                ),
                changed_because=Words(
                    "Årene ble lagt sammen, så samme kode ble talt flere ganger.",
                    "Åra vart lagde saman, så same kode vart talt fleire gonger.",
                    "The years were added, so that the same code was counted several times.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("coded_counts", "codebooks"),
        also_rests_on=("code_crosswalk",),
        break_on=("codebook",),
    ),
    Indicator(
        indicator_id="S3",
        family="support",
        comparability_class="K3",
        label=Words(
            "Bekreftende og utfordrende støtte",
            "Stadfestande og utfordrande støtte",
            "Confirming and challenging support",
        ),
        meaning=Words(
            "Om støtten i teamenes arbeid bekreftet, utfordret eller gjorde begge deler.",
            "Om støtta i arbeidet i teama stadfesta, utfordra eller gjorde begge delar.",
            "Whether the support in the teams' work confirmed, challenged or did both.",
        ),
        formula=Words(
            "Enheter etter lærerutdannerens holdning (bare bekreftende, bare utfordrende, begge) delt på alle"
            " kodede enheter fra teamarbeid med lærerutdanner; tre andeler med antall. Nevneren er alle"
            " kodede enheter, også dem uten holdning. Sløyfer uten lærerutdanner i teamene er ikke aktuelle.",
            "Einingar etter haldninga til lærarutdannaren (berre stadfestande, berre utfordrande, begge)"
            " delte på alle koda einingar frå teamarbeid med lærarutdannar; tre delar med tal på. Nemnaren er"
            " alle koda einingar, også dei utan haldning. Sløyfer utan lærarutdannar i teama er ikkje"
            " aktuelle.",
            "Units by the teacher educator's stance (confirming only, challenging only, both) over all coded"
            " units of team work with a teacher educator; three shares with n. The denominator is all coded"
            " units, also those without a stance. Loops without a teacher educator in the teams do not"
            " apply.",
        ),
        numerator=Words("Enheter med holdningen", "Einingar med haldninga", "Units with the stance"),
        denominator=Words(
            "Kodede enheter fra teamarbeid med lærerutdanner",
            "Koda einingar frå teamarbeid med lærarutdannar",
            "Coded units of team work with a teacher educator",
        ),
        grain="loop or school year, within the school",
        direction=Words(
            "Artikkelen forteller om gradvis mer utfordring sammen med støtte; ingen retning ellers.",
            "Artikkelen fortel om gradvis meir utfordring saman med støtte; inga retning elles.",
            "The article reports a gradual increase of challenging together with support; none otherwise.",
        ),
        parts=tuple(Measure(slice={"stance": code}, label=said) for code, said in STANCES.items()),
        caveat=Words(
            "Bygger på de få sløyfene med lærerutdanner i teamene; rekka har hull, og de fylles ikke.",
            "Byggjer på dei få sløyfene med lærarutdannar i teama; rekkja har hol, og dei vert ikkje fylte.",
            "Rests on the few loops with a teacher educator in the teams; the series has holes, and they are"
            " not filled.",
        ),
        misuse=Words(
            "Utfordrende er ikke bedre enn bekreftende.",
            "Utfordrande er ikkje betre enn stadfestande.",
            "Challenging is not better than confirming.",
        ),
        article_lines="405-407;585-588",
        definition_version=2,
        valid_from=CORRECTED,
        earlier=(
            EarlierVersion(
                definition_version=1,
                valid_from=FIRST_EDITION,
                formula=Words(
                    "Enheter etter lærerutdannerens holdning (bare bekreftende, bare utfordrende, begge) delt"
                    " på alle kodede enheter fra teamarbeid med lærerutdanner; tre andeler med antall.",
                    "Einingar etter haldninga til lærarutdannaren (berre stadfestande, berre utfordrande,"
                    " begge) delte på alle koda einingar frå teamarbeid med lærarutdannar; tre delar med"
                    " tal på.",
                    "Units by the teacher educator's stance (confirming only, challenging only, both) over"
                    " all coded units of team work with a teacher educator; three shares with n.",
                ),
                changed_because=Words(
                    "Enheter uten holdning var ikke med i nevneren.",
                    "Einingar utan haldning var ikkje med i nemnaren.",
                    "Units without a stance were left out of the denominator.",
                ),
                was_wrong=True,
            ),
        ),
        needs=("coded_counts", "codebooks"),
        also_rests_on=("code_crosswalk",),
        break_on=("codebook",),
    ),
    Indicator(
        indicator_id="S4",
        family="support",
        comparability_class="K2",
        family_kind="method",
        label=Words(
            "Metakommunikasjon på arenaene", "Metakommunikasjon på arenaene", "Metacommunication by arena"
        ),
        meaning=Words(
            "I hvor mange møter på hver arena dere snakket om hvordan dere arbeider sammen.",
            "I kor mange møte på kvar arena de snakka om korleis de arbeider saman.",
            "In how many meetings of each arena people talked about how they work together.",
        ),
        formula=Words(
            "Per arena: møter med aktiviteten metakommunikasjon delt på møter der aktiviteter er ført.",
            "Per arena: møte med aktiviteten metakommunikasjon delte på møte der aktivitetar er førte.",
            "Per arena: meetings with the activity metacommunication over meetings with activity coding.",
        ),
        numerator=Words(
            "Møter med metakommunikasjon", "Møte med metakommunikasjon", "Meetings with metacommunication"
        ),
        denominator=Words(
            "Møter der aktiviteter er ført", "Møte der aktivitetar er førte", "Meetings with activity coding"
        ),
        grain="school × year × arena",
        direction=NO_DIRECTION,
        parts=tuple(Measure(slice={"arena": code}, label=said) for code, said in ARENAS.labels.items()),
        caveat=Words(
            "Krever at skolene mener det samme med ordet.",
            "Krev at skulane meiner det same med ordet.",
            "Requires that the schools mean the same by the word.",
        ),
        misuse=Words(
            "Skal ikke bli en rute å krysse av.",
            "Skal ikkje verte ei rute å krysse av.",
            "Not a box to tick.",
        ),
        article_lines="22-23;511;530-531;792-793;905-909",
        needs=("meetings", "meeting_activities"),
        break_on=("method",),
    ),
)

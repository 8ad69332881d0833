"""The catalogue as cards, one per indicator with every field, in three languages.

Belongs here: from definitions to Markdown. Does not belong here: any definition
(`innenfra/contracts/indicators`).
"""

from __future__ import annotations

from innenfra.contracts.indicators import FAMILIES, INDICATORS, Indicator, Measure, slice_text
from innenfra.contracts.words import Words
from innenfra.derive.markdown import code, codes, document, table

TITLE = Words("Indikatorer", "Indikatorar", "Indicators")
INTRODUCTION = Words(
    "Hver indikator har ett kort: hva den betyr, hvordan den telles, hva den ikke skal brukes til, og hvor"
    " langt den kan sammenlignes. K1 kan sammenlignes mellom skoler, målt mot hver skoles egen avtale; K2"
    " bare innenfor samme skjema, mal, kodebok eller metode; K3 bare innenfor én skole over tid.",
    "Kvar indikator har eitt kort: kva han tyder, korleis han vert talt, kva han ikkje skal brukast til, og"
    " kor langt han kan samanliknast. K1 kan samanliknast mellom skular, målt mot kvar skule sin eigen"
    " avtale; K2 berre innanfor same skjema, mal, kodebok eller metode; K3 berre innanfor éin skule over"
    " tid.",
    "Each indicator has one card: what it means, how it is counted, what it is not for, and how far it may be"
    " compared. K1 may be compared between schools, measured against each school's own agreement; K2 only"
    " within the same form, template, codebook or method; K3 only within one school over time.",
)
FIELDS = {
    "label": Words("Navn", "Namn", "Name"),
    "family": Words("Familie", "Familie", "Family"),
    "meaning": Words("Betydning", "Tyding", "Meaning"),
    "formula": Words("Formel", "Formel", "Formula"),
    "numerator": Words("Teller", "Teljar", "Numerator"),
    "denominator": Words("Nevner", "Nemnar", "Denominator"),
    "direction": Words("Retning", "Retning", "Direction"),
    "caveat": Words("Forbehold", "Atterhald", "Caveat"),
    "misuse": Words("Ikke til", "Ikkje til", "Misuse"),
    "class": Words("Klasse", "Klasse", "Class"),
    "grain": Words("Enhet som telles", "Eining som vert talt", "Grain"),
    "unit": Words("Måleenhet", "Måleeining", "Unit"),
    "source": Words("Filer den bygger på", "Filer han byggjer på", "Files it rests on"),
    "break_on": Words("Brudd i rekka ved ny", "Brot i rekkja ved ny", "Series broken by a new"),
    "lines": Words("Linjer i artikkelen", "Linjer i artikkelen", "Lines of the article"),
    "version": Words("Versjon", "Versjon", "Version"),
    "earlier": Words("Tidligere versjoner", "Tidlegare versjonar", "Earlier versions"),
    "corrected": Words(
        "Den var feil og regnes ikke lenger.",
        "Han var feil og vert ikkje rekna lenger.",
        "It was wrong and is no longer counted.",
    ),
    "disclosure": Words("Vern av personer", "Vern av personar", "Protection of people"),
    "measures": Words("Mål", "Mål", "Measures"),
    "audience": Words("Leses av", "Vert lese av", "Read by"),
    "slice": Words("Utsnitt", "Utsnitt", "Slice"),
    "family_kind": Words("Sammenlignes innen", "Samanliknast innan", "Compared within"),
    "none": Words("ingen", "ingen", "none"),
    "since": Words("fra", "frå", "from"),
}
DISCLOSURES = {
    "structural": Words(
        "tall på ting, ikke på personer", "tal på ting, ikkje på personar", "counts of things, not of people"
    ),
    "respondents": Words(
        "andel av personer, med terskel og kantregel",
        "del av personar, med terskel og kantregel",
        "share of people, with threshold and edge rule",
    ),
    "distribution": Words(
        "svarfordeling, med terskel, kantregel og sammenslåing",
        "svarfordeling, med terskel, kantregel og samanslåing",
        "distribution of answers, with threshold, edge rule and merging",
    ),
}
AUDIENCES = {
    "school": Words("skolen alene", "skulen åleine", "the school alone"),
    "partners": Words(
        "skolen og institusjonene den har avtale med",
        "skulen og institusjonane han har avtale med",
        "the school and the institutions it has an agreement with",
    ),
    "owner": Words(
        "skolen, institusjonene og skoleeieren",
        "skulen, institusjonane og skuleeigaren",
        "the school, the institutions and the school owner",
    ),
}
FAMILY_KINDS = {
    "none": Words("", "", ""),
    "instrument": Words("samme loggskjema", "same loggskjema", "the same log form"),
    "template": Words("samme prosessmal", "same prosessmal", "the same process template"),
    "codebook": Words("samme kodebok", "same kodebok", "the same codebook"),
    "method": Words("samme metode", "same metode", "the same method"),
}


def render_indicator_cards(language: str) -> str:
    """All cards in one language."""
    listing = table(
        ["", FIELDS["label"][language], FIELDS["class"][language]],
        [
            [f"[{one.indicator_id}](#{one.indicator_id.lower()})", one.label[language], _classes(one)]
            for one in INDICATORS.values()
        ],
    )
    return document(
        TITLE[language],
        [INTRODUCTION[language]],
        listing,
        *(_card(one, language) for one in INDICATORS.values()),
    )


def _card(one: Indicator, language: str) -> list[str]:
    def in_language(words: Words | None) -> str:
        return words[language] if words else FIELDS["none"][language]

    fields = {
        "label": " · ".join(dict.fromkeys((one.label[language], one.label.nb, one.label.nn, one.label.en))),
        "family": FAMILIES[one.family][language],
        "meaning": in_language(one.meaning),
        "formula": in_language(one.formula),
        "numerator": in_language(one.numerator),
        "denominator": in_language(one.denominator),
        "direction": in_language(one.direction),
        "caveat": in_language(one.caveat),
        "misuse": in_language(one.misuse),
        "class": _classes(one),
        "disclosure": "; ".join(
            dict.fromkeys(DISCLOSURES[str(measure.disclosure)][language] for measure in one.measures)
        ),
        "unit": ", ".join(dict.fromkeys(str(measure.unit) for measure in one.measures)),
        "grain": one.grain,
        "source": codes(one.needs),
        "break_on": codes(one.break_on) or FIELDS["none"][language],
        "lines": one.article_lines.replace(";", ", "),
        "version": f"{one.definition_version}, {FIELDS['since'][language]} {one.valid_from.isoformat()}",
        "earlier": (
            "; ".join(
                f"{v.definition_version} ({v.valid_from.isoformat()}): {v.formula[language]}"
                f" {v.changed_because[language]}"
                + (f" {FIELDS['corrected'][language]}" if v.was_wrong else "")
                for v in one.earlier
            )
            or FIELDS["none"][language]
        ),
    }
    rows = [[f"**{FIELDS[name][language]}**", text] for name, text in fields.items()]
    heading = [f"## {one.indicator_id}", "", f"**{one.label[language]}.** {one.meaning[language]}", ""]
    return [
        *heading,
        *table(["", ""], rows),
        "",
        f"{FIELDS['measures'][language]}:",
        "",
        *_measures(one, language),
    ]


def _measures(one: Indicator, language: str) -> list[str]:
    headers = [
        FIELDS[name][language]
        for name in (
            "slice",
            "label",
            "numerator",
            "denominator",
            "unit",
            "class",
            "audience",
            "disclosure",
            "family_kind",
        )
    ]
    return table(headers, [_measure(measure, language) for measure in one.measures])


def _measure(measure: Measure, language: str) -> list[str]:
    free = "".join(f" + {key}" for key in measure.free_keys)
    return [
        code(slice_text(measure.slice)) + free,
        measure.label[language] if measure.label else "",
        measure.numerator[language] if measure.numerator else "",
        measure.denominator[language] if measure.denominator else FIELDS["none"][language],
        str(measure.unit),
        str(measure.comparability_class),
        AUDIENCES[str(measure.audience)][language],
        DISCLOSURES[str(measure.disclosure)][language],
        FAMILY_KINDS[str(measure.family_kind)][language],
    ]


def _classes(one: Indicator) -> str:
    return ", ".join(sorted({str(measure.comparability_class) for measure in one.measures}))

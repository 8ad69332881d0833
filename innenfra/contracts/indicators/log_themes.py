"""Definitions L1–L3: what the log's answers say, theme by theme, as distributions and never as a mean."""

from __future__ import annotations

from innenfra.contracts.indicators.definition import NO_DIRECTION, Indicator
from innenfra.contracts.words import Words


def _theme(indicator_id: str, label: Words, meaning: Words, misuse: Words, article_lines: str) -> Indicator:
    """A theme of the log: one row per item and answer option."""
    return Indicator(
        indicator_id=indicator_id,
        family="log_themes",
        comparability_class="K2",
        disclosure="distribution",
        family_kind="instrument",
        free_keys=("item", "answer"),
        label=label,
        meaning=meaning,
        formula=Words(
            "Per spørsmål i temaet og svaralternativ: svar med alternativet delt på svar på spørsmålet; aldri"
            " et gjennomsnitt i utgangspunktet.",
            "Per spørsmål i temaet og svaralternativ: svar med alternativet delte på svar på spørsmålet;"
            " aldri eit gjennomsnitt i utgangspunktet.",
            "Per item of the theme and answer option: answers with the option over answers to the item; never"
            " a mean by default.",
        ),
        numerator=Words("Svar med alternativet", "Svar med alternativet", "Answers with the option"),
        denominator=Words("Svar på spørsmålet", "Svar på spørsmålet", "Answers to the item"),
        grain="log round; school",
        direction=NO_DIRECTION,
        caveat=Words(
            "Kan bare sammenlignes når spørsmålet har samme ordlyd og loggen er samlet inn på samme måte.",
            "Kan berre samanliknast når spørsmålet har same ordlyd og loggen er samla inn på same måte.",
            "Comparable only where the item has the same wording and the log is collected in the same way.",
        ),
        misuse=misuse,
        article_lines=article_lines,
        needs=("log_counts", "log_instruments"),
        also_rests_on=("log_rounds",),
        break_on=("method", "log_form", "collection_mode"),
    )


LOG_THEMES = (
    _theme(
        "L1",
        Words("Loggtema: erfaringer", "Loggtema: erfaringar", "Log theme: experience"),
        Words(
            "Hva deltakerne svarer om erfaringene sine i sløyfa.",
            "Kva deltakarane svarar om erfaringane sine i sløyfa.",
            "What participants answer about their experience of the loop.",
        ),
        Words(
            "Skal ikke brukes til å måle trivsel eller til å vurdere team.",
            "Skal ikkje brukast til å måle trivsel eller til å vurdere team.",
            "Not a measure of well-being, nor for judging teams.",
        ),
        "316-317;579-581",
    ),
    _theme(
        "L2",
        Words("Loggtema: utbytte", "Loggtema: utbyte", "Log theme: benefit"),
        Words(
            "Hva deltakerne svarer om utbyttet av sløyfa.",
            "Kva deltakarane svarar om utbytet av sløyfa.",
            "What participants answer about the benefit of the loop.",
        ),
        Words(
            "Opplevd utbytte er ikke en virkning på elevene.",
            "Opplevd utbyte er ikkje ein verknad på elevane.",
            "Perceived benefit is no effect on pupils.",
        ),
        "316-317;579-581",
    ),
    _theme(
        "L3",
        Words(
            "Loggtema: lærerutdannernes deltakelse",
            "Loggtema: deltakinga til lærarutdannarane",
            "Log theme: teacher educators' participation",
        ),
        Words(
            "Hva deltakerne svarer om hvordan de opplevde lærerutdannernes deltakelse.",
            "Kva deltakarane svarar om korleis dei opplevde deltakinga til lærarutdannarane.",
            "What participants answer about how they experienced the teacher educators' participation.",
        ),
        Words(
            "Skal ikke brukes til å vurdere enkelte lærerutdannere eller rangere universiteter.",
            "Skal ikkje brukast til å vurdere einskilde lærarutdannarar eller rangere universitet.",
            "Not for judging single teacher educators, nor for ranking universities.",
        ),
        "316-317;575-581",
    ),
)

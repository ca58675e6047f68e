"""German: which rules are asked, in their order."""

from __future__ import annotations

from couples.hints.engine import Language
from couples.hints.german_capitals import shouted
from couples.hints.german_care import speaks_of_harm
from couples.hints.german_covers import uncovered
from couples.hints.german_judgements import RULES as JUDGEMENTS
from couples.hints.german_kindness import meant_well
from couples.hints.german_motives import RULES as MOTIVES
from couples.hints.german_orders import RULES as ORDERS
from couples.hints.german_stings import RULES as STINGS
from couples.hints.german_structure import RULES as STRUCTURE
from couples.hints.german_totals import RULES as TOTALS
from couples.hints.german_vague import vague_word
from couples.hints.german_words import excuse_of, pattern_of, plain_german
from couples.hints.voices_german import VOICES

GERMAN = Language(
    plain=plain_german,
    speaks_of_harm=speaks_of_harm,
    meant_well=meant_well,
    uncovered=uncovered,
    phrases=(*TOTALS, *JUDGEMENTS, *MOTIVES, *ORDERS, *STINGS),
    structure=STRUCTURE,
    shouted=shouted,
    vague_word=vague_word,
    pattern_of=pattern_of,
    excuse_of=excuse_of,
    voices=VOICES,
    marks="„“",
)
find = GERMAN.find

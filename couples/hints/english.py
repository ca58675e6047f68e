"""English: which rules are asked, in their order."""

from __future__ import annotations

from couples.hints.engine import Language
from couples.hints.english_asked import RULES as ASKED
from couples.hints.english_broad import RULES as BROAD
from couples.hints.english_capitals import shouted
from couples.hints.english_care import speaks_of_harm
from couples.hints.english_covers import uncovered
from couples.hints.english_deeds import RULES as DEEDS
from couples.hints.english_idioms import RULES as IDIOMS
from couples.hints.english_judgements import RULES as JUDGEMENTS
from couples.hints.english_kindness import meant_well
from couples.hints.english_motives import RULES as MOTIVES
from couples.hints.english_orders import RULES as ORDERS
from couples.hints.english_stings import RULES as STINGS
from couples.hints.english_structure import RULES as STRUCTURE
from couples.hints.english_totals import RULES as TOTALS
from couples.hints.english_vague import vague_word
from couples.hints.english_words import excuse_of, pattern_of, plain_english
from couples.hints.voices_english import VOICES

ENGLISH = Language(
    plain=plain_english,
    speaks_of_harm=speaks_of_harm,
    meant_well=meant_well,
    uncovered=uncovered,
    phrases=(*TOTALS, *JUDGEMENTS, *MOTIVES, *ORDERS, *STINGS, *BROAD, *DEEDS, *ASKED, *IDIOMS),
    structure=STRUCTURE,
    shouted=shouted,
    vague_word=vague_word,
    pattern_of=pattern_of,
    excuse_of=excuse_of,
    voices=VOICES,
    marks="“”",
)
find = ENGLISH.find

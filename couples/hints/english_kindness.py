"""English: signs of kindness, beside which no rule speaks: thanks, love, play, own regret."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from couples.hints.english_words import phrases
from couples.hints.reading import Sentence

# In the same sentence or in the one beside it.
WARM = """
    (?<!say )(?<!saying )(?<!simple )(?<!single )(?<!a )thank you !> would !> for (nothing
        |ruining|not)
    thanks >> (END|so much|again|love|for (being|all|your|everything|the|helping|making|that))
    i ADV (appreciate|adore|admire|treasure|cherish)
    i [am|was|feel|felt] ADV (grateful|thankful|glad|lucky|proud|relieved|impressed|touched
        |delighted)
    i love you
    (?<!to )love you
    i am ADV proud of
    i am ADV sorry >> (END|for|that i|about|i)
    (haha|joking|kidding|just teasing|only teasing|happy birthday|congratulations|well done|bravo)
    (gorgeous|delicious|wonderful|beautiful|lovely) >> END
    (that is|how) (wonderful|lovely|sweet|great)
    (made|make|makes) (me|us) (laugh|smile)
    come home safe
"""
# In the same sentence only.
FRIENDLY = """
    i ADV (love|like|enjoy|value|respect) >> (it|that|how|the|you|your|to|when|what|watching
        |listening|being|sitting)
    i do not mind
    (was|so|it is|is) [so] (sweet|funny|worth it|lovely|good|kind)
    (that|which|it) (is|was) ADV (fine|okay|alright|no problem|understandable)
    (no worries|no rush|no problem|we laughed|we still found|(we both(?! know it))|both of us
        |you and i|my fault|i was wrong|i was too|and so do i|and so did i|that works
        |i should have (said|asked|told|listened|waited|helped|thanked))
    i worry about you
    i was worried
    (are you ill|are you unwell|are you all right|are you well|are you okay|can i help
        |do not worry)
    (made|make|making) me (blush|laugh|smile|happy|proud)
    what a (lovely|sweet|nice|wonderful|beautiful)
    in (the nicest|a good|the best) (way|ways)
    you deserve
"""


@cache
def _warm() -> re.Pattern[str]:
    """Return the signs that reach to the next sentence."""
    return phrases(WARM)


@cache
def _friendly() -> re.Pattern[str]:
    """Return the signs that are good for their own sentence."""
    return phrases(FRIENDLY)


def meant_well(sentences: Sequence[Sentence]) -> list[bool]:
    """Tell of each sentence whether it is meant well, by its own words or by those beside it."""
    warm = [bool(_warm().search(each.plain)) for each in sentences]
    return [
        any(warm[max(0, place - 1) : place + 2]) or bool(_friendly().search(each.plain))
        for place, each in enumerate(sentences)
    ]

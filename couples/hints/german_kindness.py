"""German: signs of kindness, beside which no rule speaks: thanks, love, play, own regret."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from couples.hints.german_words import phrases
from couples.hints.reading import Sentence

# In the same sentence or in the one beside it.
WARM = """
    (danke|dankeschön|vielen dank) !> (für nichts|für gar nichts|auch)
    (ich liebe dich|ich habe dich lieb|habe dich lieb|lieb dich)
    (ich bin|bin) ADV (dankbar|froh|stolz|glücklich|gerührt|erleichtert)
    (entschuldige|entschuldigung|verzeih|verzeihung|sorry) >> (END|bitte|dass ich|für mein~|ich|mir)
    es tut mir ADV leid
    (?<!es )tut mir ADV leid >> (, dass ich|, ich|END)
    (haha|hihi|lol|spaß beiseite|kleiner scherz|nur spaß|war nur spaß|scherz|glückwunsch)
    alles gute
"""
# In the same sentence only.
FRIENDLY = """
    ich (mag|liebe|schätze|bewundere|genieße) ADV (das|es|dich|dein~|wie|an|sehr|,)
    (das|was) (mag|liebe|schätze|bewundere) ich ADV >> (END|an|so)
    (mag|liebe|schätze) ich ADV an dir
    (gefällt mir|finde ich (schön|süß|toll|lieb|gut|klasse)|macht (mir|uns) freude)
    (ich finde|finde) (das|es) ADV (schön|süß|toll|lieb|gut|klasse|lustig)
    (mein fehler|meine schuld|ich war zu|war auch nicht fair|ich auch nicht|ich auch|ich genauso
        |wir beide
        |uns beide|uns beiden|uns beid~)
    (mach dir keine|kein problem|kein stress|keine eile|nicht schlimm|kein ding)
    (süß von dir|lieb von dir|toll von dir|nett von dir)
    (zum lachen|zum schmunzeln|zum lächeln)
    (geht es dir|bist du) ADV (gut|krank|müde|okay|traurig|sauer|erschöpft) !> du
    (mache ich|mache mir) ADV sorgen
    (soll ich|kann ich dir|darf ich dir|wollen wir|lass uns|sollen wir|können wir|könnten wir|hast
        du lust)
    ich sorge mich
    du fehlst (mir|uns)
    du hast recht
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

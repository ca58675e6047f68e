"""English clauses that no rule looks into: "When you …", thanks, requests, other people's words."""

from __future__ import annotations

import re
from functools import cache

from couples.hints.english_words import compiled
from couples.hints.reading import blotted

_PRONOUN = "(?:i|we|it|he|she|they|my|our|that|this|there)"
_CLAUSE = f" (?=[,.?])| (?={_PRONOUN} )| (?=you (?:always|never|just|are so|are such) )"
_TURN = r" (?=but )| (?= [.?])| , (?=(?:so )?(?:stop|why|how|you (?:never|always)) )"
_BREAK = r" (?=[,.?])| (?=but )"
_FEELING = (
    "(?:love|like|adore|appreciate|admire|enjoy|value|treasure|cherish|miss|respect|loved|liked"
    "|enjoyed|missed|noticed with joy)"
)
_GLAD = (
    "(?:grateful|thankful|glad|proud|happy|lucky|touched|relieved|sorry|delighted|impressed"
    "|moved|pleased|blessed|worried|curious|in awe)"
)
LONGEST = 240
# What opens a clause, and how far the clause goes.
COVERS = (
    (
        " (?:when|whenever|while|once|as soon as|until|till|unless|in case|before|after|since) "
        "(?:you(?:'d)?|your|i|we) (?!(?:are|is) (?:you|it) )",
        _CLAUSE,
    ),
    (" (?<!as )(?:if|whether|even if|only if) (?:you(?:'d)?|your|i|we|either|one of us) ", _CLAUSE),
    (" (?:on|in) (?:days|nights|weeks|evenings|mornings|weekends|times) (?:when|that) ", _CLAUSE),
    (
        f" i (?:really |just |so |do |also |still |truly |always |would |have |'d )*{_FEELING} "
        "(?:it|that|how|the|when|what|you for|about|having|seeing|being|your|hearing|every|all) ",
        _TURN,
    ),
    (f" i (?:am|feel|was|felt) (?:so |very |really |just |also |truly )*{_GLAD} ", _TURN),
    (" (?:thank you|many thanks|thanks)(?! for (?:nothing|ruining|not|never)| to you) ", _TURN),
    (
        " (?:i|we) (?:do not|did not|would not|am not|never|have never|was not|are not) "
        "(?:really |just )*(?:think|believe|say|saying|said|mean|meant|claim|suggest|suggesting"
        "|want|blame|blaming|told|tell|feel like|feel|expect|need|mind|accuse|call|called|saw)"
        " (?!(?:like |that |as if |as though )?you (?:really |even |ever |truly |actually )*"
        "(?:care|love|understand|realise|realize|appreciate|listen|know|see|get|value|trust|respect"
        "|want|hear|notice|like|need|take|try)|to hear your|to be with you|your)",
        _BREAK,
    ),
    (
        " (?:never|not|hardly|no longer) (?:really |once |ever )*(?:thought|believed|said|felt"
        "|think|believe|say|saw|found|feel)(?: that| like)? you (?!do |did |care|love|listen)",
        _BREAK,
    ),
    (" not (?:true |the case |saying |because |so )?that you ", _BREAK),
    (" (?:nobody|no one) (?:is saying|says|said|thinks|blames) ", _BREAK),
    (
        " (?:you|he|she|they|mum|mom|mother|dad|father|sister|brother|friend|therapist|people"
        "|who|boss|someone|everyone|everybody|somebody|teacher|mia|counsellor|counselor) "
            "(?:also |just |once |often |always )?"
        "(?:said|told (?:me|us|her|him|them)|wrote|mentioned|asked|explained|feel|"
            "felt|worry|worried"
        "|thought|says|thinks|believe|tell me|told) (?:that |if |whether )?"
        "(?:you|i|we|your) (?!(?:are|were|know) (?:better|right|superior)|(?:will|would)|can )",
        _BREAK,
    ),
    (
        " i (?:once |also |just |always |wrongly |often )?(?:said|told you|called "
            "you|used to think|used to believe|wondered"
        "|thought|assumed|was afraid|imagined|accused you|shouted|complained)"
        " (?:that |if |whether |when |of )?",
        _BREAK,
    ),
    (
        " (?:i|we) (?:really |just |also |do |would |'d |only )*(?:hope|want|wish|"
            "need|like|love|prefer|trust|believe)"
        " (?:that |for |it if )?you (?!to (?:stop|quit|change|grow)|(?:were|was|would|"
            "could|did) (?:not|just|stop|ever)"
        "|but |more than you|and you ) ?",
        _BREAK,
    ),
    (
        " i (?:know|understand|see|realise|realize|can see|get|trust|believe) (?:that "
            "|how )?you (?:never meant|did not mean|are"
        "|have|work|try|tried|want|wanted|need|care|love|like|miss|had|did|do so "
            "much|always|were|feel)"
        " (?!ADV (?:INSULT|lying|hiding|cheating|trying to|just) |a NAME |only )",
        _BREAK,
    ),
    (" do you (?:ever |sometimes |also )?(?:feel|find|believe|wish|worry|mind) ", _BREAK),
    (
        "(?<!how)(?<!why)(?<!who)(?<!when) (?:could|would|will|can|shall|may|might) "
            "(?:you|we|i) (?!just |ever |for once |not |even "
        "|at least |be bothered|kill |please for once |once in |finally |stop |be "
            "(?:so|that) |learn )",
        _BREAK,
    ),
    (" (?:tell me|let me know|i wonder|say so|ask me|say) (?<!as )(?:if|whether|when|what|"
            "how|why) ", _BREAK),
    (" so that you | so you (?:can|could|do not|have|would|get|will|need) ", _BREAK),
    (
        " you (?:do not|did not|never|need not|will never|would not|will not)(?: always| ever)?"
        " (?:have|need|has|had|be expected) (?:to|any|anything) ",
        _BREAK,
    ),
    (" you never know ", _BREAK),
)  # fmt: skip


@cache
def _openers() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the patterns, built when first asked for."""
    return tuple((compiled(opener), compiled(end)) for opener, end in COVERS)


def uncovered(plain: str) -> str:
    """Return a sentence of the same length in which the covered clauses are blotted out."""
    return blotted(plain, _openers(), LONGEST) if " you" in plain else plain

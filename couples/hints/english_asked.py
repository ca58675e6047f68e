"""English: more questions that want no answer, where an innocent one is named as such."""

from __future__ import annotations

from couples.hints.english_broad import CALM
from couples.hints.shapes import Rule

QUESTIONS = Rule(
    "question",
    """
    do you even >> ADV (hear (yourself|me|what)|know|remember (what|how|our anniversary|my|the
        last|i)|want to be|see|get|live|try|have|own|love|read|look
        |register|clock)
    do you ever ADV (stop (to|ANYing)|think before|do anything|lift|say|hear|look up|put|take
        (any|responsibility)|own|admit|ask (me|how)|offer|tidy|pick up)
    do you not (care|see|think i|hear|realise|have (any|a) (shame|brain))
    do you need (me to (draw|spell it|wipe)|a (medal|map|round of|cookie|manual))
    (do you want|would you like|want|deserve) a (medal|round of applause|trophy|cookie)
    (could|can) you (be|get|care|try|do|make|sound) any (more|less)
    (can|could) you not ... for once in your life
    are you ADV (incapable|allergic to (work|housework|the|ANYing)|trying to (ruin|embarrass
        |hurt|start)|that (lazy|thick
        |stupid|INSULT|blind)|so INSULT|such a NAME|for real|(seriously|really) telling me|going
        to (sit there|lie there|stand there|just|ignore
        |sulk|blame|let|keep|be like this|apologise|help or))
    when (are|will) you (going to|ever|finally|gonna|actually) ADV (grow|stop|start|do something
        |get
        (a (job|grip|life|spine)|it|off|round)|learn|take (some|responsibility|me|it)|stand up
        |listen|realise|admit
        |fix|sort|pull|help|understand|put (me|us|your)|act|wake|deal|make|notice|treat|man up|face
        |show|think) !> taking
    when (have|has|did|do) you ever !> (been|seen|tried|eaten|had)
    when did you (become|get|turn|stop|start) ... (INSULT|STATE|cold|caring|loving|stranger|like
        this|noticing|listening)
    who do you think >> (pays|does|cleans|cooks|looks after|has to|irons|washes|buys|gets up|keeps
        |runs|sorts|ends up|you are STOP|puts) !> (first)
    what (is|was) the (point (of|in) >> ... (you|marriage|married|partner|husband|wife|talking
        |asking|trying|telling)|use of talking)
    what is (the matter|it|your (deal|problem|issue)) with you >> STOP
    what is it with you >> (STOP|always|never|and (your|being|not))
    how INSULT (can|could|do) you (be|get)
    how (much more|many more times|much longer|long) ADV (do|must|am|are|can|should) (i|you) ADV
        (have to (put|wait for you|beg|listen to|live|be|ask|take)|supposed to|expected to|put
        up|take|going to (ignore|sulk|keep|pretend|blame))
    is (that|this) ADV (it|the best you|the thanks|your idea|what you call|supposed to) >> (STOP
        |of|can|i get|a|an|be)
    is it any wonder >> (i|the|that)
    is it ADV (so|that|too) (hard|much|difficult) >> [for you] to (say|DUTY) !> you
    why (should|must) i ADV (always|be the|have to|do all|do everything|clean up|apologise|bother
        |believe|trust you|care) !> bring
    why (am|do|is it) (i|me) ADV (always|have to be|the one|that has to|doing all|even bother)
    why is it [that] (you (never|always|can|only|have)|so ADV (hard|difficult) for you)
    why do not you ever ADV >> ANY !> ... (let me|ask for|spoil|sing|rest|the window|wear the|use
        the)
    why (can|will) (not you|you not) ever >> ANY !> let
    (do i|must i|am i (supposed|meant) to|do i really|should i) ADV [have to|need to|just] ADV (do
        everything|draw you|spell|beg|read your mind|think of everything|put up|babysit|parent|nag
        |clean up after|be grateful for)
    what did i (expect|ever do to deserve|do to deserve)
    what more do you want
    what (kind of|sort of) (idiot|ANY) (does|forgets|leaves|says|would)
    how would you (like|feel) [it] if i >> (treated|spoke|ignored|did that|left|talked|never)
    can not you see (what|how|that) (you|i am)
    """,
    bare=True,
    unless=f"""{CALM}
    (next to me|lunch|carrots|of all|mayor|yourself)
    """,
)
RULES = (QUESTIONS,)

"""English: last words, weariness of the other, and stings."""

from __future__ import annotations

from couples.hints.shapes import Rule

_GONE = (
    "(we are ADV (finished|done|over|through)"
    "|i am ADV (leaving|gone|done|finished|divorcing|moving out|taking the kids)"
    "|i will ADV (leave (you|for good|this)|divorce|move out|find (someone|somebody)"
    "|take the (kids|children)|pack|tell everyone)"
    "|it is ADV over|you can ADV (leave|pack|move out|sleep on the|find someone|find somebody|go)"
    "|you will (be sorry|regret|lose me|never see)|i want a divorce|do not bother coming"
    "|there will be (consequences|trouble)|the marriage is over)"
)
_NOT_GONE = "(at|early|by|in|with the|home|first)"
ULTIMATUM = Rule(
    "ultimatum",
    f"""
    if you ADV (loved|respected|valued|trusted|appreciated|understood) >> (me|us|your family
        |this family|our) !> to
    if you ADV cared >> (END|about (me|us|this|our|your family)|you would|you'd|at all|enough)
    if you had (any|an ounce of|half a) >> (respect|decency|love|shame|heart|brain|feelings
        |consideration|backbone)
    if you were (a|any|half) >> (real|decent|good|proper|the) (PARTNER|partner)
    if (you|it|this|things|that|nothing) ... {_GONE} !> {_NOT_GONE}
    (either you|you either) ... or {_GONE} !> {_NOT_GONE}
    (stop|change|choose|do it|listen) ... or {_GONE} !> {_NOT_GONE}
    (one more|next time|once more|do that again) ... {_GONE} !> {_NOT_GONE} !> with the
    or else >> STOP
    (this is|it is|that was|this was) your (last|final) (chance|warning) >> (STOP|to (change
        |prove|stop|fix|show|be|make this)|i)
    (last|final) warning
    you (will|are going to) ADV be sorry >> END
    you (will|are going to) ADV (regret (this|that|it)|pay for (this|that|it)|lose me|die alone
        |end up alone) >> END
    i ADV (want|am getting|am filing for|will get) a divorce >> STOP
    (maybe|perhaps) we should [just] (separate|split up|get a divorce|break up) >> STOP
    it is [either] (me or (your|the|her|him|them|that)|my way or)
    """,
    bare=True,
    unless="""
    (film|loan|soup|pasta)
    """,
)
WEARY = Rule(
    "weary",
    """
    # Of the other.
    i (am|feel) ADV (sick|tired|fed up|done|disgusted|exhausted|bored|through|sick and tired) (of
        |with|by) you >> (STOP|, (and|you)|and your|always|never|not|all the|treating|being ADV
        (INSULT|STATE|late|on your))
    i [have|am|feel] ADV (sick|tired|fed up|done|ashamed|disgusted|exhausted|bored|sick and tired
        |had enough|had it) (of|with|by) [all] your [ANY] (HABIT|INSULT)
    i [have|am|feel] ADV (sick|tired|fed up|done|exhausted|sick and tired|had enough|had it) (of
        |with) ADV >> (cleaning up after you|picking up after|always being the|being (ignored
        |treated|blamed|lied to|your (maid|mother|servant)|taken for granted|the one who
        |the only one|told what|second|criticised|shouted)|having to (ask|beg|remind|nag|chase
        |do everything)|waiting for you STOP|listening to (you|your (complaints|excuses|lies))
        |hearing your|fighting with you|arguing with you|repeating myself|putting up with
        |doing everything (myself|alone|around|for)|begging|the (lies|excuses)|how you
        |the way you|this (marriage|relationship))
    i have [really] had (it|enough) (with|of) >> (you|this (marriage|relationship)) (STOP|and|, )
    i am [so] done with >> (us|this (marriage|relationship)|trying)
    i can not ADV (stand|bear|take|tolerate) >> (you (STOP|any more|anymore|when you)
        |your [ANY] HABIT|the way you|how you|being (around|near|married to) you|living with you
        |looking at you)
    i ADV (hate|detest|despise|resent) >> (the way you (talk|chew|treat|look at|speak|act|behave
        |eat|dress|drive|never|always|make|ignore|laugh at|handle)|how you (always|never|treat
        |talk|make|ignore|leave|act|speak)|you (STOP|for|so much)|your HABIT|that you (always
        |never|lied|ignore|treat|make me|do not)|being (married to|with) you STOP|living with you)
    i ADV hate it when you >> (do (that|this)|ADV WRONG|are ADV (late|INSULT|STATE|WRONGING)|act
        |talk (to me|down|like|over)|say that|make me) !> early
    i ADV regret >> [ever|having] (marrying|married|meeting you|met you|moving in with you
        |trusting you|saying yes to you)
    (wonder|know|remember|understand|question) why i >> [ever|even|still] (married|stay with
        |stayed with|put up with|bother with) you
    i wish i had never (met|married|trusted) you
    i wish you were not ADV >> [such a] (INSULT|STATE|NAME|always)
    i wish you were ADV (less|more) >> (INSULT|STATE|like|of a|mature|reliable|supportive
        |responsible|considerate)
    i wish you (would [just|finally|for once]|could just|could for once) >> (stop STOPIT|grow up
        |shut up|listen to me for once|for once|leave me alone|finally|ever)
    i wish you (cared|listened) >> (STOP|about|more|to me|enough)
    you ADV (disgust|bore|sicken|exhaust|annoy|irritate|infuriate|suffocate|repulse|drain) me >>
        (STOP|so|with|when|and|,)
    i can (not|never) [even|ever] (talk to|reason with|get through to
        |have a normal conversation with) you >> (STOP|about (anything|money|this)|any more
        |anymore|without|, you)
    i can (not|never) [even|ever] do anything right >> (for|with|in your|,)
    i can (not|never) please you
    """,
    bare=True,
    unless="""
    (being|you are|you to be) (ill|sick|away|in pain|hurting)
    """,
)
STING = Rule(
    "sting",
    """
    oh [,] please >> END
    must be (nice|great|lovely|easy|wonderful) >> [so|just] (to (sleep|sit|relax|do nothing|lie
        |have (someone|no|nothing|it|everything|a maid|time)|be (waited|you|able|so))|being
        |having (a|no|nothing))
    (wow|oh|well|gosh|look|so) [,] you [have] (actually|finally) >> (remembered|managed|did
        |bothered|helped|cleaned|listened|showed|cooked|noticed|washed|got up|decided|asked
        |called|put|apologised|came home)
    (oh|great|oh great|well|wow|wonderful|brilliant|fantastic) [,] >> (another (evening|night
        |weekend|day|excuse|lecture|promise|broken)|more (excuses|lies|complaints)
        |you are late again|here come)
    oh (great|wonderful|brilliant|lovely|fantastic) , >> (another|more (excuses|lies)|now you
        |you are late|here come)
    surprise , surprise
    sure , >> (because (your|you)|blame me|whatever|just (ignore|leave me|walk)|it is always
        |i am always|make it my|have it your)
    (right|yeah|yes|oh) , because (your|you are|i have nothing|i am the)
    yeah [,] right >> END
    (fine|okay) , (have it your|do what you|ignore me|whatever >> STOP)
    (typical|so typical|how typical|that is so typical|classic|how convenient|how mature
        |how original) >> (STOP|of you|, you|that you|for you)
    look who >> (finally|decided|has finally|is finally|remembered he|remembered she)
    so much for >> (your (promise|promises|word|help)|keeping|being|romance|teamwork|honesty)
    thanks (for|a lot for) >> (nothing|ruining|not|never|forgetting|making me wait|leaving me
        |wasting|embarrassing)
    some (PARTNER|help) you are
    poor you , >> (having|always|so|it must)
    nobody (asked|forced) you >> END
    """,
    bare=True,
    begin=True,
)
SNEER = Rule(
    "sting",
    """
    (nice|good|kind|lovely|glad) [of] you to >> (finally|show up|turn up|bother|grace|at last)
    nice of you to (finally|show up|turn up|bother|grace)
    glad you >> (could be bothered|finally (decided|bothered|remembered|noticed|showed)|bothered)
    of course you >> (forgot (again|my|our|to)|forgot STOP|did not|never|do not (care|know|want
        |remember|have time|listen|see)|are late|have no time|blame|have (an excuse
        |something better|better)|would not (understand|help|notice|care)|lost it|were too busy
        |are too busy|can not be)
    as if you >> (ever|cared|care|listened|even|would (care|help|notice|understand|ever|know)
        |had any)
    (just|exactly|so) like you to >> (forget|be (late|so)|leave|ruin|let me|miss|make (me|it)|not
        |blame|cancel|quit|complain|ignore|walk|start|do (this|that)|think only|say that|spoil)
    (there|off) you go again
    here we go again >> (with (the|your|this)|STOP)
    your (majesty|highness|lordship|royal highness)
    (mister|mr|miss|mrs|little miss) (perfect|know-it-all|always right)
    call yourself a (PARTNER|partner|friend)
    you call (this|that) >> [a|an] (help|helping|clean|cleaning|love|sorry|apology|parenting
        |romantic|tidy|trying|fair)
    a (thank you|sorry|hello|call|text) would (have been nice|not kill|have been too)
    (will|would) not hold my breath
    not that you (care|would care|noticed|would notice|would know)
    what a (surprise|shock) , >> you (are late|forgot|did not)
    """,
    bare=True,
)
RULES = (ULTIMATUM, WEARY, STING, SNEER)

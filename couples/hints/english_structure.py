"""English: sentences that begin with the other and tell what they do wrong; a quieter tip."""

from __future__ import annotations

from couples.hints.shapes import Rule

_DAY = (
    "(monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weekend|night|month|may|june"
    "|july|august|christmas|easter|march|april|october)"
)
# A fact with a day, an own feeling, an arrangement: told, and not thrown at anybody.
_CALM = f"""
    (on|last|until|since|in) {_DAY}
    (on|at) (mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekends|nine|noon)
    (yesterday|twice|let us|shall (i|we)|could (you|we)|would you|can we|do you|for me to)
    i (feel|felt|was|got|am feeling) ADV (sad|hurt|lonely|alone|worried|tense|anxious|nervous
        |scared|disappointed|upset|stressed|happy|glad|calm|relieved|embarrassed)
    i (missed|miss) (you|it)
    (i forgot too|so did i|neither do i|it was my fault|if you (like|want)|i understand
        |i know you)
    so i (took|left|ordered|made|bought|came|cooked|did it|will|brought)
"""
PERSON = Rule(
    "you",
    """
    you (are|were) ADV never >> ADV (home|here|there|satisfied|happy|on time|around|wrong
        |available|sorry|interested|ready|in the mood|grateful|pleased|honest|supportive
        |affectionate)
    you are ADV (a|the|such a) [absolute|total|complete] (nightmare|disaster|headache|horror
        |chore|trial) >> (STOP|to|at home|and|, )
    you are ADV (the most|the) ADV (INSULT|laziest|meanest|rudest|coldest|worst) ANY
    how ADV INSULT you >> (are|can be|were|have)
    (nobody|no one|who) else would [ever] (put up with|live with|stay with|want|marry) you
    (nobody|no one|who) would [ever] (put up with|live with|marry) you
    (is|was|are) ADV down to you >> END
    your (behaviour|behavior|attitude|tone|conduct|way of) ADV (is|was|has been) ADV
        (unacceptable|not acceptable|out of order|not okay|not fair|disgraceful|appalling
        |a problem|INSULT)
    your (behaviour|behavior|attitude|tone|priorities) (needs|need|has|have|must|stinks|sucks)
        >> ADV (to change|changed for|to stop|change|STOP|to improve)
    your (family|job|work|phone|friends|mother|hobbies|hobby|computer|career|car) ADV (always
        |comes first|come first|matters more|means more|is more important|is everything
        |has always) !> ... (and so|important to you)
    it is your (job|turn|duty|responsibility) to ... (and|but) you >> (do not|never|did not)
    you [have] ADV (forgot|forgotten) >> (again|, again|as usual|, as usual) ADV [,] (what|END|as)
    i wish you were not ADV (INSULT|STATE)
    half the time you >> (do not|are not|forget|ignore)
    [are] married to your (phone|job|work|car|computer|mother|desk)
    """,
    unless=_CALM,
)
DEEDS = Rule(
    "you",
    """
    # Done to the writer.
    you [have|just|even] [always|often] ADV (ignore|ignored|interrupt|interrupted|criticise
        |criticised|criticize|blame|blamed|judge|judged|mock|mocked|belittle|belittled|humiliate
        |humiliated|dismiss|dismissed|insult|insulted|embarrass|embarrassed|nag|lecture|accuse
        |accused|contradict|contradicted|exclude|excluded|undermine|undermined|attack|attacked
        |manipulate|patronise|disrespect|disrespected|stonewall|abandon|abandoned|neglect
        |neglected|overrule|ridicule|reject|rejected|scold|shame|pressure|betrayed|avoid|avoided
        |deceived) >> (me|my|us|our|everything|every|what i|anything|whatever) !> my silly
    you [have|just] ADV (lie|lied|shout|shouted|yell|yelled|scream|screamed|snap|snapped|swear
        |swore|laughed|sneer|rolled your eyes|roll your eyes) >> (to me|at me|at the (kids
        |children)|to us|about (the|it|your|where|money)|whenever|when|STOP)
    you ADV (forget|forgot) >> (everything|every|our|my|what i|about me|that i|anything)
    you [have] ADV (leave|left) >> (me (alone with|alone to|to (do|deal|clean|handle)|out of
        |hanging|waiting|with (all|the))|everything (to|for|lying|on)|all the|it all
        |your [ANY] STUFF (lying|everywhere|all over|on the|around|for me|in the)|the (dishes
        |kitchen|bathroom|mess|toilet) (dirty|for me|in a|to me)|a mess)
    you [have] ADV (broke|break|broken) >> (your|a|our|every) (promise|promises|word|agreement
        |trust)
    you [have] ADV (promise|promised|say|said|swore|agreed) ... (but|and|then) [then] (you
        |nothing|it) >> ADV (lit|never|do not|did not|have not|forgot|happens|happened|does not
        |is not|broke|went back|changed your)
    you [always] ADV (put|place) ... (before|above|ahead of|over) (me|us|our|your (family|own
        |wife|husband|kids))
    you ADV (choose|chose|prefer|pick) ... (over|to) (me|us|our|your own|your family) >> END
    you ADV (spend|spent|waste|wasted|blew|blow) >> ADV (all|every|more|most|half|too much|hours
        |so much|our) ... (on|at|with|in front of) (your|the|that|yourself|other|social) !>
        (best man|homework)
    you ADV (talk|talked|look|looked|speak) >> (down (to|on)|over me|through me|past me|behind my
        |about me (to|behind)|to me like (a|i|an|that|dirt)|at me (like|as if) i)
    you ADV (hide|hid) >> (behind|things from|money|everything|from me|your phone)
    you ADV (shut|push|pushed|lock|cut|freeze) >> me (out|off|away)
    you ADV (take|took|taking) >> ... out on (me|us|the)
    you ADV (walk|walked|storm|stormed|turn|turned) >> (away|out|off|your back) (whenever|when
        |from me|mid|in the middle|on me|every|as soon|STOP)
    you ADV (give|gave) >> me (the silent|the cold|no (support|credit|space)|so little|grief
        |nothing)
    you ADV (turn|twist|make|made|turned) >> (everything|every|it all|my words|me) (into|around
        |about|discussion|conversation|responsible|wait|the bad)
    you ADV (use|used|throw|threw|hold|held) >> (my|it|that|everything|things) [ANY] (against me
        |in my face)
    you ADV (put|put me) >> (me (down|last)|down in)
    you ADV (call|called) >> me (names|a|an|stupid|lazy|INSULT)
    you ADV (make|made) >> (fun of me|jokes about (me|my)|(all|every|big|the) [big] (decisions
        |plans)|plans without|decisions without|me look|no effort)
    you ADV (decide|decided|book|booked|buy|bought|invite|invited|arrange|changed|sold|spend
        |spent) >> ... (without (asking|telling|consulting|checking with) me|behind my back
        |over my head)
    you ADV (check|read|go through|went through) >> my (phone|messages|emails|diary|mail)
    you ADV (come|came) >> (home|in|to bed) ADV (late|drunk) >> (every|without|and|again|STOP|all
        |most)
    you ADV (sit|lie|play|scroll|watch|sleep) >> ... (while i|and i (do|have|clean|cook)|all (day
        |evening|weekend) (on|while|and))
    you ADV (expect|demand|want) >> (me to (pick|do everything|clean|read|drop|be your|apologise
        |handle)|everything (done|your)|too much|obedience|perfection)
    you ADV (treat|treated|are treating) >> (me|us|my|this) ... (like|as if|badly|with contempt
        |worse) !> ... (queen|king|your own|equal|gold)
    you have to >> (be right|win every|control everything|have the last word|get your way)
    you ADV keep >> (secrets|score|things from me|me (waiting|in the dark|at a distance)
        |everything to yourself|WRONGING|changing (the|our|my)|STOPIT|asking me why|forgetting
        |snooping|comparing|making (plans|promises|decisions))
    you ADV (are always|are|were) >> ADV (on your phone|glued to|checked out|absent|drunk
        |too busy for|obsessed with your|addicted to your|not (there for|pulling|listening
        |helping|being honest)) !> (today|at the|when)
    you ADV (side|sided) with >> (your|everyone|them|her|him)
    you have changed >> (and not|for the worse|so much i|STOP)
    # Not done.
    you (do|did|have|will|would|can) not ADV >> (help (me|with|at home|around|out|enough|STOP)
        |helped|listen (to me|when|STOP)|listened|do (anything|a thing|your share|your part)
        |done (anything|your)|lift a|lifted a|talk to me|talked to me|look at me|touch me
        |touched me|hug me|kiss me|pay attention|clean up after|pull your|support me|supported me
        |include me|tell me (anything|the truth|what|where)|answer (me|my)|show (any|me)|spend
        (any|enough)|make (time|an effort|any)|keep (your|any|promises)|hear a word|hear me
        |apologise|apologised|thank me|thanked me|consider|say (sorry|thank|a word|anything)
        |said sorry|contribute|remember (anything|my|our|what)|ask (me (about|how)|about|how i)
        |ask how|asked me|trust me|respect|have time for (me|us)|stick to|let me (finish|speak
        |talk)|back me|stand up for|take (my|responsibility))
    you ADV (barely|hardly|rarely|seldom|scarcely|no longer|stopped|almost never) >> [ever]
        (speak to|talk to|talking to|look at|looking at|touch|touching|kiss|kissing|hug|help
        |helping|listen|listening|notice|ask (me|about|how)|say (thank|sorry|a word)|caring
        |trying|making|clean|cook|come home|spend|do anything|show|pay|answer) !> of
    """,
    unless=_CALM,
)
RULES = (PERSON, DEEDS)

"""English: orders, and questions that want no answer."""

from __future__ import annotations

from couples.hints.shapes import Rule

DEMAND = Rule(
    "demand",
    """
    you ADV (should|ought to) >> ADV (help (more|me more|out|at home|with the|around|END)|know
        (by now|better|that by now|how i feel|what i)|be (ashamed|more|nicer|grateful|sorry|less
        |a better|home more)|apologise|apologize|stop STOPIT|learn to|listen (more|to me when
        |END)|try harder|do (more|your share|your part|something about)|change (your (attitude
        |tone|behaviour|ways)|END)|grow up|care more|respect me|have known better
        |take responsibility|control your|work on your (temper|attitude)|act like)
    you ADV (need to|have to|have got to|must|are going to have to) >> ADV (get your act|grow up
        |change (your (attitude|tone|behaviour|ways)|END)|learn to|stop STOPIT|listen to me
        |work on your|control your|apologise|apologize|admit|take responsibility|try harder|be
        (more|less|nicer|a better)|start (helping|listening|acting|being|taking|pulling|doing)
        |pull your weight|sort yourself|watch your (tone|mouth|language)|do more|help (more
        |me more)) !> gentle !> kind to yourself
    you'd [had] better >> (be (on time|there|sorry|ready|home)|sort|apologise|apologize|fix
        |change|start|explain|listen|behave|have a good (reason|excuse)|do (it|as|what)|not
        (forget|be late|ruin|embarrass|start|lie|say|do that|come)|pay|watch|get (it|this|that
        |your)|stop STOPIT|remember)
    you [had] better >> (be (on time|there|sorry)|sort (this|it)|apologise|apologize|explain
        |behave|have a good (reason|excuse)|do (it|as|what)|not (forget|be late|ruin|embarrass
        |start|lie|say|do that))
    you ADV (are|were) supposed to >> ADV (be (my|a|the) (PARTNER|partner|friend|adult)|help me
        |love me|care|support me|be on my side|be there for me|listen to me)
    (i|one|nobody) should not ADV have to >> ADV (ask|tell you|beg|remind|explain|chase
        |do everything|put up|deal with|live like|fight for|parent|justify|repeat|nag|spell)
    you could ADV (at least|at the very least|for once)
    the least you (can|could) do
    (it is|it would be|is it not) [high|about] time you >> ADV (grew|did (something|your)|helped
        |learned|learnt|started (helping|acting|listening)|apologised|stopped STOPIT|got (a job
        |off your|your act)|took (responsibility|some)|realised|changed your|listened|faced
        |admitted)
    i ADV (expect|demand|want|need|insist) you to >> ADV (stop STOPIT|change|shut|obey|grow up
        |quit|apologise|apologize|do as|behave|leave me alone|act)
    you will ADV (do as i|do what i|obey)
    """,
    unless="""
    you deserve
    i will (do|take|put|cook|drive|manage)
    """,
)
ORDER = Rule(
    "demand",
    """
    (stop|quit) >> ADV STOPIT !> so hard !> at (six|seven|eight|nine|ten) !> me (laugh|blush
        |smile) !> strong !> sorry
    (grow up|shut up|shut it|man up|act your age|get lost|go to hell|fuck (you|off)|piss off
        |screw you|get over (it|yourself|that))
    (give me a break|spare me|get your act together|pull yourself together|pull your weight
        |cut the crap|knock it off)
    get a (grip|life|clue) >> END
    get off your (backside|arse|ass|phone|high horse|bum)
    get out of my (sight|face|life)
    do your (share|part|bit|fair share) >> (END|for once|of|around|at)
    (use your (head|brain)|watch your (mouth|tone|language)|mind your own|lower your voice
        |look at yourself)
    (suck it up|deal with it|own up|admit it|be a man|snap out of it|do as i say|go cry
        |make yourself useful) >> (END|and|for|to)
    (learn to|show some|have some) >> (listen|respect|decency|shame|control|behave|manners
        |backbone|responsibility|consideration|interest in me|shut|live with it)
    leave me alone >> END
    (listen|help|try|do something|be honest|think of me|think about me|make an effort) for once
    for once in your life
    do not (you dare|lie to me|talk to me like|speak to me like|blame (me|this)|walk away
        |give me that|use that tone|take that tone|turn this|make this about)
    do not [you] (play (dumb|the victim|innocent|games)|act like (you|nothing|it|i)|pretend >>
        (you|to|that|it)|even (think|try|start))
    do not tell me >> (what to|how to|to (calm|relax|stop)|you (forgot|did|are)|it is not)
    do not be ADV >> (INSULT|sensitive|dramatic|difficult|such a ADV (NAME|baby|child|drama)|a
        (NAME|baby|child))
    """,
    begin=True,
)
WHY = Rule(
    "question",
    """
    why (can|could|will) not you ADV >> (just ADV|ever|once|for once|even) (DUTY|be ADV (on time
        |honest|nice|normal|happy|satisfied|more|less|quiet|a)|leave|go one|do)
    why (can|could|will) you not ADV >> (just ADV|ever|once|for once|even) (DUTY|be ADV (on time
        |honest|nice|normal|happy|satisfied|more|less|quiet|a)|leave|go one|do)
    why (can|could|will) not you ADV (DUTY|trust|accept|let go|be normal|control) !> me (to|for)
    why must you ADV >> (always|WRONG|be ADV (INSULT|STATE)|make)
    why do you ADV >> ADV (always|constantly) ADV (WRONG|WRONGING|be so)
    why do you ADV >> (never ADV GOODDEED|even bother|hate me|insist on|treat|ignore|blame|refuse
        |act like|act so|make everything|make me feel DARK|make it so)
    why do you (keep|have to keep) >> (WRONGING|STOPIT)
    why do you (always|constantly|have to|always have to) >> ADV (WRONG|be so|make (everything|me
        |it))
    why do not you ADV (ever|even) >> GOODDEED
    why do not you ADV (care|listen|trust me|love me|respect me|appreciate|understand|grow up
        |leave me alone|help me)
    why are you ADV >> (so|such a|always so|being so|being|always|always such a) ADV (INSULT
        |STATE|NAME) !> today
    why are you ADV (always|never) >> (WRONGING|STATE|home|there|on time|happy|satisfied|ready|so)
    why are you ADV (ignoring|lying|yelling|shouting|punishing|blaming|acting like|like this
        |like that|not listening|making this)
    why did you ADV >> (lie|ignore|not even|even bother|ruin|ever|marry me|have to (say|do that
        |ruin|make|tell|embarrass|bring))
    why am i ADV always the one
    why do i ADV (even bother|always have to|have to (ask|beg|remind|do everything))
    why is it ADV always (me|my|about you|up to me)
    why did i ever
    """,
    unless="""
    (smile|laugh|sweet|dance|sing)
    let me
    """,
)
REPROACH = Rule(
    "question",
    """
    (can|could|would) (not you|you not) ADV >> (just|ever|for once|for once in your life|even
        |once) ADV (DUTY|be|act|say|go a) !> (stay|five more|with me)
    can you ADV (for once|at least|ever) >> ADV (DUTY|be)
    can you [please] just >> (stop|shut|listen for once|grow|leave me alone|admit)
    can you [please] [just] stop STOPIT
    how many [more] times (do|have|must|did) i >> ADV (have to|got to|told|tell|asked|ask|said
        |say|need to|begged|explained)
    how ADV (hard|difficult|complicated) (is|can|could|would) it [be] [really] to >> DUTY
    how (could|can) you ADV >> ADV (be ADV (INSULT|STATE|blind|cold)|do (this|that|such)|say
        (that|this|such)|forget|treat|lie|even|not (see|know|care|remember|tell)|leave me|let
        (this|that|me)|ignore|hurt|betray|spend|expect|live with yourself|talk to me|speak to me
        |think that)
    how dare you
    is it ADV (so|that|too|really so|really that|asking) (hard|much|difficult|complicated) to
        >> DUTY !> you to
    is it too much to ask >> (for|that|STOP|to be)
    would it ADV (kill|hurt|be ADV (terrible|hard|bad|awful|difficult|much)) [you] ADV (to
        |if you) >> DUTY
    do you ADV (even|ever|not|not even|not ever) ADV >> (care|listen|think (about|of) (me|us
        |anyone|anybody|others|how i|what i|my|somebody)|love me|know (what i|how i|how hard)
        |hear me|realise|realize|understand|notice|appreciate|respect me|stop|apologise|consider
        |clean|help|do anything|ask me) !> how much i love
    do you have any idea (what you|how (hard (i|this|it is for)|hurtful|selfish|much (you hurt
        |it hurts|i do)|you make))
    do you ADV think >> (i am ADV (stupid|your (maid|servant|mother)|blind|an idiot|made of
        |a fool|crazy)|money grows|it is (funny|okay|fair|acceptable|normal) to|the ANY (does
        |cleans))
    do you ADV enjoy >> (hurting|making me|seeing me|being so)
    do you ADV (have to|always have to) >> ADV (be so|always|make everything|criticise|ruin|argue
        |be right)
    (is there something|what is) wrong with you >> STOP
    what is your [damn|bloody] (problem|excuse) >> STOP
    what (were|are|the hell were) you [even] thinking >> STOP
    (what|who|why|where) (the hell|the fuck|the heck)
    what on earth >> (is wrong|were you|are you|is your)
    what (do|did) you even do
    what do you do all day
    who do you think you are >> STOP
    when (are you|will you) (finally|ever) >> [going to] (fix|do|grow|help|learn|stop|start
        |listen|get it|understand|realise|take|admit|change|apologise|clean|sort|put|make an
        |look for)
    since when do you (care|help|listen|clean|cook)
    are you even >> (listening|sorry|trying|aware|interested)
    are you (deaf|blind|stupid|insane|out of your mind|kidding me)
    are you ever going to >> (listen|help|stop|change|grow|clean|do|apologise|fix|take|understand
        |admit|learn)
    have you (no (shame|respect|heart|manners)|lost your mind)
    have you ever (once|listened to me|apologised|considered (me|my|anyone)|thought about (me|anyone
        |my))
    did you even >> (listen|think|hear|notice|try|care|ask me)
    did you really have to >> (say|do|make|tell|bring|embarrass)
    must everything be about you
    who (does that|treats|says that to|forgets their|forgets his|forgets her)
    is that all you >> (can|have|care|do|think)
    """,
)
RULES = (DEMAND, ORDER, WHY, REPROACH)

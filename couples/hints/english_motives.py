"""English: what only the other can know, and feelings that are thoughts about the other."""

from __future__ import annotations

from couples.hints.shapes import Rule

UNCARING = Rule(
    "motive",
    """
    you ADV (do|did) not ADV care >> ADV (STOP|about (me|us|anyone|anything|my|our|how|what|this)
        |what|if|how|that|at all|enough|any more|anymore)
    you ADV (do|did) not ADV give a (damn|toss|shit|fuck|monkey's|thought)
    you ADV (do|did) not ADV (love|respect|trust|value|appreciate|believe|hear|understand|see
        |miss|need|like|find) me !> to !> (attractive in) !> , i know
    you ADV (do|did) not ADV (love|respect|value|appreciate) (us|this family|my (work|time|family
        |feelings)|what i|anything|anyone|how (much|hard))
    you ADV (do|did) not ADV want (me|us) >> (END|around|any|here|to (succeed|be happy|have))
    you ADV (do|did) not ADV want to >> (understand|listen|be with me|be here|know how i|hear
        |see me|spend|help|change|try|talk to me|talk about us|have sex|work on|admit)
    you ADV (do|did) not ADV (think about|think of|consider|notice) (me|us|anyone|how i|how it
        |what i|my feelings|when i am|anything i)
    you ADV (do|did) not take (me|us|this|anything) seriously
    you (do|did|have|are|can|could|would|will) not even >> (ask|asked|notice|noticed|look|looked
        |say|said|call|called|thank|thanked|think|thought|try|tried|trying|listen|listening
        |bother|bothered|tell me|told me|remember|remembered|want|care|apologise|apologised|hear
        |read|see|answer|answered|sorry|interested|like me|ashamed)
    you (do|did|will) not deserve (me|us|this family|my)
    you (could|can) not care less
    you (could|can) not be (bothered|arsed)
    you would not (understand|care|get it|notice|know the first) !> how !> any
    you have ADV no (interest in|time for|respect for|feelings for) (me|us|my|our|this|anyone
        |your (family|kids|children|wife|husband))
    you have ADV no (idea|clue) >> (what i (go|do|have to|put|feel|need)|how (hard i work
        |hard it is for|hard this|tired i|lonely|much (i do|work|it hurts|that hurts|you hurt)))
    you have ADV no (right to|excuse|intention of)
    you (love|only love|just love|really only love) (yourself|nobody but)
    (my|our) (feelings|needs|opinion|opinions|wishes|time|problems|job|work) ADV (do|does
        |did) not (matter|count|interest)
    (my|our) (feelings|needs|opinion|wishes) ADV (mean|means) nothing
    i ADV (mean nothing|am nothing|am invisible|am just a burden|am not important|do not matter
        |come last|come second) (to|for|with) you
    """,
    unless="""
    (on purpose|any more|any longer) and [that|it]
    """,
)
MOTIVE = Rule(
    "motive",
    """
    # On purpose.
    you ADV (do|did|are doing|forgot|forget|ignore|ignored|hurt|lost|broke|say|said|left|leave
        |come|came|provoke|provoked) ... (on purpose|to (hurt|punish|spite|annoy|provoke
        |humiliate|upset|test) me)
    you ADV (deliberately|intentionally|purposely|knowingly) >> (WRONG|ignored|hurt|lied|forgot
        |left|hid|broke|made me|said|provoked|did)
    you ADV trying to >> ADV (hurt|control|manipulate|punish|change me|provoke|guilt|isolate
        |humiliate|trick me|make me (feel DARK|jealous|look DARK|suffer)|start a fight
        |get rid of me|avoid me)
    you are ADV trying to >> ADV (hurt|control|manipulate|punish|change me|provoke|guilt|isolate
        |humiliate|trick me|make me (feel DARK|jealous|look DARK|suffer)|start a fight
        |get rid of me|avoid me)
    you ADV (enjoy|love|like) >> (hurting|humiliating|making me (look|feel) ADV DARK|making
        (a fool|fun) of me|seeing me (suffer|cry|fail|upset)|putting me down|playing the (victim
        |martyr)|being the (victim|martyr)|starting (fights|arguments)|embarrassing|watching me
        (suffer|struggle)|arguing with me|provoking)
    # Only.
    you ADV only [ever] care about >> ADV (work|yourself|money|your|what|winning|how you|the car
        |football|that)
    you ADV only [ever] (think|thought|talk) (of|about) >> (yourself|money|work|your (own|job
        |work|phone|friends))
    you ADV only [ever] (call|text|come home|talk to me|hug me|listen|help|say sorry|apologise
        |notice me|remember me|are nice|touch me) >> ADV (when|if|because|to get|_+)
    you ADV only [ever] (want|wanted|married|use|need) me >> (for|when|because|to)
    you ADV only (said|did) (that|it|this) (to|because)
    you ADV (just|only) use (me|us)
    you (clearly|obviously|apparently|evidently|plainly) >> (do not ADV (care|love|want|find
        |think|trust|respect|listen|understand)|did not ADV (care|listen|think|bother|want|try)
        |have better|have no|had no|hate|prefer|forgot|think i|could not be|are not (interested
        |listening|sorry|bothered))
    # What goes on in a head.
    you ADV think [that] you are ADV >> (better|perfect|smarter|cleverer|above|god
        |right about everything|superior|the only|so (smart|clever|perfect|important|special))
    you ADV think [that] you can just >> (do|say|leave|come|walk|get|treat|ignore)
    you ADV think [that] you (know (everything|better|best)|can get away|can do what)
    you ADV think [that] i am ADV >> (stupid|your (maid|servant|mother|enemy)|an idiot|a fool
        |DARK|made of|INSULT|nothing)
    you ADV think [that] (everything revolves|the world revolves|money grows|everyone (owes
        |has to)|only (of|about) yourself|nothing of|your job is more)
    you ADV think [that] (the|all the|my) ANY (does|do|cleans|cooks|fills|washes|pays|buys)
        (itself|themselves)
    you'd ADV rather >> ... than (be with|be here|spend|talk to|help|listen|here|me|us|with me
        |with us|come home|with your (family|wife|husband|kids)|your (family|own))
    you'd ADV rather (die|believe (him|her|them|your)|be anywhere)
    you (refuse|refused|are refusing|always refuse) to >> (talk|listen|help|admit|apologise
        |apologize|see|understand|discuss|compromise|change|answer|do|hear|even|share|speak|try
        |consider|clean|work|go to therapy|meet my)
    you ADV (care|cared|think|worry) more about >> (your|ANY than (me|us|about me|about us|our
        |your)|that|work than|the ANY than)
    you ADV (love|like|prefer|value|trust) ... (more than|over) (me|us|your (own|family|wife
        |husband|partner|kids|children)|our (kids|family|marriage))
    you ADV (act|acted|are acting|behave|behaved|live|carry on) (like|as if|as though) >> ADV (i
        |you are (single|the (boss|only|king|queen)|better|perfect|above)|a (child|spoiled|king
        |baby)|nothing|this is a hotel|we are strangers|you own|you do not|it is nothing
        |nobody) !> (am the best|hung)
    you ADV (treat|treated|are treating|talk to|speak to|look at) me (like|as if|as though)
        >> ADV [i am|i was] [just] (a|an|your|dirt|rubbish|nothing|stupid|i do not|crazy) !>
        (queen|king|princess|equal|lady|gentleman|friend|best)
    you ADV want me to >> (feel DARK|suffer|fail|beg|be (miserable|someone|somebody)|disappear
        |do everything|give up my|leave >> STOP|shut)
    you ADV want (to (hurt|punish|control (me|everything|my)|change me|own me|get rid of me
        |have it both)|everything your way|it both ways|a (maid|servant|slave|housekeeper|nanny))
    you ADV know (exactly|perfectly well|very well|full well|damn well) >> (what you are doing
        |what you did|what i mean|what i am|that|how much (i hate|it hurts)|it hurts|i hate)
    you ADV know how much >> (i hate|it hurts|that hurts)
    you ADV (expect|expected) me to >> (read your|do everything|always|drop|clean|just|wait|pay
        |pick|put up|know everything|shut|be your|jump|apologise|obey|handle)
    you are ADV (hiding (something|things)|lying|cheating|using me|playing games|testing me
        |taking advantage|looking for (a fight|an excuse|excuses)|making excuses|gaslighting
        |punishing me|manipulating|ignoring me|avoiding me|shutting me out|jealous of my
        |threatened by my|ashamed of me|embarrassed by me|bored with me|tired of me
        |seeing someone|having an affair|taking me for granted)
    you are ADV not (interested in (me|us|my)|sorry|attracted to me|in love with me
        |listening to me|pulling)
    you ADV (take|took|are taking) (me|us|everything i do|it all|everything|what i do|my work
        |my help) ADV for granted
    you know ADV nothing about (me|my|what i)
    i (bet|know|guess|suppose|am sure) you (did not even|do not even|are (lying|cheating|hiding)
        |regret|lied|only|hate me|do not (care|love|want me))
    """,
    unless="""
    not (on purpose|deliberately|intentionally|do it|trying)
    by accident
    """,
)
MATE = "(maid|servant|mother|slave|housekeeper|cook|nanny|roommate|flatmate|secretary|employee)"
THOUGHT = Rule(
    "thought",
    f"""
    # A thought about the other after "I feel like".
    i ADV (feel|felt|am feeling) ADV (like|that|as if|as though) [maybe|perhaps|sometimes] you
        >> ADV (do|did) not [even|really|ever|want to] (care|love|try|listen|want|trust|respect
        |understand|see|hear|value|appreciate|take|like|need me|believe|support|help|pay|notice
        |find|miss|think|make|have time|spend|talk)
    i ADV (feel|felt|am feeling) ADV (like|that|as if|as though) [maybe|perhaps|sometimes] you
        >> ADV (never GOODDEED|always WRONG|only|could not care|would rather|hate|ignore|take me
        |treat me|use me|blame me|judge me|look down|put ANY ANY before|think i am|think you
        |want me to|avoid|shut me|left me alone|leave me alone|push me|keep secrets|lie to|lied
        |control|criticise|dismiss|attack|forget (about me|me)|do everything|have no time|prefer)
    i ADV (feel|felt|am feeling) ADV (like|that|as if|as though) [maybe|perhaps
        |sometimes] you are ADV (always|never|using|lying|hiding (something|things)|not
        (listening|interested|there|trying|being|taking)|judging|pushing|ignoring|avoiding
        |punishing|blaming|attacking|cheating|checked out|bored|tired of|ashamed|embarrassed
        |against me|controlling|taking|slipping|drifting|losing interest|INSULT|STATE)
    i ADV (feel|felt) (like|that|as if|as though) i am ADV (your {MATE}|a {MATE}|talking to a
        (wall|brick)|nothing to you|invisible to you|the only one|walking on eggshells
        |living with a|not a priority|last on)
    i ADV (feel|felt) (like|that|as if) (nothing i do|no matter what i|it is always about you
        |i do not (matter|exist)|i can not (do anything right|trust you)|i have to (do everything
        |beg|parent|mother))
    i ADV (feel|felt) like (a|an|your) [unpaid|single|live-in] {MATE} >> (STOP|in|to you|here|and
        |for)
    """,
    unless="""
    you are not
    """,
)
FELT = Rule(
    "deed",
    """
    i ADV (feel|felt|am feeling|have felt|have been feeling) ADV [more and more] DEED >> (STOP
        |by you|in this|in our|at home|here|and|or|all the|every time|again|when (i|we)|whenever
        |lately|because you|around you|with you|, (and|by you|when))
    """,
    unless="""
    (never|no longer|not|less|hardly|boss|work|colleague|colleagues|team|as a child|at school
        |teacher|doctor|neighbours|neighbour|my job|my mother|my father|my family|my sister
        |my brother|by it|by them|by him|by her|conscience|bank|night shift|shifts|used to)
    """,
)
RULES = (UNCARING, MOTIVE, THOUGHT, FELT)

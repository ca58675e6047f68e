"""English: deeds, blame and motives in wide families, each with its own exceptions."""

from __future__ import annotations

from couples.hints.english_broad import CALM
from couples.hints.shapes import Rule

SPOILT = Rule(
    "blame",
    """
    you [have] [always|just|really|single-handedly|totally|also|completely|managed to|manage to]
        (ruin|ruined|wreck|wrecked|destroy|destroyed|spoilt|spoiled|poison|poisoned|sabotaged
        |hijacked|hijack|trashed|squandered|squander|wasted|botched|derailed|drained) !> (other
        |me for
        |yourself|us >> END|me >> END|us STOP|me STOP|the (dog|cat|kids|surprise)|him|her|them
        |no time|a good)
    you [have] ADV (turn|turned|turning) >> ... (sour|into (a|an|another|world) ADV (fight|row
        |drama|war|competition|lecture|battle|argument|joke|nightmare|misery|ordeal|crisis|pigsty
        |tip|bomb|courtroom)|on me|against me|nasty|ugly|cold)
    you [have] ADV (make|made|making) >> ... (miserable|unbearable|about (you|yourself)|a misery
        |hell|so awkward|feel (small|stupid|guilty|DARK)|uncomfortable|my life (hell|harder)|look
        (stupid|bad|small)|into a drama|beg|suffer|doubt myself|do (everything|all))
    you are the (one|person|reason|only one) (who|that|why|we|i) ADV (wrecked|ruined|broke|lost
        |lied|started|spent|left|caused|forgot|walked|cheated|made (this|us|me)|let|destroyed
        |insisted|wanted (this|to)|are (broke|in debt|late)|is always|has to|keeps|never|always
        |can not|do not|have no) !> the (dog|glass|vase|spare)
    (this|that|it|all this|all of this) is [all|entirely] [on|down to|because of] (you|your doing
        |your own doing|your mess) >> END
    it is [all|only] because of you [that] (i|we|the|my|our) >> ADV (stopped (seeing|talking)|lost
        |can not|never|have no|had to|do not|DARK|am (DARK|so)|are (DARK|broke|in|late|always)|is
        (DARK|gone)|left|missed|gave up (my|our))
    (thanks to|because of|with) your ADV (HABIT|spending|gambling|lateness|mother|job|career
        |ANYing|little|precious|great) ... (can not|lost|missed|had to|in debt|broke|late|never
        |nothing left|DARK|gone|no (money|savings|friends))
    your ADV [constant|endless] (HABIT|spending|gambling|mood|ego|tone|football|gaming
        |perfectionism|coldness|distance|snide ANY|jokes|silence|silences) [and your ANY] [always]
        >> ADV (is|are|has|have) ADV (ANYing|tearing|wearing|wrecking|ruining|poisoning|draining
        |costing|pushing|making|killing|destroyed|ruined|cost|worn|out of (hand|control|order)
        |beyond|childish|INSULT|a joke|too much|what is|why) !> adorable
    your ADV (HABIT|moods|mood|spending|drinking|mother|ego|tone|attitude|silence) ADV (ruin|ruins
        |spoil|spoils|poison|poisons|wreck|wrecks|hang|hangs|dominate|dominates|rule|rules|stink
        |stinks|suck|sucks|kill|kills|cost|costs|drag|drags|come first|comes first|runs|wear
        |wears|grate|grates)
    (that is|is) (what is wrong with (us|this|you)|your (problem|trouble) >> END|the (trouble
        |problem) with you)
    (the|whole|entire) [whole] (house|flat|family|evening|weekend|home) (has to|suffers|revolves
        |walks|tiptoes) >> ... (you|your|it|suffer)
    """,
    unless=CALM,
)
BAD = Rule(
    "blame",
    """
    you (take and take|take , take)
    you [have] ADV (chose|chosen|picked|put) ... (over|before|ahead of) >> (me|us) ADV [yet|once
        |all
        the|every] (again|again|time|STOP)
    you [have] ADV (broke|broken) the (one|only) promise
    you ADV (talk|talked|speak|spoke) to (me|the kids|my ANY) (as though|as if|like) >> (i|a|an
        |dirt
        |they|rubbish|one) !> (a friend|an adult)
    you ADV (forgot|missed|skipped|ignored) ... because you were (gaming|drunk|too busy|on your
        |hungover)
    your (family|mother|mum|mom|dad|father|sister|brother|friends|parents) (treats|treat|insults
        |insult|walks|walk|runs|run) >> (me|us|all|this) ... (dirt|and you|over|house|rubbish)
    you [have|are|had] [just|always|then|only|still|even|simply|either|literally] ADV BADVERB !>
        (the guitar|the duvet) !> on halloween
    you [have|just|always|then|only|still|even] ADV (leave|left|dump|dumped|throw|threw|drop
        |dropped) ... (everywhere|on me|for me to|for someone else|for everybody|to me >> (and
        |END)|me to (do|run|deal|clean|handle|carry|pick|sort|cope|it|manage|hold|face)) !> a note
    and left me to (do|run|deal|clean|handle|carry|pick|sort|cope|it|manage|hold|face)
    [and] (off you (trot|go|pop|run|went)|you let (her|him|them) >> (END|walk|run|speak|treat
        |talk|get away|do))
    you (sit|sat|stand|stood|lie|lay|lounge) [just] [there|around|about] ... (and (wait|watch|let
        |expect|do nothing)|like (a|you|nothing)|while i|doing nothing|scrolling|moaning)
    you just (sit|stand|lie|lounge|turn up|show up|watch|let|expect|assume|assumed|shrug|grunt
        |stare|walk|went ahead|announce|announced|carry on|left|leave|vanish|vanished|disappear
        |come and go|do what|laugh (at|it off|in)|take (it|the|my|me|what))
    you ADV (spend|spent|throw|threw|blow) money ... (water|confetti|like)
    you ADV (put|place|placed) >> [your] ANY [ANY] (first|before|above|ahead) >> (every|me|us
        |always|and|STOP|our|of (me|us)) !> us first
    you ADV (treat|treated|treating|use|using) ... (like|as) (a|an|your|the) ADV (hotel|servant
        |maid|bank|atm|cash|doormat|taxi|dump|restaurant|child|skivvy|punchbag|punchbag|employee
        |housekeeper|afterthought|launderette|burden|stranger|inconvenience|option|joke)
    you [just] (will|would|can|do|did|have|could) not ADV (talk about (anything|us)|lift|bother
        |admit|face|let (it|anything) (go|drop)|put (down|your)|make (any|an|time)|give me (a|any
        |an|the)|own up|stand up to|compromise|do a|answer (me|my|STOP|your phone)|get (it|me
        |off)|stop ANYing|take no for
        |see past|do it|change|appreciate|deserve (the|my|any|this)|care (about|if|what|who|how
        |STOP)|meet me|budge|look up
        |pull|know the (meaning|first)|have the|have (a|any) (clue|shame|decency|idea what i)
        |respect|want to (understand|know|hear)|give a|think|ask (me|how|if|before)|hear (me|a|it)
        |read the|a single|take (any|my|me|us|part|turns|responsibility|criticism|a joke)|pay
        (any|attention|your)|handle|finish|keep (your|a|anything)|last|stick|remember (a|my|our
        |one)|say (a|one|sorry)|share|contribute) !> think (straight|i|you|it|we) !> have to !>
        you
    you (can|could|do|will|would|did|have) not even !> (imagine|have to|need|complain|complained
        |like
        |sit|stand|flinch|begin|know how much i love|mind|get|blink|smile) >> ANY
    you can not ADV (do|go|take|cook|have|say|get|see|hold|sit|be|think|leave|stand|wait) >> ...
        (without (ANYing|a|me|your|checking|it)|a joke|criticism|anything right|further than your
        |on me|anyone but|for (five|one|two)|being wrong|me (alone|finish|happy|succeed)) !> me
    you (said|say|promised|promise|swore|will say|agreed) ... (and|but) [then] ... (did not happen
        |it never|you (will not|do not|did not|never|have not)|nothing (happened|happens|comes))
    """,
    unless=f"""{CALM}
    (not (on|by) purpose|rest|poorly|unwell|tired out|heart out)
    """,
)
MEANT = Rule(
    "motive",
    """
    you ADV (just|only|always) ADV (want|wanted|have|had|need|like|love) to >> (win|be right|be in
        charge|score|control|have the|hurt|make me|punish|get your|fight|argue|feel superior|be
        seen|look good|look like|impress|pick)
    you ADV only [ever] (say|said|do|did|apologise|apologised|come|came|help|helped|ask|asked
        |bother|agree|agreed|listen|speak|talk|text|call|remember|noticed|notice|look|think|clean
        |cook|hear|touch|buy|bought) ... (to|when|if|because) !> (much|you need)
    you ADV (pretend|pretended|are pretending) >> (to (listen|care|be (interested|asleep|busy|ill
        |working|sorry|nice)|not|help|like me|love)|not to|you (do|did|are|can|forgot|have)|that
        |nothing|everything|like) !> ... (it is so sweet|tuck)
    you ADV knew ADV (exactly|perfectly|full well|very well|damn well|how (much|important)) !>
        how to !> what (i needed|to (say|do))
    you ADV think [that] (because|just because|it is (okay|fine|funny|acceptable|normal|my job)|you
        get to|you can|you are (so|too|god|better|always|above|entitled|owed|the)|everyone|i
        (will|should|have to|exist|owe|am (your|here (to|for)|made|stupid|a (fool|maid|servant
        |idiot|mug|child|bank|machine|nag|joke)))|saying sorry|one|a bunch
        |flowers|being|money|sorry) !> you can (make|come|manage|do it)
    you'd (sooner|rather) >> ... than >> ADV (have|talk|be|spend|help|listen|come|me|us|face|admit
        |say|do|lift|sit|look|go anywhere|hear|touch)
    you'd ADV (forget your|lose your|leave your|argue with|complain if|be lost) !> guess
        !> (know|believe|never let|never (guess|hurt|believe|know|say)) !> believe !> without
        (music|maps|your glasses)
    you (will|are going to) ADV (say|tell me|promise) >> ... (and|but|then) ... (not|never|nothing
        |forget)
    you will [just|only|probably|as usual] ADV (do what you (want|like)|find (a|an|some) (excuse
        |reason) !> to dance|forget (again|anyway)|change your mind|blame|let me down|laugh it|make
        excuses|deny|twist|ruin|sulk|cancel|be late|never (understand|change|learn|listen|stop
        |admit|grow|get it|be (happy|satisfied))|not (change|listen|bother))
    you [just] (do not|will not|did not|can not) (get it|get me|see it|see the problem|listen)
    you (love|loved|like|prefer) ... more than >> ... (me|us|our|your (own|family|kids|wife
        |husband))
    you ADV (care|worry) >> ADV (more|less|only|too much) ... (than >> (about|for)  (me|us|how
        |our|my|your)|than (me|us)|think|neighbours|image|phone) !> ... ADV (things|people than)
        !> about your patients
    you are ADV (more|far more|only|just|only ever) >> ADV (interested|concerned|bothered|worried
        |loyal|married|in love|polite|nice|patient) ... (than (in|about|with|to|me|us|how|our
        |your own)|yourself|when you (need|want))
    you are ADV [far|way|always] too ADV (INSULT|busy|proud|lazy|cheap|drunk
        |wrapped up|scared|tight|self-important|full of|good|important|weak|cold|grand) >> ADV (to
        |for|in|with) !> me !> (sleep|eat|rest|feed|work|drive|cook (tonight|today)) !>
        in (june|may)
    (i|my ANY|we|your (kids|children|family|son|daughter)) ADV (come|comes|am|are|is) ADV (last
        |second|bottom|never first|invisible|an afterthought|just an afterthought|bottom of)
        (with|to|after|for) >> (you|your)
    (i|we) ADV (do|does) not [even] (exist|matter|count|register) (to|for|with|in your)
    (nothing|anything|everything) i (say|do|feel|want|suggest|cook|wear) ADV (goes|matters|is|gets
        |counts|falls) ADV (in one|wrong|stupid|ignored|dismissed|nothing|twisted|never|not good)
    """,
    unless=f"""{CALM}
    (flowers|bread|say the word|worried|you care|because i asked|i asked)
    """,
)
TRACE = Rule(
    "blame",
    """
    # Anything at all that one does, and the end tells that it hurts.
    you ... (every [single] time (i|the (baby|kids|children))|whenever i|the (moment|second|minute)
        (i|you|things|it gets)|as soon as (i|things|it)) >> ... (talk|speak|cry|cries|try|ask|need
        |mention|bring|disagree|tough|hard|difficult|call|want|say|open|have (a|an)|get (home
        |upset))
    you ... ([right] in front of (me|everyone|everybody|my|our|the (kids|children|whole))|to
        save your
        life|when it suits you|still waiting|if it bit you|and nothing (has changed|ever (changes
        |happens))|and [you] (walk|run|walked) away|and you still|and never (say|once|ask|even)
        |and [then] (expect|blame|act|pretend|wonder|call it|deny|laugh) >> (me|as|like|why|it
        |you|at
        |nothing|that)|without a (word|thought|second)|like (it|that) is (nothing|normal|my)) !>
        (won
        |proposed|danced|sang)
    (a|an) (grown|fully grown|adult) (man|woman|adult) [and|who] ... (you|your|can not|does not
        |still)
    you ADV (make|made) ... about your >> ANY
    you ADV (make|made) it ADV (impossible|unbearable|so hard|very hard) to >> (love|like|talk
        |be|trust
        |live|want|help|reach|feel) !> be sad
    you are ADV (tight|mean|stingy|careless|reckless|irresponsible) with >> (money|our|me|the)
    you [always] (take|took|taken) (your|his|her|their|everyone's|everyone else's) [ANY] (side
        |part) !> in
    you ADV (sneak|slink|slope|run|bugger|swan|creep|skulk|disappear|vanish) [off|away|out] >> ...
        (every|whenever|as soon|when (i|the (kids|baby|work))|and leave|leaving me)
    you (were|are) ADV (flirting|cheating|lying|sneaking|hiding (behind|from|in)) >>
        (with|behind|to|on|about|through|while|again|your|when) !> with the baby
    you ADV (hurt|hurts|upset|offend|alienate|exhaust) (everyone|everybody|people|the people|all)
    you [have] let yourself go
    you owe (everyone|everybody|us|them|my ANY|the kids|our ANY) (an apology|an explanation|more
        |better)
    you ADV only ANY ... when (you (are (hungry|bored|drunk|lonely|in the mood|desperate)|need
        |want)|it
        suits|i (cry|shout|beg|nag|threaten)) !> want (tea|coffee|to talk)
    you ADV (love|enjoy|like) >> (the (attention|drama|power)|an argument|a fight|a row|being (right
        |worshipped|in charge)|to (argue|complain|moan|criticise|control|win|play))
    your [ANY] (HABIT|spending|drinking|silence|absence|coldness) (tells|shows|proves|says
        |speaks|means)
        >> ... (me|everything|i|how|what|about)
    (nothing|whatever|everything) i [ANY] (is|was) ADV (ever|never|always) ADV (good|enough
        |wrong|right
        |not good)
    (why is|is) (everything|it all|all of (it|this)) ADV [always] (my|up to me|on me|down to me)
    (is|would|be) ADV too much to ask >> STOP
    i can not believe i >> (fell|trusted|married|wasted|believed|put up|stayed|listened|still)
    i am (not|just) [just] your ADV (personal|private|unpaid|free) >> ANY
    do you have to >> ADV (comment|turn|chew|slam|shout|control|criticise|argue|interrupt
        |breathe|make (that|such|everything)|be (so|such|like)|ruin|spoil|embarrass|contradict|undo)
    """,
    unless=f"""{CALM}
    (i'd have|liked|i felt|i feel|i was|i got|shall we|proud|smile|hold|hug|hugged|kiss|kissed
        |running|kettle|stood up|jokes|bring|brought|cheer
        |comfort|wink|blush|joke|help me|love it|song|dance|sing|funny|birthday)
    """,
)
RULES = (SPOILT, BAD, MEANT, TRACE)

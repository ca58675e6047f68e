"""English: sarcasm, sayings and bills that carry a reproach by themselves."""

from __future__ import annotations

from couples.hints.english_broad import CALM
from couples.hints.shapes import Rule

SAYINGS = Rule(
    "sting",
    """
    oh (good|great|joy|lovely|super) [,] >> another ... (of|with) (you|your)
    how (nice|kind|lovely|sweet|generous|good) [of you] (that you|to|of you to) >> (finally|bother
        |grace|remember we|remember i|show up at last)
    must be nice to >> ... (every|all (day|night)|while i|when someone|without a care|cooked)
    (my (dad|mum|mother|father|sister|friends|parents)|everyone|they) (was|were) right about you
        >> STOP
    you'd think ... you (would|could|might) ADV (know|have|be|remember|at least|manage)
    just admit >> (that|it|you)
    (impossible|pointless|useless|hard) to (have a (normal|proper|decent|single)|talk|reason|get
        through|argue|discuss) ... (with|to) you >> STOP
    surprise [,] surprise
    same old (story|song|excuse|excuses|you|record|rubbish)
    (what else is new >> STOP|story of my life|big surprise|no surprise there|here comes the
        (lecture|excuse
        |sulk)|cue the (sulk|sulking|tears|excuses)|save your (excuses|breath|apologies)|save it
        |change the record|give it a rest|if you say so|good luck with that|lucky me|is not that
        (convenient|typical|rich)|that is rich|silly me|my mistake for|more fool me|colour me) !> ,
        i forgot
    (heaven|god) forbid (you|i|that you|anyone)
    do not ADV (strain yourself|bother [yourself] (pretending|lying|explaining|apologising|denying
        |asking|saying|making|helping|with (excuses|the excuses|your))|put yourself out|act [all]
        (innocent|surprised|hurt|clever)|come crying|start with (me|that|your)|flatter yourself
        |give me your
        |make me laugh >> STOP|worry about me , i)
    i do not (even|really) know why i (bother|try|keep|stay|married|ask)
    i do not know why i (bother|try|keep trying|stay|married|ask you|still|put up|expect)
    i (should|might) have known (you|better than|not to)
    (why do i|i do not know why i) [even] bother
    i can not believe you >> [have|would|actually|really] (forgot|lied|did (that|this) (STOP|to
        |again|in front)|said (that|it|this|those|such)|be so|left|spent|told|sold|ruined|missed
        |let|blamed|chose|did not|invited|went|think|still) !>
        remembered
    i can not believe you'd >> ADV (be|do|say|lie|leave|spend|treat|forget|even)
    i can not ADV (say|do|ask|mention|tell you|have|wear|buy|eat|sit down|open my mouth) ...
        without
        you [ANYing|getting|making|turning]
    (in|into) one ear
    (flying|fly|flew|flies) off the handle >> ... STOP
    you ... (blue moon|on a pedestal|high horse|eggshells|silent treatment|cold shoulder|lip
        service
        |empty promises|bare minimum|hand and foot|goalposts|double standards|victim card|blame
        game
        |own little world|head in the (clouds|sand)|head up|the piss|world owes|guilt trip
        |own backside|own way again|spoilt rotten|mood swings|holier than thou|twisted my words
        |puppy eyes|temper tantrum|no shame|have the nerve|have the cheek|bad guy|my face again)
        !> , i
    your ... (in the (clouds|sand)|on your shoulder|high horse|little tantrums
        |own little world|empty promises|two faces|sob story|sob stories|pity party|lame excuses
        |pathetic excuses|feeble excuses|usual excuses|(stupid|bloody|damn|precious) (phone|game
        |games|mother|job|work|car|football|friends|computer|excuses|hobby|series|laptop|career
        |golf|bike|weekend|sleep|time|family|son|little ANY|training)|sorry excuse
        |poor excuse|double standards|guilt trips|mind games)
    (walk|walking|tiptoe|tiptoeing|live|living) on eggshells
    (talking|speaking|married) to (a|the|that) [brick|blank] wall
    as well talk to (a|the|that) [brick|blank] wall
    (waste|wasting|wasted) my (breath|time|life|youth|best years) >> ... (you|STOP)
    (try|help|listen|do something|think|cook|clean|be nice|tell the truth|ask|smile|ANYing) (for a
        change|once in a blue moon|for once) >> END
    would not (hurt|kill|harm) you ADV [to|if]    you !> should ... for once >> END !> yourself
    (maybe|perhaps) (if|try) you ANY ... ((you'd|you would) ADV (know|see|understand|remember
        |have|not|notice|get it)|(i'd|i would|we'd|we would) ADV (not|want|feel like|trust
        |listen|still|respect)|things would) !> like
    (maybe|perhaps) you (should|could|ought to) (try|think about|have thought|listen|look|learn
        |start|stop|grow) !> the
    (fed up|sick|tired|had it|bored) (to the (back teeth|death|hind teeth)|of the|up to here)
        >> ... you
    to the back teeth
    keep (this|it|that) up and (i am|i will|we are|you will (be|end|lose|regret|find))
    (carry on|go on|continue) like (this|that) and (i|you|we)
    (congratulations|well done|bravo) [,] you (ruined|managed to ruin|have ruined|broke|forgot)
    ask me if i care
    (suit yourself|figures|as if|yeah whatever|whatever) >> STOP
    whatever , you
    you and your (ANY) (excuses|moods|mood|mother|lies|drama|ego|games|temper)
    you and your (excuses|moods|lies|drama|ego|temper|tantrums|precious)
    """,
    bare=True,
    unless=CALM,
)
BILL = Rule(
    "tally",
    """
    i (have to|had to) (ask|tell|remind|chase|text|call) you (ten|twenty|fifty|a hundred|a dozen
        |five
        |three|several|so many) times
    i deserve (better|more) (than|from) >> (this|you|that)
    (sick|tired|fed up) (of|with) ANYing >> (your (clothes|socks|dishes|stuff|mess|plates|shoes)|up
        after|after you|second to your|around your)
    (feel|is) like (i am|i have|i have got) (raising|bringing up|looking after) >> ... (kids
        |children
        |child|kid|teenager) ... you
    i ADV (have to|had to|should not have to|must|end up having to|always) ADV (beg|chase|nag|hound
        |babysit|parent|mother|tiptoe|remember absolutely|do your|clean up after|cover for|fight
        for
        |drag|pick up after|wait on|run after|book an appointment|lie for|make excuses for) ...
        (you|your) !> (so|if you)
    (i|we|nobody|one) should not ADV (need|have) to ADV (draw|ask|beg|spell|teach|tell|remind|chase
        |explain|be|nag|wait|fight|put|do|lie|hide|prove|justify|compete|earn|cope|feel)
    i am ADV the only one ADV (doing|trying|making (an|any)|pulling|earning|holding|keeping)
    i am ADV the only (adult|grown-up|grownup|responsible|sane) (one|person|adult|in|here|around)
    i [have] [always] (bend|bent) over backwards
    i [have] (run|work|worked|break|broke|slave|slaved|sacrificed|give|gave|given) >> (myself|my
        fingers|my back|away|everything|up (my|so much|everything)|you (the best|my|everything))
        ...
        (you|nothing|what i get)
    (get|got|getting) (nothing|zero|no thanks|no credit|grief) (back|in return|from you|for it)
    (this|that) is (what|all) i get >> (STOP|for|back|from|in)
    i have [got] (given you|wasted) [you] (the best|my best) (years|part)
    (may|might) [just] as well (be (talking|single|invisible|married|alone|living|dead|a|your)
        |talk|not (be|exist|bother)|live|speak|marry|have married)
    (like|as|being|not) (a|your|the|some) [unpaid|hired|bloody|glorified|live-in|personal|free]
        (maid
        |servant|skivvy|doormat|nanny|cleaner|housekeeper|slave|punchbag|punching bag|dogsbody|taxi
        |secretary|pa|cash machine|babysitter|single (mum|mother|parent|dad|mom)|chauffeur
        |afterthought|servant|waitress|launderette) >> (STOP|in (this|my own|our)|to (you
        |everyone)|for (you|this)|and you|here|while|around|,)
    (as|like) (if|though) i am [just|only|some] (staff|your|the (maid|cleaner|help|nanny|problem
        |miser|enemy)|a (maid|servant|child|idiot|stranger|burden|mug|fool)|invisible|nothing
        |made of|not (there|here)|stupid|crazy|in the way)
    (left|leave|leaves|leaving) (me|it all to me|everything to me) to (do it all|run|deal|clean
        |handle
        |carry|pick|cope|hold the|manage everything)
    (certainly|definitely|clearly) not you >> STOP
    (all|most) of it falls (on|to) me
    (everything|it all|all of it|the lot|the whole lot) (falls|lands|is (left|down)|gets left
        |ends up)
        (on|to|with) me
    (done|finished|through|had it|tired of) ADV [with] (picking up|cleaning up|tidying up|running
        |making excuses|covering|chasing|apologising|waiting) [up] (after|for|on) you
    (yet|but) you (can not|will not|do not|could not|never|have not|did not) even
    """,
    bare=True,
    unless=f"""{CALM}
    (the weather|when you were (ill|sick|away)|for your (birthday|surprise))
    """,
)
OTHERS = Rule(
    "comparing",
    """
    my ex would (never|not) have >> (done|said|treated|let|left|forgotten|spoken)
    (anyone|anybody|someone|a person) with (half a|a|any) (brain|heart|bit of|shred of)
    even ... (does|do|helps|manages|shows|pays|treats|listens|notices) ... (than you (do|ever
        |have)|better than you|more for me|more than you)
    (my|your|our|the|ANY's) [ANY] (husband|wife|partner|boyfriend|girlfriend|bloke|man|dad|mum|ex
        |brother|sister|neighbour|neighbours) ADV (manages to|would never (let|treat|speak
        |forget|do|say|leave|talk)|never has to|does not have
        to|at least|always says thank|does not need) !> (i would|been)
    ANY's (husband|wife|partner|boyfriend|girlfriend|bloke) ADV (manages|takes the|does (the|his
        |all|her)|helps|treats|earns|puts the|gets up|remembers|cleans) !> ... (on|in) (saturday
        |sunday
        |monday|tuesday|friday)
    (nobody|no one|none of (my|our) friends|no other ANY) [else|ANY] ADV (treats|speaks to|talks to
        |makes me feel|ignores|hurts|would put up|has to put up|lives like) ... (as (badly|bad)
        |like
        you|than you|worse|like this|that|with (you|this)) !> like you do
    (everyone|everybody|the kids|the children|my friends|your friends|our friends|my family|the
        whole (family|street)|people|all our friends|your own (mother|family|kids|brother|sister))
        ADV (can see|sees|knows|thinks|think|know|see|notice|notices|laughs at|says|say|agree
        |agrees|avoid|avoids|are sick of|is sick of|are tired of|do not even|does not even|walk
        |dread)
        ADV [that|how|what|it is] ... (you (are ADV (INSULT|a|the|not|being|using|never|always)
        |never
        |do not|treat|always|will (say|never)|can not|only|ignore)|little you|your (moods|temper)
        |you anymore|you any more)
    (everyone|everybody) (can see|knows|sees) (how|that|what|it) >> (little|badly|lazy|INSULT|you
        (are INSULT|treat|do not|never)|a (liar|cheat))
    (more|better|nicer|kinder|further) ... (than you (do|ever|have|are|did|will ever|would)|than
        you
        >> STOP) (with|to|for) (me|us) !> i
    you love ... more than (you|anything) (love|loved|have ever|ever|will ever) >> ANY
    (appreciate|respect|help|love|listen to|value|support|trust) me more than you do
    is beyond you
    (anyone|anybody|a (child|monkey|toddler|five-year-old|ANY-year-old|trained ANY)) (could|can
        |would)
        ADV (do|see|manage|work|understand|know|tell) (it|that|this|better|you|how|a)
    you (wouldn't|would not|could not) (last|survive|manage|cope) >> (a|one|five|two|an|without)
    """,
    unless=CALM,
)
DUES = Rule(
    "demand",
    """
    you (ought to|should|could|need to|might|must) ADV (appreciate|respect|listen|help|care|value
        |thank|consider|do|try|think) ... more [often] than you do
    you ADV (need to|have to|have got to|must|should|had better|ought to) ADV (stop|quit)
        (STOPIT|spending|hiding|ANYing (me|my|our|at (me|us)|like|around|behind|off|everyone
        |everything (into|about)|your (moods|temper)|all our|so much (time|money))) !> yourself
        !> for me
    you ADV (must|need to|have to|should) ADV (do (your|more (of|around))|pull your|show (some
        |me some)
        |earn|choose between|pick a side|wake up|think before|look at yourself|look in the mirror
        |sort your|get (a (grip|job|life)|off|over|your head)|face|put (me|us|your family) first|be
        a (man|better|proper|real)|make up your mind|treat me)
    you could ADV (try (listening|helping|asking|saying|being|thinking|cleaning|doing|showing
        |talking)|make an effort|have ADV (told|called|asked|warned|said|thought|helped
        |apologised|bothered|rung|texted|let me)) !> (helping|a|asking me) anything
    (start|try) (acting like|behaving like|being a|thinking (about|of) (someone|anyone|me|others
        |other)|pulling your|taking responsibility|treating me)
    think about (someone|somebody|anyone|anybody) (other than|but|else)
    """,
    unless=CALM,
)
RULES = (SAYINGS, BILL, OTHERS, DUES)

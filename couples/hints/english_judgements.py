"""English: labels for a person, blame for what happened, and other people held up against them."""

from __future__ import annotations

from couples.hints.shapes import Rule

LABEL = Rule(
    "label",
    """
    # What somebody is.
    you (are|were|have been|have become|became|act|can be|are being|get|sound) ADV [always|such a
        |a|an|my|and] ADV INSULT !> (to (reach|beat|find)|about your|in a good|baby|child
        |at (cards|poker|chess|ANY faces))
    you ADV (stupid|selfish|lazy|pathetic|ungrateful|miserable|utter|total|complete|fucking
        |bloody) (idiot|jerk|liar|fool|NAME)
    you (are|were) [always] (so|too|always|always so|being so|incredibly|unbelievably|impossibly
        |way too|just too|being) ADV STATE !> (to|at|about|in|for|on|when|because|today|this
        |after|since)
    you (are|were|have become|have turned into|sound like|act like|are being) ADV [such|like
        |nothing but|always] (a|an|the) ADV [big|total|complete|lazy|selfish|real|stupid|little
        |pathological|damn] NAME !> (at|about|not to|when it)
    you (are|were) ADV (a|an|the worst) (terrible|lousy|awful|useless|horrible|poor|hopeless
        |rubbish|shitty|pathetic|dreadful|bad|rotten|sorry) (listener|partner|husband|wife|father
        |mother|dad|mum|mom|parent|boyfriend|girlfriend|person|excuse|lover|friend)
    you (are|were) ADV (no|not much of a) [real|good|proper|decent] PARTNER
    you (are|have become|are turning into|are becoming|sound|act|behave|are getting) ADV (like
        |exactly like|the same as|as bad as|worse than) your KIN !> when (he|she) (laughs|sings
        |smiles) !> , (generous|kind|and i|so|bless|warm|funny|patient|gentle|lovely)
    you are ADV (overreacting|full of yourself|full of it|full of crap|out of your mind
        |good for nothing|the problem|in denial|beyond help|all talk|no better
        |not right in the head|a joke|hard work to)
    you have ADV (no|zero) [sense of] (respect|shame|empathy|consideration|manners|backbone|spine
        |heart|ambition|compassion|decency|conscience|gratitude|self-control|responsibility) !> of
    you can not (be trusted|control yourself|keep a secret|do anything right|think of anyone)
    you let yourself go
    # What comes of it.
    your ADV HABIT >> ADV (is|are|was) ADV (unbearable|killing|ruining|suffocating|disgusting
        |exhausting|driving|wearing|too much|the reason|annoying|a problem|the problem|tiring
        |destroying|making me)
    your ADV HABIT (wears|makes me|drives me|ruins|ruined|hurts|exhausts|disgusts|kills
        |has ruined|drive me|wear)
    i do not (respect|trust|believe) you >> [any more|anymore|at all] STOP
    i can not (respect|trust|believe) you >> (STOP|any|when|with|after|,|again|on)
    i [have] (married|live with|am stuck with|am married to|ended up with) (a|an|such a) [total
        |complete|lazy|selfish] (NAME|INSULT)
    (live with|living with|married to|be with) (someone|somebody|a man|a woman
        |a person) [who is] (so|that|as|this) INSULT
    what (a|an) INSULT (thing|way) to
    what (kind|sort) of [a] PARTNER >> (does|would|says|forgets|leaves|treats|are|acts|lets)
    what (kind|sort) of [a] (partner|person|friend) >> (does|would|says|forgets|leaves|treats
        |are you|acts|lets)
    what (a|an) [total|complete|lazy] NAME >> (STOP|you are)
    (like|is like) (living with|talking to|being married to|arguing with) a ADV [big|spoiled
        |second|brick] (child|teenager|wall|stranger|robot|lodger|ghost)
    (impossible|exhausting|unbearable|a nightmare|hell) to (live with|please|talk to|be with
        |deal with|love) you
    you are (impossible|exhausting|unbearable|a nightmare) to (live with|please|talk to|be with
        |deal with|love)
    """,
    unless="""
    you (are|were) (not|never|anything but|the least)
    (i was|was i) [so] wrong    (crazy|mad) about
    so am i
    """,
)
BLAME = Rule(
    "blame",
    """
    (it is|this is|that is|it was|this was|everything is|which is|all this is) ADV your [own|damn
        |bloody] fault
    because of you (we|i|the kids|everyone|our|my) >> ADV (missed|lost|can not (afford|trust|go
        |pay|see|have)|are (late|broke|in debt|DARK)|had to (cancel|sell|leave|move|pay|wait)
        |have no|never|am (DARK|late|broke|in debt)|feel DARK|is DARK|look DARK)
    because of you >> STOP
    thanks to you , [now] (we|i) >> [are|am] ADV (broke|late|in debt|missed|lost|have no|can not
        |had to|stuck|DARK|will miss)
    thanks to you (we|i) >> [are|am] ADV (broke|late|in debt|missed|lost|have no|can not|had to
        (cancel|sell|pay|wait)|stuck|DARK|will miss)
    were not for you , [we'd|i'd|we would|i would] ... (savings|money|a house|friends|happy|rich
        |finished|free|on time|better off|a life)
    were not for you (we'd|i'd|we would|i would) ... (savings|money|a house|friends|happy|rich
        |finished|free|on time|better off|a life)
    you [have] ADV (ruined|wrecked|spoiled|spoilt|destroyed|messed up|screwed up|sabotaged|ruin
        |wreck|spoil|destroy|trashed) >> ADV (my|our|everything|it|this|every|us|the) !>
        (bakeries|ANY for)
    you [have|really|just|both|always] ADV (let|failed) (me|us) (down|badly|again|when) !>
        (gently|easy|softly)
    you [have|always|are|really] ADV (make|made|makes|making) (me|us) [feel|look
        |always feel] ADV DARK !> with (desire|joy)
    you [always] (make|made) (everything|life|it|things) ADV (difficult|impossible|miserable
        |complicated|unbearable|hell|worse|harder|so hard) !> to (be|leave|stay|say|resist|go)
    (look|see) what you (did|have done|made me|have caused|have started|caused|made us)
    you are [entirely|clearly|always] the (reason|cause) >> ... (fight|fights|argue|DARK|lost
        |broke|late|never|can not|debt|problems|problem|trouble|failed|failing|cry)
    you are ADV (to blame|at fault|responsible for this (mess|fight|debt))
    you ADV started (it|this|the (fight|argument|whole thing)) >> (END|again|all|with|by|and)
    you ADV (are driving|drive|drove) me ADV (crazy|mad|insane|nuts|up the wall|away
        |round the bend|out of my mind)
    no thanks to you
    i ADV blame you !> for nothing
    you [have] ADV (cost (us|me) (the|our|my|everything|a)|got (us|me) into (this|debt|trouble)
        |brought (this|it) on|left (me|us) no choice|did this to|broke my (heart|trust)|robbed
        (me|us)|betrayed (me|us|my)|caused (this|all|so much|nothing but)|asked for (it|this)
        >> END)
    happy now >> STOP
    (are you|i hope you are|hope you are) (happy|satisfied|proud of yourself) now
    you are ADV (ruining|wrecking|destroying|killing|tearing|poisoning|suffocating|smothering)
        (this|our|my|everything|us) !> diet
    """,
    unless="""
    (surprise party|with laughter|by beating|in the best way)
    """,
)
BLAME_IF = Rule(
    "blame",
    """
    i (would|should) not [have to|need to|be|feel|so] (shout|yell|nag|ask|check|shouting|angry
        |cry|complain|lie|fight|beg|repeat|remind) ... if you
    (we'd|i'd|we would|i would|things would|life would|it would|everything would
        |we could) [all] be ADV (fine|better|happy|happier|okay|easier|great|perfect) if you >>
        (could [just|only]|would [just|only]|just|only|for once|finally|were not|did not|stopped
        |had not) !> (come|have to|suffer)
    """,
    bare=True,
)
COMPARING = Rule(
    "comparing",
    """
    (all|most|every) other PARTNERS >> ADV (help|do|would|manage|can|know|listen|talk|remember
        |cook|clean|care|take|treat|get|bring|spend)
    other PARTNERS >> ADV (help|do|would|manage|can|know how|listen|talk|remember|cook|clean|care
        |take|treat|at least|get up|bring|spend)
    (normal|real|decent|proper|grown-up|loving) (PARTNERS|couples|people|adults|parents
        |partners) >> ADV (do|would|talk|help|listen|can|know|take|share|stand|support|say|do not)
    (a|any|every|no) (real|decent|normal|proper|loving|sane|good|caring|half-decent) (PARTNER
        |partner|person) >> ADV (would|does|do|knows|can|could|helps|is|takes|stands|treats
        |listens|acts|forgets)
    (anyone|anybody|everyone|everybody|any one) else would ADV (understand|see|know|help|notice
        |agree|be grateful|be happy|have (helped|noticed|understood|called|left|thanked
        |apologised|said|known|done)) !> (and|but|in|an)
    (everyone|everybody) else (manages|helps|can|knows how|does|gets)  >> ADV (it|to|help|their
        |at)
    my ex (would have (helped|listened|known|understood|remembered|called|done|apologised
        |noticed)|(never|always) ADV (treated|spoke|talked|did|forgot|made|had|let|helped
        |listened|complained|remembered|took|cooked|brought|lied|cheated|ignored)|at least
        |used to (help|listen|cook|bring|do|take|thank|say)|was (better|never so|more|nicer
        |kinder)|treated me (better|well)|knew how)
    ANY's PARTNER (actually|at least|never|always|even) >> (helps|cooks|cleans|listens|takes
        |brings|buys|does|remembers|says|treats|complains|forgets|gets)
    why can not you [just|at least] be [a bit|a little] [more] like >> (your|my|other|him|her
        |them|a normal|ANY's|everyone)
    why can you not [just|at least] be [a bit|a little] [more] like
    why are you not [more] like >> (your|my|other|him|her|a normal|ANY's)
    unlike you , (i|he|she|they) >> ADV (care|cares|try|tries|work|works|listen|listens|am not
        |do not|keep|keeps|remember|remembers|do|does|know how|have a)
    compared (to|with) you , >> (i|he|she|everyone)
    even (my|your|the|our) (KIN|kids|children|neighbours|boss|dog|therapist) ADV (helps|listens
        |helped) more
    even (my|your|the|our) (KIN|kids|children|neighbours|boss|friends|therapist) ADV (thinks
        |think|says|say|sees|see|knows|know|agrees|agree) [that|how] you (are ADV INSULT|never
        |do not|ignore|treat)
    i should have (married|stayed with|chosen) >> (someone|somebody|him|her|my|a|ANY else)
    """,
    unless="""
    like you do
    you (stayed|asked|listened|waited|helped|understood|were there)
    and you did (not)
    """,
)
RULES = (LABEL, BLAME, BLAME_IF, COMPARING)

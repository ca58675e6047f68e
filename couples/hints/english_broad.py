"""English: wide families of never, always and labels, where only kindness is an exception."""

from __future__ import annotations

from couples.hints.shapes import Rule

# Beside these a wide rule is silent: plans, offers, care, play, own regret, facts with a day.
CALM = """
    (let us|shall we|shall i|could we|can we|may i|can i help|how about|i'd like|i would like|i'd
        love|i would love|i suggest|if you like|if you want)
    i ADV (do not mind|understand|believe you|missed you|worry|admire|tease|regret)
    so i ADV >> !> ADV (do not|have to|had to|can not|am left|never|end|must|always) >> [a-z]+
    , i will (get|do|bring|make|take|cook|hold|carry|drive) !> it myself
    i'd have
    and i (hold|feed|rub|enjoy|keep|help|cook|sing|join|watch|listen)
    (so am i|so can i|no wonder|you deserve|relax)
    (and|but|so) i ADV (love|like|adore|learn|admire|miss|will|took|made|did|left|brought|have
        (asked|booked|ordered|moved))
    (which|that|it) [all] (suits|works|helped|helps|meant|means) (me|us|so much|a lot|well|fine)
    (my fault|i was (wrong|rude|unfair|the one)|i am sorry|i know i|i can be|i used to|me too|me
        included|so do i|so did i|so am i|so can i|same here|i am the worst|i am no better)
    (neither of us|both of us|we both (forgot|said|talk|love|laugh|need|get|know that i)|in the
        best way|in a good way)
    (my love|darling|sweetheart|bless you|good tears|adore|adored|thrilled|delighted|laughing)
    (on|last|until|since|by) (monday|tuesday|wednesday|thursday|friday|saturday|sunday|mondays
        |tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)
"""
NEVER = Rule(
    "absolute",
    """
    # Never: by default, save what one is glad of and what is merely so.
    you [just|really|simply|literally|have|had|would|do] never [ever|even|once|actually] !> [ever
        |even|once|actually] KINDNEVER >> ANY
    you (are|were) ADV never !> ADV (too|alone|late|rude|mean
        |boring|cross|angry|far|a|an|unkind|cold|dull|in|going|better|more|lonely|wrong|short
        |lost|to|one|cruel|bored|allowed)
    you (will|would|can) never >> ADV (understand|change|learn|get it|grow|admit|apologise|listen
        |stop|be happy|be satisfied|take|make time|let it go|let me forget|put me|own|know how it
        |stand up)
    you (do|did|will|would|have) not ever >> ADV (change|ask|think|do|listen|help|say|admit|take
        |make|come|plan|bother|tell|try|learn|want)
    (it is|is) never your (fault|turn|job|problem|responsibility|idea)
    nothing is ever ADV (your fault|good enough|enough|right)
    never (a (thank you|sorry|kind|please|word)|any thanks|a single)
    # Always: deeds that leave somebody with less.
    you ADV [have] always [have|has|had|find|found|got|get] >> (some|something|an excuse|excuses|a
        reason|another|a (problem|go|moan|dig)) ... (more important|better|excuse|excuses|ready
        |wrong|to (do|complain|moan|say)|why|not to|at me)
    you ADV (always|constantly|forever) >> ANY ... (instead of (me|us|helping)|without asking
        |behind my back|at my expense|and i (have to|end up|am left)|and leave me|over me
        |at the last minute|as if i|in front of (everyone|my|people)|and never)
    you ADV (always|constantly) (take|have|want|choose|pick|go|play|act|boss|sit|run|use|treat
        |drag|push|put) >> (sides|the credit|the easy|to be right|to win|the last word|over
        |off somewhere|me around|there|away|your own way|(his|her|their) side|me for
        |me like|it out|yourself)
    you are ADV (always|forever|constantly|permanently|perpetually) !> ADV (looking (after|out)
        |making (me|us) (laugh|smile|plans)|picking (me|up)|out with the|making plans|busy (in
        |on)|right about (me|films)) >> ADV (in (a|one of your)
        [foul|bad|black] (mood|moods|strop|huff)|on (my case|about|at me|my back)|the (boss
        |martyr|victim|expert)|checking|out (drinking|with)|right|too (busy|tired|proud)
        |busy|somewhere else|glued|half|moving|having a|picking|going on|making|finding|looking
        |distracted|absent|skint|drunk|hungover|playing|tidying me|grumpy|miserable|asking where)
    you have always been ADV (a|an|so|too|the) >> ADV (NAME|NOUN|INSULT|STATE|favourite)
    you [just|always] keep [on] !> [on] KINDKEEP >> ANYing
    you ... every (single|bloody|damn|blasted) (time|day|night|weekend|evening|morning|month) >>
        END
    (it is|always) the same [old] (story|excuse|excuses|song) with you
    (always|forever) the (boss|traffic|work|same excuse|same story)
    """,
    unless=f"""{CALM}
    (kiss|hug|tea|coffee|smile|smiles|kind|bring me|brought me|make me laugh|have you|and neither)
    """,
)
ALL = Rule(
    "absolute",
    """
    all i [ever] (get|got|hear|heard|have had) (from|out of) you >> ADV (is|are|was) !> (love
        |kindness|support)
    all you [ever] (give|gave|manage|offer|bring|say|talk) >> ... (is|was) !> (love|kindness)
    all you (can|could) (do|say|think) >> [about|of] [is] (moan|complain|sit|sorry|yourself|your)
    all you (ever|can|want|care)
    (everything|it all|the whole (house|family|weekend)|our [whole|entire] ANY) ADV (has|have|had
        |must|needs|is|revolves) [to|always] [revolve|be|fit|go|bend] ADV (around|about|round)
        (you|your) !> birthday
    everything is [a|an] ADV (fight|battle|argument|competition|drama|chore|effort) >> ... you
    (one rule for you|it is your way or|my way or the|the world (owes you|does not revolve))
    not (one|a single) (day|time|word|thing) >> ... (you|from you|END)
    (what|everything) you say goes
    """,
    unless=CALM,
)
LABELS = Rule(
    "label",
    """
    (you|you'd|your) ADV (are|were|have become|have turned into|have always been|will always be
        |can be|have been|make|be) ADV [such|just|always|nothing but|like|a bit of|being] (a|an
        |the|my|one) [(?!terrible|great|good|bad|stubborn|poor)ANY] (NAME|NOUN) !> (at (cards
        |chess|table|poker|the)|on the dance|not
        |when it|in the (kitchen|mornings)|and i|, and that is why i|after (the|a)|your (mum
        |dad)|at (heart|christmas)|of (one|two|three|four|five|six|seven|eight|nine|ten|the|my)
        |about (needles|spiders)|again|on halloween|to the|tonight|today)
    you are ADV ANY [,] and ADV (INSULT|STATE|distant) !> not
    you are ADV (INSULT|jealous|petty|thick|dense|hard-hearted|uptight|bitter|sly|two-faced
        |gullible|vulgar|crude|shifty|work-shy|workshy|clueless|spoilt|incapable|disorganised
        |scatterbrained|slovenly|unbelievable|insecure|cold|distant) >> (and|about
        |with (money|me)|when (it|you)|of|STOP|, (you|that|simple|and (you|it|i)))
    you (can|could) be ADV (cold|thick|INSULT|STATE|vile|savage|brutal|dense)
    you (are|have become|have got|have grown|have turned|got|get) ADV (so|too|that|increasingly
        |more and more) ADV (INSULT|STATE|cold|bitter|distant|hard|mean|angry|boring|thick) >>
        (i|and|that|to|with|since|STOP) !> to (find|reach)
    for (a|an|someone|somebody) FEW (person|man|woman|adult|clever|grown|so) ... you (are|can be
        |have|do|really|know)
    (act|acts|acted|behave|behaved|acting|behaving|sulk|sulking|live|carry on|carrying on|sit there
        |talk|sitting there|going on|eat) ADV (like|as though you are) (a|an|the|some|such a) [ANY
        |ADV] (NAME|NOUN|pig|king|queen|guest|boss|hotel)
    (living|life|being|married|talking|arguing|dealing|travelling|a conversation|sharing a house
        |going anywhere|shopping|cooking) [with|to|married to] you is >> ADV !> ADV (lovely|fun
        |easy|the|great|joy|a|wonderful|home|what|my|never|good|better|not|so|worth|still|always
        |how|one) >> ANY
    (living|life|being|married|talking|arguing|dealing|travelling|sharing a house) [with|to|married
        to] you is ADV [so|such|just|always] (like|a (nightmare|chore|constant|full-time|battle
        |struggle|misery|waste)|hell|hard|exhausting|draining|impossible|lonely|tiring|torture)
    you are ADV (a|an|the) ADV (terrible|awful|useless|lousy|horrible|hopeless) (communicator
        |role model
        |example|influence|cook and)
    (emotionally|mentally) (unavailable|absent|stunted|immature) >> (and|with|to|STOP|,)
    (every|any|each) (conversation|evening|talk|holiday|weekend|discussion|outing) with you
        [ANY] (ends|is|turns|feels)
        >> ADV (in|a|like|into|hard|ruined|about)
    you have [got] (a|some|the) ADV (nerve|cheek|gall|audacity|chip on|heart of (stone|ice)|victim
        |short fuse|big mouth|screw loose|(emotional|attention) ANY of|emotional (range|maturity
        |depth)|maturity of|empathy of|manners of|memory of a|patience of a (toddler|child|two))
    the (nerve|cheek|gall|audacity) of you
    you have ADV (no|zero) [real] (loyalty|standards|self-awareness|filter|patience with (me|us
        |the kids)|discipline
        |feelings|guts|morals|sense of (responsibility|shame|duty|humour)|interest|regard|excuse
        |sense|common sense|business ANYing) !> until !> on
    your idea of ... (is|was) !> ADV (brilliant|great|good|lovely|perfect|worth|a good|fun|the
        best|fine)
    (that is|it is|this is|how|what is) ADV (INSULT|low|rich|disgraceful|shabby|poor form
        |embarrassing) (of|coming from) you
    it is ADV (pathetic|INSULT|embarrassing|laughable|shameful|a disgrace|a joke) (that|how) >>
        (you|a (grown|man|woman)|your)
    you (are|were) ADV (incapable of|a waste of|good for|no (use|help|fun|good|support)|useless
        |no use|unable to|not (a|much of a) (good|decent|real|proper) (father|mother|husband|wife
        |partner|dad|mum|parent|listener)|glued to|addicted to|obsessed with|wedded to|welded to
        |allergic to (work|housework|hoovers)|above (helping|doing)) !> with (dates|names)
    you ADV not a (good|decent|real|proper) (father|mother|husband|wife|partner|dad|mum)
    your ADV [always|never|so|such|just|being] (glued to|INSULT >> END|a NAME|so INSULT|such a
        |always (late|on|so)|never (home|here|there)|being ADV INSULT|welded to)
    (such|what) a (NAME|NOUN|let-down|letdown|joke|waste) you (are|were|have)
    you (can|could) not be ADV (trusted|relied|counted|left|taken|bothered|depended|reasoned)
    (can|could|to) not ADV (rely|count|depend|trust|lean) [on] you >> (for|to|with|when|STOP|,|as
        |at|in|even)
    (nobody|no one|nobody in this family|who|how) [in|else] ... (can|could) ADV (rely|count|depend)
        on you
    """,
    unless=f"""{CALM}
    you are (not|never) (INSULT|lazy|difficult|the problem|a bad|a burden|hopeless)
    (anything but|the least|poker|cards|chess|birthday|surprise)
    (take my|have my|here is) (jacket|coat|jumper|scarf|blanket)
    """,
)
RULES = (NEVER, ALL, LABELS)

"""English: always and never, all and nothing, and the bill of who does how much."""

from __future__ import annotations

from couples.hints.shapes import Rule

ABSOLUTE = Rule(
    "absolute",
    """
    # Never what one hopes for.
    you [have|had|would|do|just|really] [have|just|really] never [have|had|been] >> [even|ever
        |once|really] GOODDEED !> (me|you) to !> ... (bad|badly|unkind|yourself|a break|mean|no
        |complain|wrong|rude|angry)
    you [have|had] never once >> GOODDEED
    you have never , not >> (one|once|a)
    you (do|did|have|will|would) not ever >> GOODDEED
    not (once|one time|a single time|ever) (have|did|do|will|would) you >> [ever|even] GOODDEED
    never once (have|did|do) you >> GOODDEED
    i can (never|not ever) (count|rely|depend) on you
    # Always what nobody hopes for.
    you ADV (always|constantly|forever|continually|endlessly|perpetually|nonstop|all the time)
        >> ADV WRONG !> where !> (your|the) (keys|phone|umbrella|glasses|wallet|scarf|note
        |light) !> the light !> a note
    you ADV (are|were|have been) (always|constantly|forever|continually|endlessly|perpetually
        |nonstop) >> ADV (WRONGING|INSULT|STATE)
    every [single] (time|day|night|evening|morning|weekend|week) ... you >> ADV WRONG
    you >> ADV WRONG ... (all the time|every single time|every single day|over and over
        |constantly|time and time again)
    it is always about (you|what you (want|need|like))
    (everything|it all|it always|the world|life|it) (is|has to be|must be|revolves) [always|all]
        (about|around) you >> END
    (everything|it) [always] has to (go|be done|be) your way
    your (constant|endless|never-ending|perpetual|eternal|incessant|relentless|nonstop) >> (HABIT
        |nagging|interruptions|lateness|demands|phone)
    # All and nothing.
    all you ever (do|think about|care about|talk about|want|say) is
    all you (do|think about|care about|talk about) is >> (work|sit|complain|sleep|play|watch
        |yourself|money|your|scroll|criticise|nag|moan|eat|drink|shout)
    you [really] do nothing but
    you do nothing >> (END|around|at|in|for|all)
    you [ADV] are nothing but (a|an) >> ADV [lazy|big|selfish|little] (NAME|child|burden)
    you can not (go|last|sit|spend|get through) [even] (one|two|five|ten|a|an) ANY without
        >> ADV (checking|complaining|looking|shouting|arguing|drinking|your|criticising|picking
        |making|scrolling)
    (when was the last time you|when did you last) >> [actually|ever|even] (cook|cooked|clean
        |cleaned|help|helped|wash|washed|ask|asked|say sorry|said sorry|said thank|say thank
        |listen|listened|hug|hugged|kiss|kissed|touch|touched|apologise|apologised|thank|thanked
        |do anything|did anything|take me|took me|make an|made an|tidy|tidied|call your
        |put the kids)
    """,
)
TALLY = Rule(
    "tally",
    """
    i ADV (do|have to do|handle|carry|end up doing) [absolutely|literally] everything >> (myself
        |alone|around|here|in this|for you|for everyone|while you|and you|at home|STOP)
    i ADV (do|have to do|end up doing|am doing|am left with) all the (work|housework|cleaning
        |cooking|chores|planning|thinking|parenting) >> (STOP|around|alone|myself|and you
        |while you|here|in this|at home)
    i am ADV the only one (who|that) [ever|always|still|actually] >> CHORE
    i am ADV the only one doing >> (anything|the|any|all)
    (i am|it is|why am i|why is it|am i) always (the one|me) (who|that|having) >> (CHORE|to
        |does everything)
    i always have to (ask|remind you|beg|chase|nag|apologise|apologize|clean up|pick up|tidy up
        |do everything|do it all|be the one|be the bad|fix everything|cover for|ask twice)
    after (everything|all) [that] i (have done|did|do|gave up|have given|sacrificed
        |put up with) for (you|us|this)
    everything i (gave up|have given up|sacrificed|did|do|have done) for (you|us|this)
    i [have] (sacrificed|gave up|given up|wasted) (everything|my (career|life|youth|best years
        |dreams)|the best years) >> (for|on|with) (you|us|this)
    i [have] wasted ... years ... (with|on) you
    you owe (me|it to me) >> (STOP|an apology|an explanation|for|after|big|that much)
    nothing i (do|say|did) (is|was|will be|will ever be|can be|could be|seems) [ever|good
        |right] >> (good enough|enough|right|ever good|ever right)
    no matter (what|how much|how hard) i (do|say|try) ... (you|good enough|never enough
        |not enough|it is wrong)
    nothing is [ever] (good enough|enough) for you
    (do|must|why do|why must) i [really|always] have to do everything
    i am not your (maid|servant|cleaner|mother|mum|mom|cook|secretary|taxi|nanny|slave|therapist
        |bank|housekeeper) !> ,
    i might as well (be (talking|single|alone|living|invisible|speaking|married)|talk|not exist)
    """,
    unless="""
    i (like|enjoy|love) (it|that|doing|to|cooking)
    that (works|suits|is fine)
    """,
)
UNASKED = Rule(
    "tally",
    """
    (if|unless) i do not (do|ask|remind|clean|cook|plan|organise|say|tidy|wash|buy) ... (nobody
        |no one|nothing|it never|it does not|you never|it will not)
    """,
    bare=True,
)
RULES = (ABSOLUTE, TALLY, UNASKED)

"""English: words of fear, hitting, force and threats. There no hint is due, only help.

These patterns also look into quoted words: what somebody was told is what is told here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from re import Pattern

from couples.hints.english_words import phrases
from couples.hints.reading import Sentence

LINES = """
    # Fear of somebody.
    AFRAID of (you|him|her|my (partner|husband|wife|boyfriend|girlfriend)) >> (END|when|if|and|at
        |in|since|because|again|sometimes|now|every|whenever)
    AFRAID of (what (you|he|she) (will|might|would|could|may)|your|his) >> [ADV] (temper|anger
        |rage|moods|mood|fists|outbursts|reaction|reactions|hands|shouting|violence|drinking|do
        |voice)
    AFRAID [that] (you|he|she) (will|might|would|could|may|are going to|is going to|'d) >> ADV
        (hurt me|hurt us|hurt the|hit|kill|harm|explode|lash|beat|attack|snap|get violent
        |take the (kids|children)|come after|find me|punish|lose (it|your temper|control)
        |do something)
    AFRAID to (be alone with you|be around you|be at home|come home|go home|sleep|say no|speak up
        |disagree|contradict|upset you|tell you|talk to you|leave you|open my mouth|ask you
        |anger you) !> ... (surprise|present|before)
    AFRAID (when|whenever|every time) you >> (shout|yell|drink|get angry|are angry|are drunk|lose
        |scream|throw|raise|slam|look at me like)
    you ADV (scare|frighten|terrify|terrified|intimidate|intimidated|frightened|threaten
        |threatened|terrorise) (me|us|the|our|my) !> at halloween
    (unsafe|not safe|in danger) >> (at home|with you|around you|here|in (our|this|my) (house|home
        |flat)|when you)
    (do|did|we do) not feel ADV safe >> (END|with|around|at home|here|in (our|this|my)|when you
        |any more)
    (i|we) feel ADV unsafe >> (STOP|with|around|at home|here|when)
    (fear for|feared for) (my|our|the) (life|lives|safety|kids|children)
    i live in fear
    i fear you
    # Blows.
    (you|he|she|they|and|would|will|might|nearly|almost|once|to|have|has|had|was|again|then|about
        |of|started|keeps|keep|by|partner|husband|wife|boyfriend|girlfriend) ADV HURT WHOM !> (up
        |with (a|the|your) (question|idea|news|bill)|at (cards|chess|tennis|scrabble|golf
        |monopoly|it|darts)|to (it|the)|a (coffee|drink|seat|sandwich|beer)|some|that|by surprise
        |hard that|off|like a|out of bed)
    (stop|started|keep|keeps) (hitting|slapping|punching|choking|beating) >> (me|us|him|her|the
        (kids|children|dog|wall)|STOP)
    hit me >> (again|so hard|when|with|last|because|in the|across|on the|STOP)
    (push|pushed|pushes|pushing|shoved|shove|threw|throw|knock|knocked|drag|dragged|pinned|pin
        |slammed|shook|held) (me|us|the kids|our son|our daughter) >> ADV (against|down (the|on
        |and|onto)|onto|into (the|a) (wall|door|table|floor)|over the|across|to the (floor|ground
        |wall)|by (the|my) (hair|arm|neck|wrist|throat|collar)|up against|out of (bed|the (car
        |house))|backwards)
    you [have] ADV (pushed|shoved|grabbed|bit|kicked|shook) me >> (again|STOP|and i fell|so hard
        |during|in anger|when (you were|i tried|i wanted))
    (punch|punched|punching|kicked|hit|smashed|smash) (a|the|holes in the) (hole in the wall|wall
        |walls|door|mirror|furniture|tv|plates)
    (throw|threw|throws|throwing|hurl|hurled) FEW (at|against) (me|us|the (wall|kids|children))
        !> a party
    broke my (arm|nose|rib|ribs|finger|jaw) !> (falling|skiing|when i|in)
    by (the|my) (throat|hair|neck|wrist) !> of
    (hands|hand) (around|on|at|round) my (throat|neck)
    (raise|raised|raises|lift|lifted) (your|a|his|her) (hand|hands|fist|fists) >> (to|at|against
        |on|towards)
    (laid|lay|lays) (a|your|his|her) (hand|hands|finger) on (me|the (kids|children))
    (bruise|bruised|bruises) >> (me|on my|from you|when you|after you|you (left|gave))
    (spat|spit|spits|spitting) (at|on) me
    (you|he|she) [is|are|was|were|have been|has been|get|gets|got|turn|turned|become|became
        |can be] ADV violent >> (END|on|with|when|again|towards|and|at|to)
    (rape|raped|molested|assaulted|beaten up|sexually assaulted|domestic violence)
    (physically|sexually|emotionally|verbally|financially) (abuse|abused|abusive|abuses|hurt
        |attacked|aggressive|forced|threatening)
    (you are|he is|she is|is|being) [so] abusive
    (you|he|she) (abuse|abused|abuses) me
    (your|domestic|the) abuse >> END
    hurt (me|us) physically
    (will|might|would|could|going to|want to|wanted to|threatened to) ADV (kill|murder|stab|shoot
        |strangle|choke) >> (me|you|us|him|her|myself|yourself|the (kids|children|dog|cat)) !>
        (to|with laughter|if i eat|for (forgetting|eating))
    (kill|killing|hurt|hurting|harm|harming|cutting) (myself|yourself) !> (shaving|cooking|on the
        |skiing|at|running|in the)
    (suicide|suicidal|end my life|end your life|want to die|do not want to live)
    # Force, threats, weapons.
    (you|he|she|partner|husband|wife) ADV [have|has] (force|forced|forces|coerced|pressured) (me
        |us|yourself on|the (kids|children)) !> to (rest|relax|slow|laugh|smile|take|eat|sleep
        |see a|sit)
    forced (into|to) (sex|sleep with|have sex|sign|touch|stay|give)
    (against my will|without my consent|did not consent|after i said no|even though i said no
        |said no and you)
    (made me|pressure me into|pressured me into|pressuring me (into|for)|pushed me into) >>
        (have sex|sex|sleep with|touch you|having sex)
    (you|he|she|your|his|her|these|with|of|the|and|by) ADV (threat|threats|threaten|threatened
        |threatens|threatening) >> (me|us|to|END|and|with|him|her|that|when|the (kids|children
        |dog)) !> (to rain|rain|of rain)
    (gun|guns|pistol|rifle|firearm|loaded weapon) >> (in the (house|bedroom|drawer|car|cupboard)
        |to my|at me|on me|when|on the table|under)
    (pulled|held|pull|waved|pointed|came at me with|took|grabbed|hold|get|got) [out] (a|the
        |your) (gun|knife|axe) >> (on|at|to my|against|and (said|threatened|came)|STOP|when
        |in front)
    came at me >> with
    (knife|scissors|axe|hammer) (to|at|against|towards) (me|my|us)
    (lock|locked|locks|locking|trap|trapped) (me|us|the kids) (in|out|inside|outside|up) !>
        (by accident|of (the conversation|your)|of my own)
    (am|was|been|get|got) locked (in|up) >> (the|a|my|STOP|by you|for) !> (office|car park)
    (blocked|block|blocks|blocking|stood in front of|stand in front of) (the door|the doorway
        |my way|the exit) >> (so|and|when|to|STOP|until)
    (will|would|do|did|does|never) [not] let me >> (leave|go out|go anywhere|see (my|a|any)|have
        (my own|money|friends|a phone|a job)|work|talk to my|out of (the house|my)|visit my
        |call my) !> (the table|the tip|early) !> down
    not allowed to >> (see my|leave the house|go out|have (friends|my own|money)|speak to my
        |talk to my|work|spend my|meet my|use my)
    (you|he|she) (forbid|forbade|forbids) me
    (you|he|she) [have|has] (took|take|takes|taken|hid|keep|kept|keeps|confiscated) [away] my
        (passport|bank card|card|cards|id|wages|salary|keys) >> (so|away|and|STOP|from me|when)
    (you|he|she|partner|husband|wife) (are|is|can be|have become|were
        |has become) ADV controlling !> the
    your controlling
    controlling (behaviour|behavior|partner|husband|wife|me|what i|who i|where i)
    (you|he|she) ADV (control|controls|monitor|monitors|track|tracks) >> (me|my (phone|money
        |every|messages|location|clothes)|what i|who i|where i|everything i|every (move|step)
        |all my|all the money|our money)
    (you|he|she) ADV (decide|decides) >> (who i (see|meet|talk)|what i wear|where i go|when i go)
    (stalk|stalked|stalking|stalker|spying on me|spied on me|spy on me|follow me (everywhere
        |to work)|followed me to) >> (END|me|to|and|work|my|when|on)
    (tracker|tracking app) (on|in) my
"""


@cache
def _pattern() -> Pattern[str]:
    """Return the pattern of all lines, built when first asked for."""
    return phrases(LINES)


def speaks_of_harm(sentences: Iterable[Sentence]) -> bool:
    """Tell whether any sentence speaks of fear of somebody, blows, force, threats or control."""
    return any(_pattern().search(each.plain) for each in sentences)

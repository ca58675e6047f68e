"""What Maya and Jonas wrote, promised and answered: the demo couple's words and numbers.

Answers are one character a round, the 27th being the round that is open now; "-" is none.
"""

from dataclasses import dataclass
from datetime import timedelta

from couples.agreement.rules import NeedWords, PromiseWords
from couples.preparing.services_reflection import Answers

ZONE = "Europe/Berlin"
# For a machine that only its owner reaches.
PASSWORD = "tea before laptops"  # noqa: S105  # nosec B105
ADDRESSES = {"Maya": "maya@example.org", "Jonas": "jonas@example.org"}
SIGNED_NAMES = {"Maya": "Maya Lindqvist", "Jonas": "Jonas Okafor"}
TALK_PLAN = "A talk on the second Sunday of the month, after the children are in bed."


@dataclass(frozen=True, slots=True)
class Topic:
    """One listed topic: both needs, and the promise with its version."""

    needs: dict[str, NeedWords]
    promise: PromiseWords
    version: int


TOPICS = {
    "time": Topic(
        {
            "Maya": NeedWords(
                "Most evenings we sat in the same room, each with a screen.",
                "Evenings where we’re both really there, and not the last ones awake with a"
                " laptop.",
                "I plan my own late work for Wednesdays.",
                5,
            ),
            "Jonas": NeedWords(
                "I never knew which evenings counted, so I got them wrong.",
                "To know ahead of time which evenings are ours, so I can plan around them.",
                "I tell the band early which nights I’m out.",
                5,
            ),
        },
        PromiseWords(
            "Keep Tuesday and Sunday evenings, with laptops shut by eight.",
            "Both evenings, most weeks.",
            "Whoever cancels suggests the next one.",
            "Twice a week",
        ),
        1,
    ),
    "home": Topic(
        {
            "Maya": NeedWords(
                "Everything that could be forgotten went through my head.",
                "Not to be the one who remembers everything.",
                "I let go of how a job is done once it’s handed over.",
                4,
            ),
            "Jonas": NeedWords(
                "Whatever I did was looked at a second time.",
                "Things handed over whole, without a second check.",
                "I ask before a date slips, not after.",
                4,
            ),
        },
        PromiseWords(
            "Each own whole jobs. Jonas: school mornings, laundry, bills. Maya: groceries,"
            " dentist and doctor, the car. We swap one each quarter.",
            "Nobody had to remind the other.",
            "We say so at the Sunday table and swap that one for a week.",
            "Every day",
        ),
        2,
    ),
    "heard": Topic(
        {
            "Maya": NeedWords(
                "Questions that hung in the air for days.",
                "An answer the same day, even if it’s “I need until tomorrow”.",
                "I ask one thing at a time.",
                4,
            ),
            "Jonas": NeedWords(
                "When I went quiet it was taken for leaving.",
                "A pause without it meaning I’ve walked away.",
                "I say the word instead of going silent.",
                3,
            ),
        },
        PromiseWords(
            "Be free to say “pause”. Whoever says it names a time within a day to pick it up"
            " again.",
            "There was a time, and we met at it.",
            "The other may ask for one, once.",
            "Whenever it’s needed",
        ),
        1,
    ),
    "affection": Topic(
        {
            "Maya": NeedWords(
                "Closeness only when it was leading somewhere.",
                "Small, ordinary closeness that isn’t leading anywhere.",
                "I say “not now” kindly, and mean only now.",
                3,
            ),
            "Jonas": NeedWords(
                "The day’s list was at the door before I was.",
                "To be greeted before the list of what went wrong today.",
                "I put my phone away before I come in.",
                2,
            ),
        },
        PromiseWords(
            "Say hello and goodbye properly: phone down, look up, a moment. Either of us may say"
            " “not now”.",
            "Most days.",
            "We start again at the next door.",
            "Every day",
        ),
        2,
    ),
}
# Jonas wrote two more. The first is found under another topic since, the second put aside.
MORE_NEEDS = {
    "phones": NeedWords(
        "The last light in the room was a phone, mine or yours.",
        "Both phones to spend the night in the kitchen.",
        "I buy us an alarm clock.",
        2,
    ),
    "notice": NeedWords(
        "Going to band practice felt like asking for leave.",
        "To say when I’m out without it being a question.",
        "I write the dates down as soon as I have them.",
        2,
    ),
}
MERGED, MERGED_INTO, MERGED_NOTE = "phones", "time", "It’s the same evening, from its other end."
RETIRED, RETIRED_NOTE = (
    "notice",
    "The calendar in the hall settled this. I don’t miss anything here.",
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one hears in the other's need, and what its author says to that."""

    listed: str
    by: str
    words: str
    answer: str


HEARD = (
    Heard(
        "home",
        "Jonas",
        "You want me to notice the dentist’s date before you do. Handing me a list is work too.",
        "yes",
    ),
    Heard("heard", "Maya", "You want to be left alone until it’s over.", "not_quite"),
)
# Written on Maya's first evening, for nobody but herself.
REFLECTION = Answers(
    "So that we stop having the same Thursday. I’d like to find out what he would ask for, if I"
    " weren’t in the middle of a sentence.",
    "I come in with the list still in my hand.",
)
# What Jonas had suggested before Maya's words for it, and why they chose what they chose.
FIRST_TRY = PromiseWords("Share the housework fairly, half each.", "Nobody feels it’s unfair.")
REASONS = {
    "home": "“Half” makes me count. Whole jobs don’t.",
    "time": "Half past seven is early for me. Can we try it for ten weeks, and then look again?",
}
TRIAL = timedelta(weeks=10)
# The third version says it more exactly.
REWORDED = PromiseWords(
    "Keep Tuesday and Sunday evenings, with laptops shut by half past seven. If one falls through,"
    " whoever cancels suggests the next.",
    "Both evenings, most weeks.",
    "Whoever cancels suggests the next one.",
    "Twice a week",
)
# And this one lies there for Maya to answer.
SUGGESTED = PromiseWords(
    "Be free to say “pause”. Whoever says it names a time before the next breakfast.",
    "There was a time, and we met at it.",
    "The other may ask for one, once.",
    "Whenever it’s needed",
)
SUGGESTED_NOTE = "A whole day was long for me last month."
DRAFT = NeedWords("", "One day out a month, planned by turns.", "", None)

ROUNDS = 26
ANSWERS = {
    "Maya": {
        "overall": "23233233-32343334434-54545-",
        "time": "22322323-23232233445-54556-",
        "home": "------22-32233332323-43433-",
        "heard": "32332333-23333333434-45455-",
        "affection": "------43-43444445545-65656-",
        "own": "-------------------3-45455-",
        "step": "-------------------------5-",
    },
    "Jonas": {
        "overall": "4343-4434443444454655555666",
        "time": "4434-4344445444444555555666",
        "home": "------555554545554655655666",
        "heard": "3323-3323332333233444445455",
        "affection": "------444545444555656666676",
        "own": "-------------------34445565",
        "step": "-------------------------6-",
    },
}
# A question of their own: Jonas thought of it, and Maya said yes before this round.
OWN_QUESTION, OWN_BEFORE = "How easy was it to laugh together?", 19
# What every fourth round asks beside: points of the published scale's items, in order. Each is
# answered where the round is.
SCALE_ITEMS = ("1", "12", "19", "22")
SCALE = {
    "Maya": {0: "2222", 4: "3222", 12: "3233", 16: "3333", 24: "4443"},
    "Jonas": {0: "3323", 8: "3333", 12: "3343", 16: "3434", 20: "3444", 24: "4444"},
}
# Rounds somebody answered and kept to themselves.
KEPT = {("Maya", 12), ("Jonas", 22)}
# Words, and whether they were shared.
WORDS = {
    ("Maya", 10): ("Tired. I don’t want to talk about the car again.", False),
    ("Maya", 14): ("The pause on Friday held. It felt strange, and good.", True),
    ("Jonas", 14): ("I thought you’d be angry about the pause. You weren’t.", True),
    ("Maya", 19): ("Dentist, doctor, groceries: it’s a lot in one week.", True),
    ("Jonas", 19): ("I’d take the dentist calls over. Let’s talk on Sunday.", True),
    ("Jonas", 22): ("Work ate the week. Nothing to do with us.", False),
    ("Maya", 25): ("Tuesday was a real evening. We finished the puzzle.", True),
    ("Jonas", 25): ("The hello at the door. I notice that I look forward to it.", True),
}
NOTES = {
    "Maya": (
        (3, "What I’d like to say on Sunday: not the list, but that I miss laughing with him."),
        (18, "He took over the school mornings without being asked twice. Remember that."),
    ),
    "Jonas": ((11, "Ask her what a good week looks like. Then listen."),),
}

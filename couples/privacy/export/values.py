"""What the values that are one of a few are called in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# How things are called that have neither heading nor words of one's own.
KINDS = {
    "topic": _l("A topic in the other’s words"),
    "own_question": _l("A question in the other’s words"),
    "step": _l("The step of your last talk"),
    "overall": _l("Overall"),
    "scale": _l("The four questions"),
    "words": _l("The words at the end"),
    "terms": _l("How you keep talking"),
    "gone": _l("Something that is no longer there"),
}
VALUES = {
    "asked": _l("Asked in check-ins"),
    "both": _l("Both of us"),
    "change": _l("A change of your own"),
    "diamond": _l("Diamond"),
    "difference": _l("A difference between the two"),
    "disc": _l("Disc"),
    "done": _l("Done"),
    "for_a_talk": _l("Kept for a talk"),
    "for_the_review": _l("Waits for the review"),
    "kept": _l("Kept to yourself"),
    "let_go": _l("Let go"),
    "me": _l("Me"),
    "merge": _l("Make it part of another"),
    "not_quite": _l("Not quite"),
    "open": _l("Open"),
    "partner": _l("The other person"),
    "put_away": _l("Put away"),
    "replaced": _l("Replaced by other words"),
    "retire": _l("Put it aside"),
    "retired": _l("No longer asked"),
    "shared": _l("Shared when it opens"),
    "shared_and_withdrawn": _l("Shared, and withdrawn later"),
    "taken_back": _l("Taken back"),
    "talked_about": _l("Talked about"),
    "used": _l("Used"),
    "waits": _l("Waits for an answer"),
    "what_i_hear": _l("What I hear"),
    "withdrawn": _l("Withdrawn"),
    "words_to_suggest": _l("Words to suggest"),
    "yes": _l("Yes, that’s it"),
}

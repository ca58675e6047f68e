"""The listed topics: a key that never changes its meaning, a name, one example request each."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Listed:
    """One topic of the list, in the reader's language."""

    name: LazyString
    example: LazyString


# Keys stand in signed versions: a topic may be added here, but none renamed or used for another.
LISTED = {
    "time": Listed(
        _l("Unhurried time together"),
        _l("Two evenings a week with laptops shut by eight."),
    ),
    "notice": Listed(
        _l("Going out, and saying when"),
        _l("At least five hours’ notice before going out on a weeknight."),
    ),
    "home": Listed(
        _l("Sharing the load at home"),
        _l("Laundry with one of us, shopping with the other, swapped every three months."),
    ),
    "heard": Listed(
        _l("Feeling heard in an argument"),
        _l("An answer the same day, even if it’s “I need until tomorrow”."),
    ),
    "affection": Listed(
        _l("Affection, day to day"),
        _l("At hello and goodbye: phone down, look up, a hug if you’d like one."),
    ),
    "closeness": Listed(
        _l("Closeness and touch"),
        _l("One evening every other week kept for each other, where “not now” is always fine."),
    ),
    "phones": Listed(
        _l("Phones and screens"),
        _l("Phones stay in the hall during dinner."),
    ),
    "money": Listed(
        _l("Money"),
        _l("One look at the accounts together on the first Sunday of the month."),
    ),
    "alone": Listed(
        _l("Time alone, and own friends"),
        _l("One evening a week for each of us, to spend as we like."),
    ),
    "family": Listed(
        _l("Parents and relatives"),
        _l("Visits agreed between the two of us first, a week ahead."),
    ),
    "children": Listed(
        _l("Children, and bringing them up"),
        _l("Twenty minutes on Sunday to settle the week’s school questions."),
    ),
    "trust": Listed(
        _l("Trust, and being told"),
        _l("When plans change, a message before the change."),
    ),
    "work": Listed(
        _l("Work and late hours"),
        _l("Late shifts in the shared calendar by Sunday evening."),
    ),
    "decisions": Listed(
        _l("Deciding things together"),
        _l("Ask first before spending over 200 or promising a weekend away."),
    ),
    "thanks": Listed(
        _l("Thanks, and being noticed"),
        _l("One thank-you a day, said out loud, for something the other did."),
    ),
    "plans": Listed(
        _l("Plans for the two of us"),
        _l("One day trip a month, planned by turns."),
    ),
}
# Offered where nothing is written yet.
STARTERS = ("time", "notice", "heard")


def topic_name(listed: str | None, own_words: str | None) -> str:
    """Return a topic's name in the reader's language, or as its writer worded it."""
    if listed in LISTED:
        return str(LISTED[listed].name)
    return own_words or ""

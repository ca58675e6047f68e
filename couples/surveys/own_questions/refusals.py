"""Why something about a question of one's own is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.errors import Refusal


class QuestionRefusal(Refusal):
    """Something about a question of one's own is not possible now."""


class EnoughSuggested(QuestionRefusal):
    """Two suggestions wait already."""

    sentence = _l(
        "Two suggestions are waiting, which is the most. One has to leave this page first."
    )


class EnoughInUse(QuestionRefusal):
    """Two questions are asked already (rule C2)."""

    sentence = _l("Two questions are in use, which is the most. Retire one first.")


class AlreadyThere(QuestionRefusal):
    """The same words are asked already, or wait for a yes."""

    sentence = _l("These words are on this page already.")


class OwnQuestionOfMine(QuestionRefusal):
    """Nobody says yes to their own suggestion."""

    sentence = _l("You suggested this question yourself. It needs the other’s yes.")


class QuestionGone(QuestionRefusal):
    """It was put away, taken back or retired in the meantime."""

    sentence = _l("This question has left the page in the meantime.")


class QuestionInUse(QuestionRefusal):
    """Both have said yes in the meantime, so that it is no suggestion any more."""

    sentence = _l(
        "You’ve both said yes to this question in the meantime. Either of you can retire it."
    )


class QuestionWaiting(QuestionRefusal):
    """It is not asked yet, so there is nothing to retire."""

    sentence = _l("This question is only a suggestion so far. You can put it away.")

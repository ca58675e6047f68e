"""Why something about needs, promises or signing is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.errors import Refusal


class EnoughNeeds(Refusal):
    """Six are written (rule A1)."""

    sentence = _l("You have six needs, which is the most. Take one away to write another.")


class EnoughOpenNeeds(Refusal):
    """Six are open, and opened ones cannot be taken away (rules A1, A2)."""

    sentence = _l(
        "Your six needs are open, which is the most there can be. You can suggest a change to "
        "any of them."
    )


class LinkEnded(Refusal):
    """What was written in a link that has ended can be read, and no longer changed (rule L6)."""

    sentence = _l("This belongs to a link that has ended. Your words stay, to read.")


class NeedIsOpen(Refusal):
    """Opened needs are fixed (rule A2)."""

    sentence = _l("This need is open, so it stays as it is. You can write another one.")


class NothingWritten(Refusal):
    """Only needs with words open."""

    sentence = _l("Write at least one line of one need first.")


class PageFolded(Refusal):
    """Said to be ready: nothing changes until it is taken back."""

    sentence = _l("Your page is folded. Take it back to change something.")


class AlreadyOpen(Refusal):
    """Both pages have opened."""

    sentence = _l("Both pages are open already. You can read them side by side.")


class NotOpenYet(Refusal):
    """Single needs open only after both pages have."""

    sentence = _l("Your needs open together with the other page, once you’re both ready.")


class SuggestionGone(Refusal):
    """It was replaced, withdrawn or used in the meantime."""

    sentence = _l("These words have changed in the meantime. Look at the topic again.")


class OwnSuggestion(Refusal):
    """The other one says yes to it (rule A5)."""

    sentence = _l("You suggested these words yourself. They need the other’s yes.")


class TrialPassed(Refusal):
    """Words to be tried are agreed before the day on which it is asked how they did (rule A5)."""

    sentence = _l("The day to try this until has passed. Suggest another.")


class NotYours(Refusal):
    """Only its author withdraws a suggestion."""

    sentence = _l("Whoever suggested these words can withdraw them. You can answer them.")


class TopicAside(Refusal):
    """Both have put the topic aside, or it has become part of another."""

    sentence = _l("This topic has been put aside. What was written stays, to read.")


class MoveGone(Refusal):
    """It was withdrawn or answered, or what it names has gone."""

    sentence = _l("This suggestion has ended in the meantime. Look at the topic again.")


class OwnMove(Refusal):
    """The other one says yes to it (rule A5)."""

    sentence = _l("You suggested this yourself. It needs the other’s yes.")


class NotYourMove(Refusal):
    """Only its author withdraws a suggestion about a topic."""

    sentence = _l("Whoever suggested this can withdraw it. You can answer it.")


class TwoWordings(Refusal):
    """Of two suggestions of words one would have to give way unread (rule A9)."""

    sentence = _l("Words are suggested under both topics. Answer or withdraw one of them first.")


class HeardRight(Refusal):
    """The need's author has said yes to what was heard (rule A4)."""

    sentence = _l("Your words have been answered with “Yes, that’s it”. Nothing needs adding.")


class NoPromiseYet(Refusal):
    """There is nothing to put under review."""

    sentence = _l("There is no promise here yet. Suggest words for one first.")


class NoTermsYet(Refusal):
    """Without a rhythm there is nothing to sign (rule A6)."""

    sentence = _l("Choose how often you’ll check in first. Then there is something to sign.")


class NothingChanged(Refusal):
    """What is in force says exactly this."""

    sentence = _l("You have both signed exactly this already.")


class ReviewDayPassed(Refusal):
    """A text is signed before the day on which it is to be read again (rule S3)."""

    sentence = _l("The day to read it again has passed. Choose another.")


class NoFileNow(Refusal):
    """The PDF could not be made; the page itself can be read and printed."""

    sentence = _l("The file couldn’t be made just now. The page itself can be read and printed.")
    status = 503


class FileInTheMaking(NoFileNow):
    """Another file is being made; nobody waits in the server for their turn."""

    sentence = _l("Another file is being made. Try again in a moment.")

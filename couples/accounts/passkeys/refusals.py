"""Why a passkey was not taken: one sentence each, and never more than that."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.errors import Refusal


class PasskeyRefused(Refusal):
    """A passkey was not taken; the script says why."""

    status = 422
    # The field that is to be typed anew, where it is one.
    field = ""


class NotKnown(PasskeyRefused):
    """Unknown, somebody else's, wrong, used before or too late: nobody can tell which (S7)."""

    sentence = _l(
        "That passkey isn’t known here, or it took longer than five minutes. "
        "Try again, or use your password."
    )


class NotAdded(PasskeyRefused):
    """What the browser made can't be kept as a passkey."""

    sentence = _l(
        "That passkey wasn’t added: it is in use already, or it took longer than five minutes. "
        "Try again."
    )


class TooMany(PasskeyRefused):
    """There are as many passkeys as one person may have."""

    sentence = _l("You have as many passkeys as there can be. Remove one first.")


class ProofTooOld(PasskeyRefused):
    """The proof has run out while a name was being typed."""

    sentence = _l(
        "Ten minutes have passed. Open this page in a new tab to prove that it’s you, then press "
        "the button here again."
    )


class NotCalled(PasskeyRefused):
    """The passkey has no name, or too long a one."""

    field = "label"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

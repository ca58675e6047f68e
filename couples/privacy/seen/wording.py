"""What was answered with one press, as the pages of both call it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.agreement.review.rules import CHANGED, KEPT, OPEN, RETIRED

SAID_TO_WHAT_WAS_HEARD = {"yes": _l("Yes, that’s it"), "not_quite": _l("Not quite")}
SAID_ON_REVIEW_DAYS = {
    KEPT: _l("It goes on as it is"),
    CHANGED: _l("I’d word it differently"),
    RETIRED: _l("I’d let it go"),
    OPEN: _l("Leave it open"),
}

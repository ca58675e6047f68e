"""Public pages, and getting set up."""

from __future__ import annotations

from datetime import timedelta

from couples.demo.story import PASSWORD
from gallery import acts
from gallery.shapes import Go, Meanwhile, Send, of
from gallery.story import NOW

PUBLIC, SETTING_UP = "Public", "Getting set up"
EIGHT_DAYS = NOW + timedelta(days=8)
COFFEE, SHORT, COMMON = "coffee before phones", "short", "password1234"
WRONG = {"address": "maya@example.org", "password": COFFEE}
RIGHT = {**WRONG, "password": PASSWORD}
NEW = {"name": "Maya", "password": PASSWORD, "adult": "y"}
front = of(PUBLIC, "Front / sign in", mockup="a")
sent = of(PUBLIC, "Link sent")
landing = of(PUBLIC, "Link landing")
create = of(PUBLIC, "Create account")
invitation = of(PUBLIC, "Invitation", world="alone")
reset = of(PUBLIC, "Reset password", world="alone")
how = of(PUBLIC, "How it works · Privacy")
safe = of(PUBLIC, "Is this safe for me?")
gone = of(PUBLIC, "Exit /exit")
start = of(SETTING_UP, "Before you start")
about = of(SETTING_UP, "About you")
invite = of(SETTING_UP, "Invite", world="alone", who="Maya")

STATES = (
    front("front", "Signed out", "/"),
    front("signin", "Sign in", "/signin"),
    front("signin-wrong", "Wrong details", "/signin", world="alone",
        steps=(Send("/signin", WRONG),), status=422),
    front("signin-limited", "Rate-limited, with a clock time", "/signin", world="alone",
        steps=(Send("/signin", WRONG),) * 12, status=429),
    front("signed-out", "Signed out", "/settings", world="alone", who="Maya",
        steps=(Send("/signout"),)),
    front("session-ended", "Session ended", "/overview", world="alone", who="Maya",
        steps=(Meanwhile(acts.signed_out), Go("/overview"))),
    front("signin-code", "And your code", "/signin", world="alone", given=acts.with_codes,
        steps=(Send("/signin", RIGHT),)),
    front("signin-code-wrong", "A wrong code", "/signin", world="alone", given=acts.with_codes,
        steps=(Send("/signin", RIGHT), Send("/signin/code", {"code": "123456"})), status=422),
    sent("signup-sent", "After creating", "/signup",
        steps=(Send("/signup", {"address": "maya@example.org"}),)),
    sent("reset-sent", "After “forgot password”", "/reset", world="alone",
        steps=(Send("/reset", {"address": "maya@example.org"}),)),
    landing("confirm", "Confirm", "/confirm/{confirm}", given=acts.asked_for_account),
    landing("confirm-error", "Nothing filled in", "/confirm/{confirm}",
        given=acts.asked_for_account, steps=(Send("", {"name": "", "password": SHORT}),),
        status=422),
    landing("confirm-common", "A common password", "/confirm/{confirm}",
        given=acts.asked_for_account, steps=(Send("", {**NEW, "password": COMMON}),),
        status=422),
    landing("confirm-signed-in", "Signed in as somebody else", "/confirm/{confirm}",
        given=acts.also(acts.noor, acts.asked_for_account), who="Noor"),
    landing("confirm-expired", "Expired", "/confirm/{confirm}", given=acts.asked_for_account,
        at=EIGHT_DAYS, status=410),
    landing("confirm-taken", "Has a page already", "/confirm/{confirm}",
        given=acts.asked_for_account, steps=(Meanwhile(acts.maya_there), Send("", NEW)),
        status=409),
    landing("reset-expired", "Reset link, expired", "/reset/{reset}", world="alone",
        given=acts.asked_for_reset, at=EIGHT_DAYS, status=410),
    landing("stop", "Stop emails", "/stop/{stop}", world="half_year", given=acts.stop_token),
    landing("stop-error", "Stop emails, nothing chosen", "/stop/{stop}", world="half_year",
        given=acts.stop_token, steps=(Send(""),), status=422),
    landing("stop-done", "Emails stopped", "/stop/{stop}", world="half_year",
        given=acts.stop_token, steps=(Send("", {"length": "stop"}),)),
    landing("stop-paused", "Emails paused", "/stop/{stop}", world="half_year",
        given=acts.stop_token, steps=(Send("", {"length": "two"}),)),
    landing("week-link", "A check-in link", "/week/{week token}", world="half_year",
        given=acts.week_token, mockup="e"),
    landing("week-link-error", "A check-in link, nothing chosen", "/week/{week token}",
        world="half_year", given=acts.week_token, steps=(Send("", button=("decision", "share")),),
        status=422),
    landing("week-link-done", "A check-in link, answered", "/week/{week token}", world="half_year",
        given=acts.week_token,
        steps=(Meanwhile(acts.a_moment), Send("", {"q0": "5"}, ("decision", "share")))),
    landing("week-link-gone", "A check-in link, expired", "/week/{week token}", world="half_year",
        given=acts.week_token, at=EIGHT_DAYS, status=404),
    create("signup", "Empty", "/signup"),
    create("signup-error", "Bad address", "/signup", steps=(Send("/signup", {"address": "maya"}),),
        status=422),
    invitation("join", "Enter a code", "/join"),
    invitation("join-error", "No code", "/join", steps=(Send("/join"),), status=422),
    invitation("join-gone", "Invalid, used, withdrawn", "/join/{code}", given=acts.withdrawn,
        status=404),
    invitation("invitation", "Signed out", "/join/{code}", given=acts.invited),
    invitation("invitation-in", "Signed in", "/join/{code}",
        given=acts.also(acts.noor, acts.invited), who="Noor"),
    invitation("invitation-linked", "Already linked", "/join/{code}", world="linked",
        given=acts.invited_by_noor, who="Jonas"),
    invitation("invitation-mailed", "Mailed", "/join/{mailed}", given=acts.mailed),
    invitation("invitation-mailed-error", "Mailed, nothing chosen", "/join/{mailed}",
        given=acts.mailed, steps=(Send("/decline"),), status=422),
    invitation("invitation-declined", "Declined", "/join/{code}", given=acts.invited,
        steps=(Send("/decline"),)),
    reset("forgot", "Send link", "/reset"),
    reset("forgot-error", "Bad address", "/reset", steps=(Send("/reset", {"address": "maya@"}),),
        status=422),
    reset("reset", "Save", "/reset/{reset}", given=acts.asked_for_reset),
    reset("reset-error", "Too short", "/reset/{reset}", given=acts.asked_for_reset,
        steps=(Send("", {"password": SHORT}),), status=422),
    reset("reset-codes", "With codes", "/reset/{reset}",
        given=acts.also(acts.with_codes, acts.asked_for_reset)),
    how("how", "How it works", "/how"),
    how("privacy", "Privacy", "/privacy"),
    safe("help", "Reads without sign-in", "/help"),
    gone("exit", "Left", "/exit"),
    gone("exit-signed-in", "Left while signed in", "/overview", world="half_year", who="Maya",
        steps=(Go("/exit"),)),
    start("start", "Shown once", "/start", given=acts.newcomer, who="Noor"),
    about("about", "Filled in", "/settings/about", world="alone", who="Maya"),
    about("about-error", "No name", "/settings/about", world="alone", who="Maya",
        steps=(Send("/about", {"name": ""}),), status=422),
    invite("invite", "None yet", "/settings/link"),
    invite("invite-waiting", "Waiting", "/settings/link", given=acts.invited),
    invite("invite-most", "As many as there may be", "/settings/link", given=acts.invited_thrice),
    invite("invite-error", "Bad address", "/settings/link",
        steps=(Send("/mail", {"address": "jonas"}),), status=422),
    invite("invite-linked", "Linked", "/settings/link", world="linked"),
)  # fmt: skip

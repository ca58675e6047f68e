"""Every form of the product is a private act, or a public one for a reason written down here.

A route in neither list fails `test_every_form_is_private_or_public_for_a_reason`.
"""

from __future__ import annotations

# What one does alone: the other may never notice it. Before both are ready, or before the close,
# where that is what the rule says.
PRIVATE = frozenset(
    """
    /confirm/<token> /reset /reset/<token> /signin /signout /signup /start /stop/<token>
    /join /join/<code> /join/<code>/decline /settings/link/<invite_id>/withdraw
    /settings/link/mail /settings/link/new
    /doc/air /doc/air/away /doc/air/close /doc/air/ready/back /doc/air/save
    /doc/before /doc/before/delete /doc/before/save /doc/before/skip
    /doc/hear/<need_id>/save /doc/mine/<need_id> /doc/mine/<need_id>/delete
    /doc/mine/<need_id>/matters /doc/mine/<need_id>/save /doc/mine/new
    /doc/ready /doc/ready/back /doc/review /doc/side/<topic_id>/words/save /doc/sign/read
    /hint /overview/cards/away /overview/mine/usual
    /private/<note_id> /private/<note_id>/delete /private/<note_id>/save
    /private/close /private/lock /private/lock/lost /private/lock/off /private/new
    /private/new/save /private/older /private/open
    /settings/letters /settings/mail-again /settings/password /settings/pause /settings/prove
    /settings/sessions/<session_id>/end /settings/sessions/end
    /settings/address /settings/address/<token> /settings/address/cancel
    /settings/codes /settings/codes/app
    /settings/codes/off /settings/codes/recovery /settings/erase/keep /settings/export
    /settings/import /settings/keeping /settings/passkeys /settings/passkeys/<passkey_id>
    /settings/passkeys/options /settings/prove/passkey /settings/prove/passkey/options
    /signin/code /signin/passkey /signin/passkey/options
    /talks/calendar /talks/calendar/remove /talks/calendar/replace /talks/<talk_id>/step/promise
    /week /week/<token> /week/draft/discard /week/link /week/longer /week/longer/away
    /week/longer/save /week/save /week/skip /week/skip/back /week/slower/away
    """.split()
)
# What the other one sees, and why that is right.
PUBLIC = {
    "/doc/air/want": "a calm line tells the other of the wish: there is no other way to start",
    "/doc/air/want/back": "the line goes again",
    "/doc/hear/<need_id>": "what I hear is said to the other (A4)",
    "/doc/hear/<need_id>/answer": "yes, that's it: said to the other (A4)",
    "/doc/mine/<need_id>/open": "a later need is opened by its author's own press (A2)",
    "/doc/moves/<move_id>/talk": "an answer to what the other proposed",
    "/doc/moves/<move_id>/use": "an answer to what the other proposed",
    "/doc/moves/<move_id>/withdraw": "a proposal lies before the other no more",
    "/doc/open": "both have said that they are ready; what opens is open to both (A2)",
    "/doc/order": "the order of the topics belongs to both",
    "/doc/review/topics/<topic_id>/away": "what was left over from talks belongs to both",
    "/doc/rhythm": "the draft of the agreement belongs to both (A6)",
    "/doc/side/<topic_id>/move": "a proposal to the other",
    "/doc/side/<topic_id>/review": "either may put a promise under review, and both see it (A8)",
    "/doc/side/<topic_id>/words": "a suggestion to the other (A5)",
    "/doc/sign": "a signature is shown to both (A7)",
    "/doc/words/<suggestion_id>/talk": "an answer to the other's suggestion (A5)",
    "/doc/words/<suggestion_id>/use": "an answer to the other's suggestion (A5)",
    "/doc/words/<suggestion_id>/withdraw": "a suggestion lies before the other no more (A5)",
    "/settings/about": "the name is shown to the other; language and zone are a rule of their own",
    "/settings/erase": "erasing leaves 'removed' in the other's copies (A10); planning it is a rule"
    " of its own",
    "/settings/link/end": "the link is gone for both (L6)",
    "/talks/<talk_id>/after": "what came of a talk belongs to both (O5)",
    "/talks/<talk_id>/off": "a time both said yes to is off for both",
    "/talks/<talk_id>/step": "the next step belongs to both (O5)",
    "/talks/<talk_id>/step/done": "the next step belongs to both",
    "/talks/<talk_id>/step/let-go": "the next step belongs to both",
    "/talks/add": "an item on the agenda, after a preview of what will be read (O5)",
    "/talks/items/<item_id>": "an item on the agenda, after a preview of what will be read (O5)",
    "/talks/items/<item_id>/back": "an item is off the agenda",
    "/talks/items/<item_id>/first": "which of mine stands on the agenda, both see",
    "/talks/plan": "a time proposed to the other (O5)",
    "/talks/times/<time_id>/back": "a proposal lies before the other no more",
    "/talks/times/<time_id>/yes": "yes to a proposed time is said to the other",
    "/week/past/<round_id>/withdraw": "what had opened is gone from the other's pages (C3)",
    "/week/questions": "an own question is suggested to the other (C2)",
    "/week/questions/<question_id>/away": "a suggested question waits for neither any more",
    "/week/questions/<question_id>/retire": "what the next round asks, it asks both",
    "/week/questions/<question_id>/use": "what the next round asks, it asks both",
}
# No person sends these.
MACHINES = {"/mail/returned": "another program hands in returned mail, with its own key"}
# Buttons of public forms that only show or keep something to the person who presses them.
UNSENT = {
    "/doc/hear/<need_id>": ("keep", "look"),
    "/doc/side/<topic_id>/words": ("keep", "look"),
    "/talks/<talk_id>/after": ("look",),
    "/talks/<talk_id>/step": ("look",),
    "/talks/add": ("read", "look"),
    "/talks/items/<item_id>": ("read", "look"),
    "/week/questions": ("look",),
}
# In these lives the other keeps their account, their link and their ways of signing in: without
# them nothing could be looked at, and their own secrets are random.
NOT_BY_THE_OTHER = (
    "/settings/", "/signin", "/signout", "/private/lock", "/private/o", "/overview/mine/usual",
)  # fmt: skip
# What was done in private, and what would rightly bring it to light afterwards.
NEEDS = frozenset({"/doc/ready", "/doc/open", "/doc/mine/<need_id>/open"})
AIR = frozenset({"/doc/air", "/doc/air/ready/back", "/doc/air/close", "/doc/air/want/back"})
LOCAL = frozenset({"/talks/plan", "/talks/<talk_id>/after", "/doc/rhythm"})
REVEALS = {"/doc/mine": NEEDS, "/doc/ready": NEEDS, "/doc/air": AIR, "/doc/review": {"/doc/review"}}


def reveals(rule: str) -> frozenset[str]:
    """Return the public acts that would rightly show what this private act did."""
    found = [frozenset(then) for start, then in REVEALS.items() if rule.startswith(start)]
    return frozenset().union(*found)

"""The tables behind "nobody else's" and "bad input": every route is written down here."""

from __future__ import annotations

# Method, route, whose thing the address names (all Maya's, but the invite, which is Ines's, and
# the kept version, which is Bert's), and what each gets for an empty form:
# nobody, Maya, Jonas her partner, Ines linked to nobody, Noor of another couple, Bert who parted.
TABLE = """
GET  /                                                   200 303 303 303 303 303
GET  /confirm/<token>                         confirm    200 200 200 200 200 200
POST /confirm/<token>                         confirm    422 422 422 422 422 422
GET  /doc                                                303 200 200 200 200 200
GET  /doc/air                                            303 200 200 404 200 404
POST /doc/air                                            303 409 303 404 303 404
POST /doc/air/away                                       303 303 303 404 303 404
POST /doc/air/close                                      303 409 409 404 409 404
POST /doc/air/ready/back                                 303 303 303 404 303 404
POST /doc/air/save                                       303 409 200 404 200 404
POST /doc/air/want                                       303 303 303 404 303 404
POST /doc/air/want/back                                  303 303 303 404 303 404
GET  /doc/before                                         303 200 200 200 200 200
POST /doc/before                                         303 409 303 303 303 303
POST /doc/before/delete                                  303 303 303 303 303 303
POST /doc/before/save                                    303 409 200 200 200 200
POST /doc/before/skip                                    303 303 303 303 303 303
GET  /doc/hear/<need_id>                      theirs     303 200 404 404 404 404
POST /doc/hear/<need_id>                      theirs     303 422 404 404 404 404
POST /doc/hear/<need_id>/answer               heard_need 303 409 404 404 404 404
POST /doc/hear/<need_id>/save                 theirs     303 200 404 404 404 404
GET  /doc/kept/<version_id>                   kept       303 404 404 404 404 200
GET  /doc/kept/<version_id>/document.pdf      kept       303 404 404 404 404 200
GET  /doc/mine                                           303 200 200 200 200 200
GET  /doc/mine/<need_id>                      need       303 200 404 404 404 404
POST /doc/mine/<need_id>                      need       303 303 404 404 404 404
POST /doc/mine/<need_id>/matters              need       303 303 404 404 404 404
POST /doc/mine/<need_id>/delete               need       303 303 404 404 404 404
GET  /doc/mine/<need_id>/open                 need       303 200 404 404 404 404
POST /doc/mine/<need_id>/open                 need       303 303 404 404 404 404
POST /doc/mine/<need_id>/save                 need       303 409 404 404 404 404
GET  /doc/mine/new                                       303 200 200 200 200 200
POST /doc/mine/new                                       303 422 422 422 422 422
POST /doc/moves/<move_id>/talk                move       303 303 303 404 404 404
POST /doc/moves/<move_id>/use                 move       303 303 409 404 404 404
POST /doc/moves/<move_id>/withdraw            move       303 409 303 404 404 404
GET  /doc/open                                           303 200 200 404 404 404
POST /doc/open                                           303 303 303 404 409 404
GET  /doc/order                                          303 200 200 404 404 404
POST /doc/order                                          303 422 422 404 404 404
GET  /doc/read                                           303 200 200 200 200 200
POST /doc/ready                                          303 409 409 404 303 404
POST /doc/ready/back                                     303 409 409 404 303 404
GET  /doc/review                                         303 200 200 404 200 404
POST /doc/review                                         303 409 409 404 409 404
POST /doc/review/topics/<topic_id>/away        review_topic 303 303 303 404 404 404
GET  /doc/rhythm                                         303 200 200 404 200 404
POST /doc/rhythm                                         303 303 303 404 303 404
GET  /doc/side/<topic_id>                     topic      303 200 200 404 404 404
GET  /doc/side/<topic_id>/move                topic      303 200 200 404 404 404
POST /doc/side/<topic_id>/move                topic      303 422 422 404 404 404
POST /doc/side/<topic_id>/review              topic      303 303 303 404 404 404
GET  /doc/side/<topic_id>/words               topic      303 200 200 404 404 404
POST /doc/side/<topic_id>/words               topic      303 303 303 404 404 404
POST /doc/side/<topic_id>/words/save          topic      303 200 200 404 404 404
GET  /doc/sign                                           303 200 200 404 409 404
POST /doc/sign                                           303 422 422 404 409 404
POST /doc/sign/read                                      303 303 303 404 303 404
GET  /doc/versions                                       303 200 200 404 200 404
GET  /doc/versions/<int:number>               version    303 200 200 404 404 404
GET  /doc/versions/<int:number>/document.pdf  version    303 200 200 404 404 404
GET  /doc/versions/compare                               303 404 404 404 404 404
POST /doc/words/<suggestion_id>/talk          suggestion 303 303 303 404 404 404
POST /doc/words/<suggestion_id>/use           suggestion 303 303 409 404 404 404
POST /doc/words/<suggestion_id>/withdraw      suggestion 303 409 303 404 404 404
GET  /exit                                               200 200 200 200 200 200
GET  /healthz                                            200 200 200 200 200 200
GET  /healthz/letters                                    503 503 503 503 503 503
GET  /readyz                                             503 503 503 503 503 503
GET  /help                                               200 200 200 200 200 200
POST /hint                                               303 200 200 200 200 200
GET  /how                                                200 200 200 200 200 200
GET  /join                                               200 200 200 200 200 200
POST /join                                               422 422 422 422 422 422
GET  /join/<code>                             code       200 200 200 404 200 200
POST /join/<code>                             code       303 409 409 404 409 303
POST /join/<code>/decline                     code       303 303 303 404 303 303
GET  /join/declined                                      200 200 200 200 200 200
GET  /letters                                            200 200 200 200 200 200
GET  /letters/<key>                           letter     200 200 200 200 200 200
GET  /letters/<key>/html                      letter     200 200 200 200 200 200
POST /mail/returned                                      404 404 404 404 404 404
GET  /manifest.webmanifest                               200 200 200 200 200 200
GET  /overview                                           303 200 200 200 200 200
POST /overview/cards/away                                 303 303 303 303 303 303
GET  /overview/back                                      303 200 200 200 200 200
GET  /overview/back/<int:number>              back       303 404 404 404 404 404
GET  /overview/back/<int:number>/document.pdf back       303 404 404 404 404 404
GET  /overview/mine                                      303 200 200 200 200 200
GET  /overview/mine/numbers.csv                          303 200 200 200 200 200
POST /overview/mine/usual                                303 422 422 422 422 422
GET  /overview/numbers.csv                               303 200 200 200 200 200
GET  /overview/topics/<topic_id>              topic      303 200 200 404 404 404
GET  /overview/topics/<topic_id>/numbers.csv  topic      303 200 200 404 404 404
GET  /privacy                                            200 200 200 200 200 200
GET  /private                                            303 200 200 200 200 200
GET  /private/<note_id>                       note       303 200 404 404 404 404
POST /private/<note_id>                       note       303 422 404 404 404 404
POST /private/<note_id>/delete                note       303 303 404 404 404 404
POST /private/<note_id>/save                  note       303 200 404 404 404 404
GET  /private/new                                        303 200 200 200 200 200
POST /private/close                                      303 303 303 303 303 303
GET  /private/lock                                       303 200 200 200 200 200
POST /private/lock                                       303 422 422 422 422 422
GET  /private/lock/lost                                  303 303 303 303 303 303
POST /private/lock/lost                                  303 303 303 303 303 303
GET  /private/lock/off                                   303 303 303 303 303 303
POST /private/lock/off                                   303 303 303 303 303 303
POST /private/new                                        303 404 404 404 404 404
POST /private/new/save                                   303 404 404 404 404 404
GET  /private/older                                      303 303 303 303 303 303
POST /private/older                                      303 303 303 303 303 303
POST /private/open                                       303 303 303 303 303 303
GET  /reset                                              200 200 200 200 200 200
POST /reset                                              422 422 422 422 422 422
GET  /reset/<token>                           reset      200 200 200 200 200 200
POST /reset/<token>                           reset      422 422 422 422 422 422
GET  /reset/sent                                         200 200 200 200 200 200
GET  /robots.txt                                         200 200 200 200 200 200
GET  /settings                                           303 200 200 200 200 200
GET  /settings/about                                     303 200 200 200 200 200
POST /settings/about                                     303 303 303 303 303 303
GET  /settings/address                                   303 200 200 200 200 200
POST /settings/address                                   303 422 422 422 422 422
GET  /settings/address/<token>                address    303 200 404 404 404 404
POST /settings/address/<token>                address    303 303 404 404 404 404
POST /settings/address/cancel                            303 303 303 303 303 303
GET  /settings/address/sent                              303 200 200 200 200 200
POST /settings/letters                                   303 303 303 303 303 303
GET  /settings/codes                                     303 200 200 200 200 200
POST /settings/codes                                     303 303 303 303 303 303
GET  /settings/codes/app                                 303 303 303 303 303 303
POST /settings/codes/app                                 303 303 303 303 303 303
GET  /settings/codes/off                                 303 303 303 303 303 303
POST /settings/codes/off                                 303 303 303 303 303 303
GET  /settings/codes/recovery                            303 303 303 303 303 303
POST /settings/codes/recovery                            303 303 303 303 303 303
GET  /settings/erase                                     303 200 200 200 200 200
POST /settings/erase                                     303 422 422 422 422 422
POST /settings/erase/keep                                303 303 303 303 303 303
GET  /settings/erased                                    200 303 303 303 303 303
GET  /settings/keeping                                   303 200 200 200 200 200
POST /settings/keeping                                   303 422 422 422 422 422
GET  /settings/export                                    303 200 200 200 200 200
POST /settings/export                                    303 422 422 422 422 422
GET  /settings/import                                    303 200 200 200 200 200
POST /settings/import                                    303 422 422 422 422 422
GET  /settings/link                                      303 200 200 200 200 200
POST /settings/link/<invite_id>/withdraw      invite     303 404 404 303 404 404
GET  /settings/link/end                                  303 200 200 404 200 404
POST /settings/link/end                                  303 303 303 404 303 303
POST /settings/link/mail                                 303 422 422 422 422 422
POST /settings/link/new                                  303 409 409 303 409 303
POST /settings/mail-again                                303 303 303 303 303 303
GET  /settings/password                                  303 200 200 200 200 200
POST /settings/password                                  303 422 422 422 422 422
GET  /settings/passkeys                                  303 200 200 200 200 200
POST /settings/passkeys                                  303 422 422 422 422 422
GET  /settings/passkeys/<passkey_id>          passkey    303 200 404 404 404 404
POST /settings/passkeys/<passkey_id>          passkey    303 303 404 404 404 404
POST /settings/passkeys/options                          303 422 422 422 422 422
POST /settings/pause                                     303 404 404 404 404 404
GET  /settings/prove                                     303 200 200 200 200 200
POST /settings/prove                                     303 422 422 422 422 422
POST /settings/prove/passkey                             303 422 422 422 422 422
POST /settings/prove/passkey/options                     303 200 200 200 200 200
GET  /settings/sessions                                  303 200 200 200 200 200
POST /settings/sessions/<session_id>/end      session    303 303 404 404 404 404
GET  /settings/seen                                      303 200 200 200 200 200
POST /settings/sessions/end                              303 303 303 303 303 303
GET  /signin                                             200 303 303 303 303 303
POST /signin                                             422 422 422 422 422 422
GET  /signin/code                                        303 303 303 303 303 303
POST /signin/code                                        303 303 303 303 303 303
POST /signin/passkey                                     422 422 422 422 422 422
POST /signin/passkey/options                             200 200 200 200 200 200
POST /signout                                            303 303 303 303 303 303
GET  /signup                                             200 200 200 200 200 200
POST /signup                                             422 422 422 422 422 422
GET  /signup/sent                                        200 200 200 200 200 200
GET  /start                                              303 200 200 200 200 200
POST /start                                              303 303 303 303 303 303
GET  /static/<path:filename>                  file       200 200 200 200 200 200
GET  /stop/<token>                            stop       200 200 200 200 200 200
POST /stop/<token>                            stop       422 422 422 422 422 422
GET  /talks                                              303 200 200 200 200 200
GET  /talks/add                                          303 200 200 404 200 404
POST /talks/add                                          303 422 422 404 422 404
GET  /talks/items/<item_id>                   item       303 200 404 404 404 404
POST /talks/items/<item_id>                   item       303 422 404 404 404 404
POST /talks/items/<item_id>/back              item       303 303 404 404 404 404
POST /talks/items/<item_id>/first             item       303 303 404 404 404 404
GET  /talks/<talk_id>                         talk       303 200 200 404 404 404
GET  /talks/<talk_id>/after                   talk       303 200 200 404 404 404
POST /talks/<talk_id>/after                   talk       303 422 422 404 404 404
GET  /talks/<talk_id>/listen                  talk       303 200 200 404 404 404
GET  /talks/<talk_id>/step                    past_talk  303 200 200 404 404 404
POST /talks/<talk_id>/step                    past_talk  303 303 303 404 404 404
POST /talks/<talk_id>/step/done               past_talk  303 303 303 404 404 404
POST /talks/<talk_id>/step/let-go             past_talk  303 303 303 404 404 404
GET  /talks/<talk_id>/step/promise            past_talk  303 200 200 404 404 404
POST /talks/<talk_id>/step/promise            past_talk  303 422 422 404 404 404
GET  /talks/past                                         303 200 200 404 200 404
GET  /talks/plan                                         303 200 200 404 200 404
POST /talks/plan                                         303 303 303 404 422 404
GET  /talks/prompts                                      303 200 200 404 200 404
POST /talks/times/<time_id>/back       talk_time_of_mine 303 303 409 404 404 404
POST /talks/times/<time_id>/yes                talk_time 303 303 409 404 404 404
POST /talks/<talk_id>/off                     talk       303 303 303 404 404 404
GET  /talks/<talk_id>/calendar.ics            talk       303 200 200 404 404 404
GET  /talks/calendar                                     303 200 200 200 200 200
POST /talks/calendar                                     303 303 303 404 303 404
GET  /talks/calendar/<token>.ics              calendar   200 200 200 200 200 200
POST /talks/calendar/remove                              303 303 303 303 303 303
POST /talks/calendar/replace                             303 303 303 404 303 404
GET  /week                                               303 200 200 200 200 200
POST /week                                               303 422 422 409 409 409
GET  /week/<token>                            week       200 200 200 200 200 200
POST /week/<token>                            week       422 422 422 422 422 422
GET  /week/<token>/done                       week       200 200 200 200 200 200
GET  /week/done                                          303 303 303 303 303 303
POST /week/draft/discard                                 303 404 404 404 404 404
GET  /week/longer                                        303 200 200 404 404 404
POST /week/longer                                        303 303 303 404 404 404
POST /week/longer/away                                   303 303 303 404 404 404
POST /week/longer/save                                   303 200 200 404 404 404
POST /week/link                                          303 303 303 404 404 404
GET  /week/past                                          303 200 200 200 200 200
GET  /week/past/<round_id>                    past_round 303 200 200 404 404 404
POST /week/past/<round_id>/withdraw           past_round 303 303 303 404 404 404
POST /week/save                                          303 200 409 422 422 422
POST /week/skip                                          303 303 303 303 303 303
POST /week/skip/back                                     303 303 303 303 303 303
POST /week/slower/away                                   303 303 303 303 303 303
GET  /week/questions                                     303 200 200 404 200 404
POST /week/questions                                     303 422 422 404 422 404
POST /week/questions/<question_id>/away       question   303 303 303 404 404 404
POST /week/questions/<question_id>/retire     asked      303 303 303 404 404 404
POST /week/questions/<question_id>/use        question   303 303 409 404 404 404
"""

# For each form: who sees it, and on which page. "nobody" is a browser without a session.
FORMS: dict[str, tuple[str, str]] = {
    "/confirm/<token>": ("nobody", "/confirm/<confirm>"),
    "/doc/hear/<need_id>": ("Maya", "/doc/hear/<theirs>"),
    "/doc/hear/<need_id>/answer": ("Maya", "/doc/side/<topic>"),
    "/doc/hear/<need_id>/save": ("Maya", "/doc/hear/<theirs>"),
    "/doc/air": ("Maya", "/doc/air"),
    "/doc/air/away": ("Piet", "/doc"),
    "/doc/air/close": ("Tess", "/doc/air"),
    "/doc/air/ready/back": ("Rosa", "/doc/air"),
    "/doc/air/save": ("Maya", "/doc/air"),
    "/doc/air/want": ("Piet", "/doc/air"),
    "/doc/air/want/back": ("Maya", "/doc/air"),
    "/doc/before": ("Maya", "/doc/before"),
    "/doc/before/delete": ("Maya", "/doc/before"),
    "/doc/before/save": ("Maya", "/doc/before"),
    "/doc/before/skip": ("Tess", "/doc"),
    "/doc/mine/<need_id>": ("Maya", "/doc/mine/<need>"),
    "/doc/mine/<need_id>/delete": ("Maya", "/doc/mine/<need>"),
    "/doc/mine/<need_id>/matters": ("Maya", "/doc/mine"),
    "/doc/mine/<need_id>/open": ("Maya", "/doc/mine/<need>/open"),
    "/doc/mine/<need_id>/save": ("Maya", "/doc/mine/<need>"),
    "/doc/mine/new": ("Maya", "/doc/mine/new"),
    "/doc/moves/<move_id>/talk": ("Maya", "/doc/side/<other topic>"),
    "/doc/moves/<move_id>/use": ("Maya", "/doc/side/<other topic>"),
    "/doc/moves/<move_id>/withdraw": ("Jonas", "/doc/side/<other topic>"),
    "/doc/open": ("Rosa", "/doc"),
    "/doc/order": ("Maya", "/doc/order"),
    "/doc/ready": ("Tess", "/doc/read"),
    "/doc/ready/back": ("Noor", "/doc"),
    "/doc/review": ("Wim", "/doc/review"),
    "/doc/review/topics/<topic_id>/away": ("Maya", "/doc/review"),
    "/doc/rhythm": ("Maya", "/doc/rhythm"),
    "/doc/side/<topic_id>/move": ("Maya", "/doc/side/<topic>/move"),
    "/doc/side/<topic_id>/review": ("Maya", "/doc/side/<topic>"),
    "/doc/side/<topic_id>/words": ("Maya", "/doc/side/<topic>/words"),
    "/doc/side/<topic_id>/words/save": ("Maya", "/doc/side/<topic>/words"),
    "/doc/sign": ("Maya", "/doc/sign"),
    "/doc/sign/read": ("Maya", "/doc"),
    "/doc/words/<suggestion_id>/talk": ("Maya", "/doc/side/<other topic>"),
    "/doc/words/<suggestion_id>/use": ("Maya", "/doc/side/<other topic>"),
    "/doc/words/<suggestion_id>/withdraw": ("Jonas", "/doc/side/<other topic>"),
    "/hint": ("Maya", "/doc/mine/<need>"),
    "/join": ("nobody", "/join"),
    "/join/<code>": ("Tom", "/join/<code>"),
    "/join/<code>/decline": ("nobody", "/join/<mailed code>"),
    "/overview/cards/away": ("Maya", "/overview"),
    "/overview/mine/usual": ("Maya", "/overview/mine"),
    "/private/<note_id>": ("Maya", "/private/<note>"),
    "/private/<note_id>/delete": ("Maya", "/private/<note>"),
    "/private/<note_id>/save": ("Maya", "/private/<note>"),
    "/private/close": ("Yara", "/private"),
    "/private/lock": ("Maya", "/private/lock"),
    "/private/lock/lost": ("Wim", "/private/lock/lost"),
    "/private/lock/off": ("Wim", "/private/lock/off"),
    "/private/new": ("Maya", "/private/new"),
    "/private/new/save": ("Maya", "/private/new"),
    "/private/older": ("Wim", "/private/older"),
    "/private/open": ("Wim", "/private"),
    "/reset": ("nobody", "/reset"),
    "/reset/<token>": ("nobody", "/reset/<reset>"),
    "/settings/address": ("Maya", "/settings/address"),
    "/settings/address/<token>": ("Maya", "/settings/address/<address>"),
    "/settings/address/cancel": ("Maya", "/settings/address"),
    "/settings/about": ("Maya", "/settings/about"),
    "/settings/export": ("Maya", "/settings/export"),
    "/settings/import": ("Maya", "/settings/import"),
    "/settings/codes": ("Maya", "/settings/codes"),
    "/settings/codes/app": ("Tom", "/settings/codes/app"),
    "/settings/codes/off": ("Hugo", "/settings/codes/off"),
    "/settings/codes/recovery": ("Hugo", "/settings/codes/recovery"),
    "/settings/erase": ("Maya", "/settings/erase"),
    "/settings/erase/keep": ("Ines", "/settings"),
    "/settings/keeping": ("Maya", "/settings/keeping"),
    "/settings/letters": ("Maya", "/settings"),
    "/settings/link/<invite_id>/withdraw": ("Ines", "/settings/link"),
    "/settings/link/end": ("Maya", "/settings/link/end"),
    "/settings/link/mail": ("Ines", "/settings/link"),
    "/settings/link/new": ("Ines", "/settings/link"),
    "/settings/mail-again": ("Emil", "/settings"),
    "/settings/prove": ("Maya", "/settings/prove"),
    "/settings/password": ("Maya", "/settings/password"),
    "/settings/passkeys": ("Maya", "/settings/passkeys"),
    "/settings/passkeys/<passkey_id>": ("Maya", "/settings/passkeys/<passkey>"),
    "/settings/pause": ("Maya", "/settings"),
    "/settings/prove/passkey": ("Maya", "/settings/prove"),
    "/settings/sessions/<session_id>/end": ("Maya", "/settings/sessions"),
    "/settings/sessions/end": ("Maya", "/settings/sessions"),
    "/signin": ("nobody", "/signin"),
    "/signin/code": ("Hugo, half in", "/signin/code"),
    "/signin/passkey": ("nobody", "/signin"),
    "/signout": ("Maya", "/settings"),
    "/signup": ("nobody", "/signup"),
    "/start": ("Maya", "/start"),
    "/stop/<token>": ("nobody", "/stop/<stop>"),
    "/talks/calendar": ("Jonas", "/talks/calendar"),
    "/talks/calendar/remove": ("Maya", "/talks/calendar"),
    "/talks/calendar/replace": ("Maya", "/talks/calendar"),
    "/week": ("Maya", "/week"),
    "/week/<token>": ("nobody", "/week/<week>"),
    "/week/draft/discard": ("Jonas", "/week"),
    "/week/link": ("Maya", "/week"),
    "/week/longer": ("Maya", "/week/longer"),
    "/week/longer/away": ("Maya", "/week/longer"),
    "/week/longer/save": ("Maya", "/week/longer"),
    "/talks/<talk_id>/after": ("Maya", "/talks/<talk>/after"),
    "/talks/<talk_id>/off": ("Maya", "/talks"),
    "/talks/plan": ("Maya", "/talks/plan"),
    "/talks/times/<time_id>/back": ("Maya", "/talks"),
    "/talks/times/<time_id>/yes": ("Maya", "/talks"),
    "/talks/<talk_id>/step": ("Maya", "/talks/<past talk>/step"),
    "/talks/<talk_id>/step/done": ("Maya", "/talks/<past talk>"),
    "/talks/<talk_id>/step/let-go": ("Maya", "/talks/<past talk>"),
    "/talks/<talk_id>/step/promise": ("Maya", "/talks/<past talk>/step/promise"),
    "/talks/add": ("Maya", "/talks/add"),
    "/talks/items/<item_id>": ("Maya", "/talks/items/<item>"),
    "/talks/items/<item_id>/back": ("Maya", "/talks/items/<item>"),
    "/talks/items/<item_id>/first": ("Maya", "/talks/items/<kept item>"),
    "/week/past/<round_id>/withdraw": ("Maya", "/week/past/<past round>"),
    "/week/save": ("Maya", "/week"),
    "/week/skip": ("Maya", "/week"),
    "/week/skip/back": ("Yara", "/week"),
    "/week/slower/away": ("Wim", "/week"),
    "/week/questions": ("Maya", "/week/questions"),
    "/week/questions/<question_id>/away": ("Maya", "/week/questions"),
    "/week/questions/<question_id>/retire": ("Maya", "/week/questions"),
    "/week/questions/<question_id>/use": ("Maya", "/week/questions"),
}
# What no page has a form for: another program or a script sends it.
NO_FORMS = frozenset(
    {
        "/mail/returned",
        # The script asks here what to hand to the browser; its forms then send the answer.
        "/settings/passkeys/options",
        "/settings/prove/passkey/options",
        "/signin/passkey/options",
    }
)
# Whose thing a route's address names, where it is not the first one of the page's address.
KINDS = {
    "/doc/mine/<need_id>/matters": "need",
    "/doc/moves/<move_id>/talk": "move",
    "/doc/moves/<move_id>/use": "move",
    "/doc/moves/<move_id>/withdraw": "move",
    "/doc/hear/<need_id>/answer": "heard need",
    "/doc/review/topics/<topic_id>/away": "review topic",
    "/doc/words/<suggestion_id>/talk": "suggestion",
    "/doc/words/<suggestion_id>/use": "suggestion",
    "/doc/words/<suggestion_id>/withdraw": "suggestion",
    "/settings/link/<invite_id>/withdraw": "invite",
    "/settings/sessions/<session_id>/end": "session",
    "/talks/<talk_id>/off": "talk",
    "/talks/items/<item_id>/first": "kept item",
    "/talks/times/<time_id>/back": "talk time of mine",
    "/talks/times/<time_id>/yes": "talk time",
    "/week/questions/<question_id>/away": "question",
    "/week/questions/<question_id>/retire": "asked",
    "/week/questions/<question_id>/use": "question",
}
# Sent by the script, with the fields of the form that stands on the page.
AUTOSAVED = frozenset(
    {
        "/doc/air/save",
        "/doc/before/save",
        "/doc/hear/<need_id>/save",
        "/doc/mine/<need_id>/save",
        "/doc/side/<topic_id>/words/save",
        "/private/<note_id>/save",
        "/private/new/save",
        "/week/longer/save",
        "/week/save",
    }
)
# Asked by the script about one field of whatever form stands on the page.
ASKED = {"/hint": ("text", "kind")}
# Where what was sent can be read afterwards, word for word.
SHOWN_AT = {
    "/doc/air": "/doc/air",
    "/doc/air/save": "/doc/air",
    "/doc/before": "/doc/before",
    "/doc/before/save": "/doc/before",
    "/doc/hear/<need_id>": "/doc/side/<topic>",
    "/doc/hear/<need_id>/save": "/doc/hear/<theirs>",
    "/doc/mine/<need_id>": "/doc/mine/<need>",
    "/doc/mine/<need_id>/save": "/doc/mine/<need>",
    "/doc/side/<topic_id>/words": "/doc/side/<topic>",
    "/doc/side/<topic_id>/words/save": "/doc/side/<topic>/words",
    "/doc/rhythm": "/doc/rhythm",
    "/private/<note_id>": "/private/<note>",
    "/private/<note_id>/save": "/private/<note>",
    "/talks/<talk_id>/after": "/talks/<talk>",
    "/talks/<talk_id>/step": "/talks/<past talk>",
    "/week": "/week",
    "/week/save": "/week",
    "/week/questions": "/week/questions",
}

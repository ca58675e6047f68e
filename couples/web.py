"""What all pages share: closed doors, refusals as pages, security headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from couples import alarms, logs
from couples.db import db
from couples.errors import NotFound, Refusal
from couples.policy import HEADERS
from couples.typed import other_fields, typed_fields

log = logs.named("couples.web")
View = TypeVar("View", bound=Callable[..., Any])

# What a browser may keep: the same for everybody, and no page.
KEPT = frozenset({"static", "manifest"})
# Where somebody who has signed in may be led back to.
RETURNS = frozenset(
    {
        "dashboard.show", "agreement.home", "agreement.mine", "surveys.week", "talks.home",
        "privacy.notes",
        "accounts.settings", "accounts.new_address", "pairing.invites",
    }
)  # fmt: skip

# What the script that saves a form is told where trying again would not help.
SIGNED_OUT = _l(
    "Not saved: you’re signed out here. Sign in in another tab, then press Save. What you wrote "
    "stays on this page."
)
OPEN_LONG = _l(
    "Not saved by itself: this page was open a long time. Press Save; what you wrote stays."
)


def open_door(view: View) -> View:
    """Mark a view that needs no session."""
    view.open_door = True  # type: ignore[attr-defined]
    return view


def same_for_all(view: View) -> View:
    """Mark a view that gives everybody the same bytes and leaves no trace (rule S4)."""
    view.same_for_all = True  # type: ignore[attr-defined]
    return view


def flash_toast(sentence: str) -> None:
    """Say one sentence on the next page."""
    flash(sentence, "toast")


def guard(app: Flask) -> None:
    """Put doors, headers and error pages on the application."""
    app.before_request(_forget_reader)
    app.before_request(_require_session)
    app.before_request(_refuse_unwritable)
    app.after_request(_set_headers)
    app.register_error_handler(NotFound, lambda _problem: _missing_thing())
    app.register_error_handler(Refusal, _refusal_page)
    app.register_error_handler(CSRFError, _expired_page)
    app.register_error_handler(HTTPException, _http_page)
    app.register_error_handler(Exception, _last_resort)


def _forget_reader() -> None:
    """Let nobody sit at this browser for this one request, and its cookie stay as it is."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "same_for_all", False):
        _leave_cookie_alone()


def _leave_cookie_alone() -> None:
    """Forget the session in this request only: an empty, unchanged one is never written."""
    session.clear()
    session.modified = False


def _require_session() -> ResponseReturnValue | None:
    """Answer every page that needs a session alike, whatever is behind its address (rule S7)."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "open_door", False) or current_user.is_authenticated:
        return None
    if request.method == "POST" and is_from_here() and (typed_fields() or _asks_script()):
        return _signed_out_page()
    # A token of no session: a proof gave it another, whose cookie must not be written over.
    if request.method == "GET" and request.endpoint in RETURNS and not g.get("token_is_nobodys"):
        # Our own signed cookie keeps it, so that nobody but us says where to.
        session["return_to"] = [request.endpoint, request.view_args]
    return redirect(url_for("accounts.sign_in"), 303)


def _asks_script() -> bool:
    """Whether a page's script sent this, as it saves what somebody writes."""
    return request.accept_mimetypes.best == "application/json"


def _signed_out_page() -> ResponseReturnValue:
    """Keep what was typed: the session may have ended while somebody wrote."""
    if _asks_script():
        return jsonify(saved=str(SIGNED_OUT)), 401
    values = {"fields": typed_fields(), "others": other_fields(), "action": request.path}
    return render_template("errors/signed_out.html", **values), 401


def _refuse_unwritable() -> None:
    """Treat an address with NUL in it as what does not exist; PostgreSQL would choke on it."""
    if any("\0" in str(value) for value in (request.view_args or {}).values()):
        raise NotFound


def return_address(default: str = "accounts.front") -> str:
    """Return where to go after signing in; only endpoints of our own list are ever followed."""
    kept = session.pop("return_to", None)
    # A cookie of an earlier version keeps a name alone.
    endpoint, values = kept if isinstance(kept, list) else (kept, {})
    return url_for(endpoint, **values) if endpoint in RETURNS else url_for(default)


def _set_headers(response: Response) -> Response:
    there = {name.lower() for name in response.headers.keys()}  # noqa: SIM118
    response.headers.extend(one for one in HEADERS.items() if one[0].lower() not in there)
    if seconds := current_app.config["HSTS"]:
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}; includeSubDomains"
    if request.endpoint not in KEPT:
        # Not even Back may show a page after its session has ended.
        response.headers["Cache-Control"] = "no-store"
        # Sent files are given a year by default, which an old cache would go by.
        response.headers.pop("Expires", None)
    return response


def error_page(code: int, **values: Any) -> ResponseReturnValue:
    """Render the page of one error; the same bytes for a missing thing and a stranger's."""
    return page_of_failure(f"errors/{code}.html", **values), code


def page_of_failure(template: str, **values: Any) -> str:
    """Render a page for what went wrong; for nobody, where it can't be found out who sits here."""
    try:
        db.session.rollback()
        current_user.is_authenticated  # noqa: B018 - asked for
    except SQLAlchemyError:
        ask_no_more()
    return render_template(template, **values)


def _missing_page() -> ResponseReturnValue:
    """Keep what was typed: the thing may have vanished while somebody wrote."""
    return error_page(404, fields=typed_fields())


def _missing_thing() -> ResponseReturnValue:
    """Answer who asked for what is not theirs or not there; nobody can tell which (rule S7)."""
    alarms.slipped("a thing that is not there")
    return _missing_page()


def _refusal_page(refusal: Refusal) -> ResponseReturnValue:
    page = page_of_failure("errors/409.html", sentence=str(refusal), fields=typed_fields())
    return page, refusal.status, {"Retry-After": "2"} if refusal.status == 503 else {}


def _expired_page(_problem: CSRFError) -> ResponseReturnValue:
    """Keep what was typed: the page's only press sends it again with a fresh token."""
    alarms.slipped("a form without its mark")
    if _asks_script():
        return jsonify(saved=str(OPEN_LONG)), 400
    page = page_of_failure(
        "errors/expired.html",
        fields=typed_fields(),
        others=other_fields(),
        action=request.path if is_from_here() else None,
    )
    if not is_from_here():
        # A foreign page's form comes without our cookie, and must not replace it either.
        _leave_cookie_alone()
    return page, 400


def is_from_here() -> bool:
    """Whether the form was on a page of ours, as far as the browser tells."""
    has_cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return has_cookie or request.headers.get("Origin") == f"{request.scheme}://{request.host}"


PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})


def _http_page(problem: HTTPException) -> ResponseReturnValue:
    code = problem.code or 500
    if isinstance(problem, SecurityError):
        alarms.tried("an unknown host was asked for")
        # No address was matched, so no page of ours can be written: only that host is refused.
        return Response(
            _("This address isn’t known here. Ask whoever runs this server for the right one."),
            400,
            mimetype="text/plain",
        )
    if problem.response is not None or code < 400:
        return problem
    if code not in PAGES:
        code = 400 if code < 500 else 500
    if 400 <= code < 500 and code not in {404, 429}:
        alarms.slipped("a request was refused", status=code)
    until = getattr(problem, "retry_at", None)
    page = _missing_page() if code == 404 else error_page(code, until=until)
    allowed = getattr(problem, "valid_methods", None)
    if code == 405 and allowed:
        return *page, {"Allow": ", ".join(allowed)}  # type: ignore[misc]
    return page


def _last_resort(problem: Exception) -> ResponseReturnValue:
    """Answer anything unforeseen with a page; the log names the kind, never what was typed."""
    log.error("unforeseen", problem=problem, endpoint=request.endpoint)
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise problem
    ask_no_more()
    return error_page(500)


def ask_no_more() -> None:
    """Let nobody sit here where finding out has failed: asked again, it would only fail again."""
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()

"""Signing, versions, and what stays."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement.blueprint import pages
from couples.agreement.document import pdf
from couples.agreement.document.wording import changes_between
from couples.agreement.forms import SignForm
from couples.agreement.refusals import ReviewDayPassed
from couples.agreement.shapes import DocumentView
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_versions
from couples.limits import asker, limiter
from couples.web import flash_toast

files = limiter.shared_limit("20 per 10 minutes", scope="files", key_func=asker)


@pages.route("/doc/sign", methods=["GET", "POST"])
def sign() -> ResponseReturnValue:
    """Read the whole text, and type one's name under it (rule A7)."""
    form = SignForm()
    if not form.validate_on_submit():
        return to_sign(form, 422 if form.errors else 200)
    read_hash, person_id = form.read_hash.data or "", current_user.person_id
    try:
        outcome = services_signing.sign(person_id, form.typed_name.data, read_hash, clock.now())
    except ReviewDayPassed as refusal:
        return to_sign(form, 409, passed=str(refusal))
    if outcome == "text_changed":
        return to_sign(form, 409, changed=True)
    return signed(in_force=outcome == "in_force")


def to_sign(form: SignForm, status: int, **values: Any) -> ResponseReturnValue:
    """Show the text to sign, with what stands in the way of it."""
    page = services_signing.sign_page(current_user.person_id)
    return render_template("agreement/sign.html", form=form, page=page, **values), status


def signed(*, in_force: bool) -> ResponseReturnValue:
    """Say what the signature did, on the first page."""
    toast = _("You’ve both signed. It holds from now on.") if in_force else _("You’ve signed.")
    flash_toast(toast)
    return redirect(url_for(".home"), 303)


@pages.post("/doc/sign/read")
def read_void() -> ResponseReturnValue:
    """Put the line away that says one's signature no longer counts."""
    services_signing.read_void(current_user.person_id, clock.now())
    return redirect(url_for(".home"), 303)


@pages.get("/doc/versions")
def versions() -> ResponseReturnValue:
    """All versions, the newest first, any two of which can be laid side by side."""
    found = services_versions.versions(current_user.person_id)
    return render_template("agreement/versions.html", versions=found)


@pages.get("/doc/versions/compare")
def compare() -> ResponseReturnValue:
    """What reads differently in the newer of two versions, in whichever order they were chosen."""
    numbers = [request.args.get(name, type=int) for name in ("first", "second")]
    found = services_versions.documents(current_user.person_id, numbers)
    old, new = sorted(found, key=lambda document: document.number)
    lines = services_versions.versions(current_user.person_id)
    changes = changes_between(old.content, new.content)
    return render_template(
        "agreement/compare.html", old=old, new=new, changes=changes, versions=lines
    )


@pages.get("/doc/versions/<int:number>")
def version(number: int) -> ResponseReturnValue:
    """One version."""
    document = services_versions.document(current_user.person_id, number)
    return render_template("agreement/version.html", document=document)


@pages.get("/doc/versions/<int:number>/document.pdf")
@files
def version_file(number: int) -> ResponseReturnValue:
    """One version as a file."""
    return as_file(services_versions.document(current_user.person_id, number))


@pages.get("/doc/kept/<version_id>")
def kept(version_id: str) -> ResponseReturnValue:
    """A copy of what both signed before a link ended (rule L6)."""
    document = services_versions.kept_document(current_user.person_id, version_id)
    return render_template("agreement/version.html", document=document, kept=True)


@pages.get("/doc/kept/<version_id>/document.pdf")
@files
def kept_file(version_id: str) -> ResponseReturnValue:
    """The same copy as a file."""
    return as_file(services_versions.kept_document(current_user.person_id, version_id))


def as_file(document: DocumentView) -> ResponseReturnValue:
    """Send the text as PDF, under a name that tells nothing (rule S4)."""
    made = pdf.pdf_of(document, pdf.paper_of(request.args.get("paper")))
    return send_file(
        BytesIO(made), "application/pdf", as_attachment=True, download_name=pdf.file_name(document)
    )

"""The agreement and other sheets as PDF files, made without a browser (decision 13)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from flask import current_app
from flask_babel import gettext as _

from couples import formats, logs
from couples.agreement.document.sheet import sheet_of
from couples.agreement.refusals import FileInTheMaking, NoFileNow
from couples.agreement.shapes import DocumentView
from couples.languages import base_of

Paper = Literal["a4", "letter"]
TYPST_PAPERS = {"a4": "a4", "letter": "us-letter"}
HERE = Path(__file__).parent
PROGRAM = [sys.executable, "-I", str(HERE / "typeset.py")]
SECONDS = 20
# Who waits holds one of the few threads that answer everybody: one at most, and not for long.
WAIT = 0.5
LINE = threading.BoundedSemaphore(2)
TURN = threading.Lock()
log = logs.named("couples.agreement")


def paper_of(word: str | None) -> Paper:
    """Return the paper that was asked for; A4 where none was, or one we do not know."""
    return "letter" if word == "letter" else "a4"


def file_name(document: DocumentView) -> str:
    """Return a name that tells nobody anything (rule S4)."""
    return f"document-v{document.number}.pdf"


def pdf_of(document: DocumentView, paper: Paper) -> bytes:
    """Return the file of a text in the reader's language, or refuse where it cannot be made."""
    heading = _("Document, version %(n)s", n=document.number)
    sheet = {**asdict(sheet_of(document)), "heading": heading}
    return file_of("agreement/document.typ", sheet, paper)


def file_of(template: str, sheet: Mapping[str, object], paper: Paper) -> bytes:
    """Return the file that a template makes of a sheet, or refuse where it cannot be made."""
    lang = base_of(formats.locale_tag())
    asked = {
        "template": _source(template),
        "fonts": str(HERE / "fonts"),
        "paper": TYPST_PAPERS[paper],
        "sheet": {**sheet, "lang": lang},
    }
    return _typeset(json.dumps(asked).encode())


def _source(template: str) -> str:
    environment = current_app.jinja_env
    assert environment.loader is not None
    return environment.loader.get_source(environment, template)[0]


def _typeset(asked: bytes) -> bytes:
    # In a process of its own: its 60 MB are not kept, and no text can stop the service. Nothing
    # of our environment goes along, secrets least of all.
    try:
        with _turn():
            done = subprocess.run(
                PROGRAM, input=asked, capture_output=True, check=True, timeout=SECONDS, env={}
            )
    except (OSError, subprocess.SubprocessError) as problem:
        # Only what kind of trouble: what typst says may quote words of the text.
        log.error("the file of a document could not be made", kind=type(problem).__name__)
        raise NoFileNow from None
    return done.stdout


@contextmanager
def _turn() -> Iterator[None]:
    """Make one file at a time in each web process, so that many asking take no more memory."""
    if not LINE.acquire(blocking=False):
        raise FileInTheMaking
    try:
        if not TURN.acquire(timeout=WAIT):
            raise FileInTheMaking
        try:
            yield
        finally:
            TURN.release()
    finally:
        LINE.release()

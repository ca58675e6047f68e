"""The agreement as a file: the same text as the page, under a name that tells nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from couples.agreement.document import pdf
from couples.agreement.document.content import Clause, Content, NeedText, Signer
from couples.agreement.promises.services import review
from couples.agreement.services import version_in_force
from couples.agreement.shapes import DocumentView, SignatureView
from couples.pairing.services_leaving import end_link
from tests.agreement.road import RHYTHM, choose, open_both, promise, sign_both, text, topic_ids
from tests.cast import Cast, sign_in

MAYA, JONAS = "m" * 22, "j" * 22
SIGNED_AT = datetime(2026, 8, 16, 18, 31, tzinfo=UTC)
FOOT = "Version 3, signed by both on Sunday 16 August 2026. A promise between two people, not a"
DOCUMENT = "{% from 'agreement/_document.html' import document with context %}{{ document(view) }}"
TYPST = (
    '#let x = 1; $a^2$ \\ \\u{41} *b* _i_ `c` @r <l> // c /* d */ [e] {f} ~ -- --- ... = + / "q"'
)


def clause(number: int = 1, **values: object) -> Clause:
    """Return one numbered topic of both."""
    needs = (
        NeedText(MAYA, "evenings where both are really there.", "I say which ones."),
        NeedText(JONAS, "to know ahead of time which evenings are ours.", ""),
    )
    usual = Clause(
        f"t{number}", "time", "", needs, None, "keep Tuesdays, laptops shut.", "Both happened.",
        "We name another.", "Twice a week", date(2026, 12, 20),
    )  # fmt: skip
    return replace(usual, **values)  # type: ignore[arg-type]


def view(*clauses: Clause, talk_plan: str = "A talk on Sundays.") -> DocumentView:
    """Return the third version of such a text."""
    people = (Signer(MAYA, "Maya", "disc"), Signer(JONAS, "Jonas", "diamond"))
    content = Content(people, clauses or (clause(),), RHYTHM, talk_plan, date(2027, 1, 10))
    signatures = (
        SignatureView(MAYA, "Maya Lindqvist", SIGNED_AT),
        SignatureView(JONAS, "Jonas Okafor", SIGNED_AT),
    )
    return DocumentView(
        content, 3, 3, signatures, frozenset(), "v" * 22, SIGNED_AT, "0123456789abcdef" * 4
    )


class _Text(HTMLParser):
    """The text of the document on a page, without the line at its foot."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.foot = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.foot = self.foot or tag == "footer"
        self.words += "" if tag == "b" else " "

    def handle_endtag(self, tag: str) -> None:
        self.words += "" if tag == "b" else " "

    def handle_data(self, data: str) -> None:
        self.words += "" if self.foot else data


def on_the_page(markup: str) -> str:
    """Return the words of the document that stands in this page."""
    reader = _Text()
    reader.feed(markup[markup.index('<article class="doc"') : markup.index("</article>")])
    return reader.words


def in_the_file(found: bytes) -> str:
    """Return the words of a file, without the line at the foot of each page."""
    texts = [page.extract_text() for page in PdfReader(BytesIO(found)).pages]
    whole = "\n".join(re.sub(r"\nVersion \d.* \d+ / \d+$", "", words) for words in texts)
    return whole.replace("\u200b", "")


def letters(words: str) -> str:
    """Return the text without any white space: lines break elsewhere in a file."""
    return re.sub(r"[\s\u200b]+", "", words)


def make(app: Flask, document: DocumentView, paper: pdf.Paper = "a4") -> tuple[bytes, str]:
    """Return the file, and the same document as it stands on a page."""
    with app.test_request_context("/doc"):
        page = render_template_string(DOCUMENT, view=document)
        return pdf.pdf_of(document, paper), page


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_file_reads_word_for_word_like_the_page(app: Flask, paper: pdf.Paper) -> None:
    found, page = make(app, view(clause(1), clause(2, listed="home", owner_id=JONAS)), paper)
    assert in_the_file(found).split() == on_the_page(page).split()
    assert "On trial until Sunday 20 December 2026" in " ".join(in_the_file(found).split())
    assert "Fingerprint of this text: 0123456789ab" in in_the_file(found)


def test_every_page_of_the_file_names_version_day_and_number(app: Flask) -> None:
    found, _page = make(app, view(*(clause(number) for number in range(9))))
    pages = PdfReader(BytesIO(found)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        last = page.extract_text().splitlines()[-1]
        assert last == f"{FOOT} legal contract. {number} / {len(pages)}"


def test_the_signatures_stay_with_the_closing_section_and_no_topic_is_torn_apart(
    app: Flask,
) -> None:
    for topics in range(1, 7):
        found, _page = make(app, view(*(clause(number) for number in range(topics))))
        pages = [page.extract_text() for page in PdfReader(BytesIO(found)).pages]
        (closing,) = [words for words in pages if "How we’ll keep talking" in words]
        for words in ("Maya Lindqvist", "Jonas Okafor", "Fingerprint"):
            assert words in closing
        for words in pages:
            assert words.count("Maya needs") == words.count("Sunday 20 December 2026")


def test_what_people_write_is_never_read_as_markup(app: Flask) -> None:
    odd = clause(
        listed=None, own_name="#panic()", words=TYPST, kept_when="$", otherwise="#", how_often="*"
    )
    found, page = make(app, view(odd, talk_plan=TYPST))
    assert letters(in_the_file(found)) == letters(on_the_page(page))
    assert letters(in_the_file(found)).count(letters(TYPST)) == 2


@given(words=st.text("abc ÄžЖΩ #$\\*_`@<>[]{}()~-/=+\"'.:;,!?&%^|\n", min_size=1, max_size=200))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_come_through_whole(app: Flask, words: str) -> None:
    kept = words.strip() or "x"
    odd = clause(words=kept, needs=(NeedText(MAYA, kept, ""),), kept_when=kept)
    found, page = make(app, view(odd, talk_plan=kept))
    assert letters(in_the_file(found)) == letters(on_the_page(page))


def test_letters_that_no_font_has_keep_their_place_and_can_be_copied(app: Flask) -> None:
    odd = "日本語 ไทย 𓀀 \N{LARGE ORANGE CIRCLE} \ue000"
    found, _page = make(app, view(clause(words=odd)))
    for word in odd.split():
        assert word in in_the_file(found)
    assert is_accessible(found)


def test_right_to_left_words_are_all_there(app: Flask) -> None:
    odd = "שלום עולם مرحبا بالعالم"
    found, _page = make(app, view(clause(words=odd)))
    for word in odd.split():
        assert word in in_the_file(found)


def test_a_very_long_word_breaks_and_does_not_leave_the_page(app: Flask) -> None:
    odd = clause(words="w" * 600, needs=(NeedText(MAYA, "n" * 600, ""),), kept_when="k" * 200)
    found, page = make(app, view(odd))
    assert letters(in_the_file(found)) == letters(on_the_page(page))
    lines = in_the_file(found).splitlines()
    assert max(len(line) for line in lines if set(line) == {"n"}) < 45
    assert max(len(line) for line in lines if set(line) == {"w"}) < 90
    assert max(len(line) for line in lines if set(line) == {"k"}) < 30


def test_a_text_longer_than_a_page_goes_on_over_the_next(app: Flask) -> None:
    lines = "\n".join(f"line{number}" for number in range(150))
    found, page = make(app, view(clause(words=lines), talk_plan=lines))
    assert letters(in_the_file(found)) == letters(on_the_page(page))
    assert len(PdfReader(BytesIO(found)).pages) > 4


def root_of(found: bytes) -> Any:
    """Return the file's root, as pypdf reads it."""
    return PdfReader(BytesIO(found)).trailer["/Root"]


def is_accessible(found: bytes) -> bool:
    """Whether the file says that it is tagged, in which language, and PDF/UA."""
    root = root_of(found)
    meta = root["/Metadata"].get_data()
    return bool(
        root["/MarkInfo"]["/Marked"]
        and "/StructTreeRoot" in root
        and root["/Lang"] == "en"
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
        and b"<pdfuaid:part>1<" in meta
    )


def test_the_file_is_tagged_and_brings_its_fonts(app: Flask) -> None:
    found, _page = make(app, view())
    assert is_accessible(found)
    pages: Any = PdfReader(BytesIO(found)).pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font["/DescendantFonts"]
            assert "/FontFile2" in inner["/FontDescriptor"]
            assert "/ToUnicode" in font


def test_S4_the_file_says_no_more_than_its_text(app: Flask) -> None:
    found, _page = make(app, view())
    reader = PdfReader(BytesIO(found))
    assert reader.metadata is not None
    assert set(reader.metadata) == {"/Title", "/Creator"}
    assert reader.metadata.title == "Document, version 3"
    meta = root_of(found)["/Metadata"].get_data().decode()
    assert not re.search(r"Maya|Jonas|202\d|agreement|need", meta)
    assert pdf.file_name(view()) == "document-v3.pdf"


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_same_text_is_the_same_file_on_either_paper(
    app: Flask, paper: pdf.Paper, size: tuple[int, int]
) -> None:
    first, second = (make(app, view(), paper)[0] for _ in range(2))
    assert first == second
    box = PdfReader(BytesIO(first)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def sign_one(cast: Cast, now: datetime) -> str:
    """Put a version in force; return its id."""
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    found = version_in_force(cast.couple)
    assert found is not None
    return found.id


def test_S4_the_file_of_a_version_comes_under_a_neutral_name_and_is_kept_nowhere(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_one(cast, now)
    page = text(maya, "/doc/versions/1")
    for paper in ("a4", "letter"):
        assert f'href="/doc/versions/1/document.pdf?paper={paper}"' in page
        answer = maya.get(f"/doc/versions/1/document.pdf?paper={paper}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == "attachment; filename=document-v1.pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Expires" not in answer.headers  # an old proxy would go by it
        assert in_the_file(answer.data).split() == on_the_page(page).split()
    plain, odd = (
        maya.get("/doc/versions/1/document.pdf"),
        maya.get("/doc/versions/1/document.pdf?paper=a9"),
    )
    assert plain.data == odd.data == maya.get("/doc/versions/1/document.pdf?paper=a4").data


def test_A8_a_promise_under_review_changes_nothing_in_the_file(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_one(cast, now)
    before = maya.get("/doc/versions/1/document.pdf").data
    review(cast.jonas, topic_ids(cast.maya)[0], True, now)
    assert "Under review" in text(maya, "/doc/versions/1")
    assert maya.get("/doc/versions/1/document.pdf").data == before


def test_L6_the_kept_copy_is_there_as_a_file_for_its_owners_only(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    path = f"/doc/kept/{sign_one(cast, now)}/document.pdf"
    assert maya.get(path).status_code == 404
    end_link(cast.jonas, now + timedelta(days=1))
    for browser in (maya, jonas):
        page = text(browser, path.removesuffix("/document.pdf"))
        assert f'href="{path}?paper=a4"' in page
        assert in_the_file(browser.get(path).data).split() == on_the_page(page).split()
        assert browser.get("/doc/versions/1/document.pdf").status_code == 404
    stranger = maya.application.test_client()
    sign_in(stranger, cast.other, now)
    assert stranger.get(path).data == stranger.get("/doc/kept/x/document.pdf").data


@pytest.mark.parametrize("trouble", ["fails", "hangs", "is not there"])
def test_a_file_that_cannot_be_made_is_a_clear_page_and_no_word_is_logged(
    maya: FlaskClient,
    cast: Cast,
    now: datetime,
    trouble: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sign_one(cast, now)
    code = {"fails": "print('evenings'); 1 / 0", "hangs": "import time; time.sleep(60)"}
    program = [sys.executable, "-c", code.get(trouble, "")]
    monkeypatch.setattr(pdf, "PROGRAM", ["/nowhere"] if trouble == "is not there" else program)
    monkeypatch.setattr(pdf, "SECONDS", 1)
    answer = maya.get("/doc/versions/1/document.pdf")
    assert answer.status_code == 503
    assert "The file couldn’t be made just now." in answer.text
    assert "the file of a document could not be made" in caplog.text
    for word in ("evenings", "Maya", "Traceback"):
        assert word not in caplog.text


def test_nobody_waits_in_the_server_for_another_file_to_be_made(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_one(cast, now)
    with pdf.TURN:
        began = time.perf_counter()
        answer = maya.get("/doc/versions/1/document.pdf")
        # Half a second is what it waits; a file may take forty times that.
        assert time.perf_counter() - began < pdf.SECONDS / 4
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert "Another file is being made. Try again in a moment." in answer.text
    assert maya.get("/doc/versions/1/document.pdf").status_code == 200


def test_no_more_than_one_thread_waits_for_its_turn(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_one(cast, now)
    with pdf.TURN, pdf.LINE, pdf.LINE:
        began = time.perf_counter()
        assert maya.get("/doc/versions/1/document.pdf").status_code == 503
        assert jonas.get("/doc/versions/1").status_code == 200
        assert time.perf_counter() - began < 0.4
    assert maya.get("/doc/versions/1/document.pdf").status_code == 200


def test_one_person_asks_for_twenty_files_in_ten_minutes_and_slows_nobody_else_down(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_one(cast, now)
    with pdf.TURN:
        pdf_pages = ("/doc/versions/1/document.pdf", "/doc/versions/1/document.pdf?paper=letter")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pdf, "WAIT", 0.001)
            codes = [maya.get(pdf_pages[n % 2]).status_code for n in range(22)]
    assert codes == [503] * 20 + [429] * 2
    assert maya.get("/doc/kept/x/document.pdf").status_code == 429
    assert maya.get("/doc/versions/1").status_code == 200
    assert jonas.get(pdf_pages[0]).status_code == 200


def test_the_service_itself_never_loads_the_typesetter() -> None:
    code = (
        "import sys, couples.app, couples.agreement.document.pdf; sys.exit('typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0

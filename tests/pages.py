"""Reading our own pages: their forms with what stands in them, and bytes without tokens."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

TOKEN = re.compile(r'(name="(?:csrf_token|draft)"[^>]*? value=")[^"]*"')
# What cannot be stored, and so is not expected back.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TEXTS = frozenset({"text", "email", "password", "search", "url", "tel", "textarea"})


@dataclass
class Field:
    """One name of a form: what kind of control, what it would send, what it offers."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = True
    offers: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether a person types freely into it."""
        return self.kind in TEXTS


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def named(self, name: str) -> Field | None:
        """Return the field of this name."""
        return next((one for one in self.fields if one.name == name), None)

    def values(self) -> list[tuple[str, str]]:
        """Return what a browser would send, the first button pressed; all choices made."""
        sent = [(one.name, one.value or next(iter(one.offers), "")) for one in self.fields]
        return sent + self.buttons[:1]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.text: Field | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what belongs to a form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None and "name" in given:
            self._control(tag, given)
        if tag == "option" and self.select is not None:
            value = given.get("value", "")
            self.select.offers += [value] if value else []
            if "selected" in given:
                self.select.value = value

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self.form is not None
        name, value = given["name"], given.get("value", "")
        if tag == "button":
            self.form.buttons.append((name, value))
        elif tag == "textarea":
            self.text = Field(name, "textarea")
            self.form.fields.append(self.text)
        elif tag == "select":
            self.select = Field(name, "select")
            self.form.fields.append(self.select)
        elif tag == "input":
            self._input(name, given.get("type", "text"), value, "checked" in given)

    def _input(self, name: str, kind: str, value: str, checked: bool) -> None:
        assert self.form is not None
        if kind not in {"radio", "checkbox"}:
            self.form.fields.append(Field(name, kind, value))
            return
        found = self.form.named(name)
        if found is None:
            found = Field(name, kind)
            self.form.fields.append(found)
        found.offers.append(value or "y")
        if checked:
            found.value = value or "y"

    def handle_endtag(self, tag: str) -> None:
        """Close what ends here."""
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        """Collect what stands in a text area."""
        if self.text is not None:
            # The first newline after the tag is not part of the text.
            self.text.value += data


def forms_of(page: str) -> list[Form]:
    """Return all forms of a page that change something."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    for form in reader.forms:
        for one in form.fields:
            if one.kind == "textarea":
                one.value = one.value.removeprefix("\r\n").removeprefix("\n")
    return [form for form in reader.forms if form.method == "post"]


def without_tokens(page: bytes) -> bytes:
    """Return a page's bytes without what is random in each answer."""
    return TOKEN.sub(r'\1"', page.decode()).encode()


def plain(text: str) -> str:
    """Return a text as any page may show it: single blanks, composed, nothing unwritable."""
    return " ".join(unicodedata.normalize("NFC", UNWRITABLE.sub("", text)).split())


def readable(page: str) -> str:
    """Return everything a page says, its fields included."""
    return plain(html.unescape(page))


def is_shown(value: bytes, page: str) -> bool:
    """Whether a text stands on a page; what is no UTF-8 may look like anything."""
    pieces = value.decode("utf-8", "replace").split("\ufffd")
    return all(plain(piece) in page for piece in pieces)

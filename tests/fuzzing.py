"""What the fuzz sends: forms as no browser and no person would fill them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.pages import Form

Pairs = list[tuple[str, bytes]]
# Whatever of this comes back as it was sent would run in a browser.
MARK = "fuzzed7"
MARKUP = (
    f"<script>{MARK}()</script>",
    f"<img src=x onerror={MARK}()>",
    f'"><svg onload={MARK}()>',
    f"'><b {MARK}=1>",
    f"</textarea><script>{MARK}()</script>",
    f"</title><script>{MARK}()</script>",
    f"{{{{ {MARK} }}}}{{% if 1 %}}",
    f"javascript:{MARK}()",
)
RUNS = (f"<script>{MARK}", f"<img src=x onerror={MARK}", f"<svg onload={MARK}", f"<b {MARK}=1")
NUMBERS = (
    "0", "-1", str(2**31), str(2**63), str(-(2**63) - 1), str(2**64), "9" * 5000, "1e400", "NaN",
    "-0", "Infinity", "0x10", "1_000", "٣٤", "1.", " 7 ", "+7", "7\x00",
)  # fmt: skip
STRANGE = (
    b"\x00", b"\xed\xa0\x80", b"\xff\xfe", b"\xf4\x90\x80\x80", "\u202e\u2066".encode(),
    b"\r\n\r\n", "\ufeff\u2028\u2029".encode(), b"' OR 1=1 --", b"'; DROP TABLE people; --",
    b"%s%n%(x)s{0}",
    b"../../../../etc/passwd", b"$(id)`id`|id", b"{\"a\": NaN}", "İıſKß".encode(), b"y",
    b"on", b"true",
    b"9999-12-31", b"0000-00-00", b"24:61", b"Europe/Berlin\x00", b"None", b"[]",
)  # fmt: skip
# Names of what no form has; some of them are columns (ASVS 15.3.3).
UNASKED = (
    "user_id", "person_id", "couple_id", "is_admin", "admin", "role", "shared", "signed_by",
    "signed_at", "owner_id", "id", "state", "password_hash", "author_id", "_method", "__class__",
    "email", "generation", "erase_at", "proved_at",
)  # fmt: skip
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "GET")
KINDS = (
    "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; boundary=x",
    "multipart/form-data", "application/json", "text/plain", "application/xml", "", "x" * 300,
)  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One request: how it is sent, and what is changed in a form that would have been taken."""

    method: str = "POST"
    kind: str = ""
    edits: list[tuple[str, int, bytes]] = field(default_factory=list)
    body: bytes | None = None

    def pairs(self, form: Pairs) -> Pairs:
        """Return the form with its changes made."""
        made = list(form)
        for what, place, value in self.edits:
            at = place % len(made) if made else 0
            if what == "add" or not made:
                made.append((UNASKED[place % len(UNASKED)], value))
            elif what == "drop":
                del made[at]
            elif what == "double":
                made.append((made[at][0], value))
            elif what == "rename":
                made[at] = (made[at][0] + value[:20].decode("utf-8", "replace"), made[at][1])
            else:
                made[at] = (made[at][0], value)
        return made

    def encoded(self, form: Pairs) -> bytes:
        """Return the body of the request."""
        if self.body is not None:
            return self.body
        return encoded(self.pairs(form))


def encoded(pairs: Pairs) -> bytes:
    """Return a form as its bytes, whatever they are."""
    parts = (
        f"{quote_from_bytes(name.encode('utf-8', 'replace'))}={quote_from_bytes(value)}"
        for name, value in pairs
    )
    return "&".join(parts).encode()


def values() -> st.SearchStrategy[bytes]:
    """Return every kind of value: known traps, texts of all planes, numbers, bytes."""
    texts = st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(
        st.sampled_from([one.encode() for one in (*MARKUP, *NUMBERS)]),
        st.sampled_from(STRANGE),
        texts,
        st.integers().map(lambda number: str(number).encode()),
        st.binary(max_size=40),
        st.builds(
            lambda one, times: one * times,
            st.sampled_from([b"x", b"\n", b"\xf0\x9f\x92\x8b"]),
            st.sampled_from([256, 10_001, 40_000]),
        ),
    )


def edits() -> st.SearchStrategy[list[tuple[str, int, bytes]]]:
    """Return a few changes to a form."""
    kinds = st.sampled_from(["set", "set", "set", "add", "drop", "double", "rename"])
    return st.lists(st.tuples(kinds, st.integers(0, 60), values()), min_size=1, max_size=6)


def requests() -> st.SearchStrategy[Sent]:
    """Return requests: mostly a changed form, now and then another method or another body."""
    forms = st.builds(Sent, edits=edits())
    methods = st.builds(Sent, method=st.sampled_from(METHODS), edits=edits())
    json = st.sampled_from([b"1", b"[1]", b"null", b'{"a": {"b": [1]}}', b'{"words": 7}', b"{"])
    jsons = st.builds(Sent, kind=st.just("application/json"), body=json)
    bodies = st.builds(Sent, kind=st.sampled_from(KINDS), body=st.binary(max_size=300))
    kinds = st.builds(Sent, kind=st.sampled_from(KINDS), edits=edits())
    return st.one_of(forms, forms, forms, forms, methods, bodies, jsons, kinds)


def filled(form: Form) -> Pairs:
    """Return what a person could have sent: every choice made, every text written."""
    made = []
    for name, value in form.values():
        found = form.named(name)
        is_text = found is not None and found.is_text
        usual = "maya@example.org" if found and found.kind == "email" else "A few words."
        made.append((name, (value or (usual if is_text else "")).encode()))
    return made

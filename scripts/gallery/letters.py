"""Every letter of the product in each of its wordings, with the values of the tests' examples."""

from __future__ import annotations

from dataclasses import dataclass

from gallery.worlds import Gallery
from tests.mail import letters as examples

KINDS = sorted({template for template, _values in examples.EXAMPLES.values()})


@dataclass(frozen=True)
class Composed:
    """One letter: its key, the guide's name, and both its parts."""

    key: str
    kind: str
    language: str
    subject: str
    html: str
    text: str


def composed(gallery: Gallery, language: str) -> list[Composed]:
    """Compose every letter in one language."""
    found = []
    with gallery.app.app_context():
        for name in sorted(examples.EXAMPLES):
            letter = examples.example(name, language=language)
            kind = examples.EXAMPLES[name][0]
            key = f"{name}-{language}"
            found.append(Composed(key, kind, language, letter.subject, letter.html, letter.text))
    return found

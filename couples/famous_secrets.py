"""Secrets the whole world knows: from tutorials, templates and examples."""

from __future__ import annotations

import re

# Separators and case hide nothing.
SEPARATORS = re.compile(r"[-_.\s]+")
# No shorter than seven characters: a random key of 43 holds one of these once in a hundred million.
STEMS = tuple(
    "changeme changeit changethis replaceme replacethis secretkey secretsecret yoursecret "
    "yoursuper mysecret supersecret topsecret asecret256 thesecret notasecret devsecret appsecret "
    "secretstring randomstring randomsecret 256bitsecret insecure unsafekey password passphrase "
    "default example placeholder hardtoguess neverguess thisisa1 thisisasecret thisisthe "
    "thisismy temporarykey developmentkey developmentonly donotuse letmein qwertyuiop "
    "correcthorse loremipsum abcdefghij 0123456789 1234567890 asdfghjkl foobarbaz".split()
)
# Keys that look random and stand in much-copied documentation.
LONG_KEYS = frozenset(
    {
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
        "5791628bb0b13ce0c676dfde280ba245",
    }
)


def is_famous(secret: str) -> bool:
    """Whether a secret is known, holds a known word, or repeats itself."""
    plain = SEPARATORS.sub("", secret.lower())
    return plain in LONG_KEYS or repeats(plain) or any(stem in plain for stem in STEMS)


def repeats(text: str) -> bool:
    """Whether a text is one shorter piece again and again, the last time perhaps cut off."""
    return any(
        text == (text[:length] * len(text))[: len(text)] for length in range(1, len(text) // 2 + 1)
    )

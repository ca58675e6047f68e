"""Set one sheet as PDF: a program of its own, so that its memory and its mishaps stay outside.

Reads JSON from its input and writes the file to its output; nothing of it ever lies on a disk.
Run by pdf.py with the standard library and typst alone.
"""

from __future__ import annotations

import json
import sys
from typing import Any

BOXES = "Facing Boxes"


def main() -> None:
    """Set what comes in: template, fonts, paper and the sheet itself."""
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(typeset(asked))


def typeset(asked: dict[str, Any]) -> bytes:
    """Return the file as PDF/UA; where no font has a letter, a box holds its place and its code."""
    import typst

    values = {"sheet": json.dumps(asked["sheet"]), "paper": asked["paper"]}
    compiler = typst.Compiler(font_paths=[asked["fonts"]], sys_inputs=values)
    source = asked["template"].encode()
    try:
        found = compiler.compile(source, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # The standard refuses what could not be shown. So every font is asked, the boxes last.
        families = typst.Fonts(font_paths=[asked["fonts"]]).families()
        values["families"] = json.dumps([*sorted({*families} - {BOXES}), BOXES])
        found = compiler.compile(source, format="pdf", pdf_standards=["ua-1"], sys_inputs=values)
    assert isinstance(found, bytes)
    return found


if __name__ == "__main__":
    main()

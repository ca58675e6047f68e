"""The page that shows all pictures: one file, nothing from elsewhere, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from gallery.camera import SCHEMES, Shot
from gallery.shapes import State

STYLE = """
:root{color-scheme:light dark;--bg:light-dark(#e9edea,#0f1614);--leaf:light-dark(#fcfdfb,#18211e);
--ink:light-dark(#17231f,#e8eeea);--ink2:light-dark(#4a5a54,#a9b8b1);
--line:light-dark(#cbd4ce,#313e39);
--pine:light-dark(#17483e,#8fd0bc);--brick:light-dark(#9a2f26,#f0a196)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);
font:16px/1.45 "Source Sans 3",system-ui,sans-serif}
header,main{max-width:1400px;margin:auto;padding:20px}
h1,h2{font-family:Literata,Georgia,serif;font-weight:560}
h2{margin:48px 0 12px}h3{margin:0;font-size:18px}
a{color:var(--pine)}p{margin:4px 0}.muted{color:var(--ink2)}.err{color:var(--brick)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;list-style:none}
fieldset{display:inline-flex;flex-wrap:wrap;gap:4px 14px;border:1px solid var(--line);
border-radius:10px;margin:4px 8px 4px 0}
label{display:inline-flex;gap:6px;align-items:center;min-height:32px}
.state{background:var(--leaf);border:1px solid var(--line);border-radius:12px;
padding:14px 16px;margin:10px 0;
display:grid;
grid-template-columns:240px minmax(0,1fr);gap:16px}
.shots{display:flex;flex-wrap:wrap;gap:12px;align-items:start}
.shots a{display:block;text-decoration:none;font-size:14px}
.shots img{display:block;height:260px;width:auto;max-width:320px;object-fit:cover;
object-position:top;
border:1px solid var(--line);border-radius:6px;background:var(--bg)}
pre{white-space:pre-wrap;font-size:14px;max-height:260px;overflow:auto;margin:0}
:focus-visible{outline:3px solid var(--pine);outline-offset:2px}
@media(max-width:700px){.state{grid-template-columns:1fr}}
"""

MORE = '<li><a href="#letters">Letters</a></li><li><a href="#print">Print</a></li>'


def page(states: Sequence[State], shots: dict[str, Shot], more: str, said: str) -> str:
    """Return the index of what was taken."""
    widths = sorted({int(key.split()[0]) for one in shots.values() for key in one.pictures})
    sections = [
        _section(name, list(group)) for name, group in groupby(states, key=lambda one: one.section)
    ]
    body = "".join(_states(name, group, shots) for name, group in sections) + more
    links = "".join(
        f'<li><a href="#{_id(name)}">{escape(name)}</a></li>' for name, _all in sections
    )
    links += MORE if more else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Gallery</title><style>{STYLE}{_filters(widths)}</style></head><body>"
        f"<header><h1>Every page in every state</h1><p class=muted>{escape(said)}</p>"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav></header>'
        f"<main>{_choices(widths)}{body}</main></body></html>"
    )


def _section(name: str, states: list[State]) -> tuple[str, list[State]]:
    return name, states


def _id(name: str) -> str:
    return "".join(each if each.isalnum() else "-" for each in name.lower())


def _choices(widths: Sequence[int]) -> str:
    def choice(group: str, value: str, words: str, chosen: bool) -> str:
        mark = " checked" if chosen else ""
        return f"<label><input type=radio name={group} id={group}-{value}{mark}> {words}</label>"

    wide = "".join(choice("w", str(each), f"{each} px", False) for each in widths)
    schemes = "".join(choice("s", each, each.title(), False) for each in SCHEMES)
    return (
        f"<fieldset><legend>Width</legend>{choice('w', 'two', 'Phone and wide', True)}"
        f"{choice('w', 'all', 'All', False)}{wide}</fieldset>"
        f"<fieldset><legend>Light</legend>{choice('s', 'both', 'Both', True)}{schemes}</fieldset>"
    )


def _filters(widths: Sequence[int]) -> str:
    """Hide what was not chosen, by the radio buttons alone."""
    first = 390 if 390 in widths else (widths[0] if widths else 0)
    two = {first, widths[-1] if widths else 0}
    rules = [
        f"main:has(#w-two:checked) .w{each}{{display:none}}" for each in widths if each not in two
    ]
    for chosen in widths:
        hidden = ",".join(f".w{each}" for each in widths if each != chosen)
        rules += [f"main:has(#w-{chosen}:checked) :is({hidden}){{display:none}}"] if hidden else []
    rules += [
        f"main:has(#s-{chosen}:checked) .{other}{{display:none}}"
        for chosen, other in zip(SCHEMES, reversed(SCHEMES), strict=True)
    ]
    return "\n".join(rules)


def _states(name: str, states: Iterable[State], shots: dict[str, Shot]) -> str:
    found = f'<section aria-labelledby="{_id(name)}"><h2 id="{_id(name)}">{escape(name)}</h2>'
    return found + "".join(_row(one, shots[one.key]) for one in states) + "</section>"


def _row(state: State, shot: Shot) -> str:
    mockup = f"<p>Mock-up {state.mockup}</p>" if state.mockup else ""
    names = f"<code>{escape(state.key)}</code> <code>{escape(state.path)}</code>"
    about = f"{escape(state.page)}<br>{names}"
    who = f"<p class=muted>Seen by {escape(state.who)}</p>" if state.who else ""
    html = f'<p><a href="{shot.html}">HTML</a></p>' if shot.html else ""
    return (
        f'<article class=state id="{state.key}"><div><h3>{escape(state.state)}</h3>'
        f"<p class=muted>{about}</p>{who}{mockup}{html}{_problem(shot)}</div>"
        f"{_shots(shot)}</article>"
    )


def _problem(shot: Shot) -> str:
    return f"<p class=err>{escape(shot.problem)}</p>" if shot.problem else ""


def _shots(shot: Shot) -> str:
    found = []
    for key, path in shot.pictures.items():
        width, scheme = key.split()
        alt = escape(f"{shot.key}, {key}")
        image = f'<img loading=lazy src="{path}" alt="{alt}">'
        found.append(f'<a class="w{width} {scheme}" href="{path}">{image}{escape(key)}</a>')
    return f"<div class=shots>{''.join(found)}</div>"


def letters(rows: Iterable[tuple[str, str, str, Shot]]) -> str:
    """Return the part about letters: title, subject, text and pictures of each."""
    found = "".join(
        f'<article class=state id="letter-{shot.key}"><div><h3>{escape(title)}</h3>'
        f"<p class=muted>{escape(subject)}</p><p><a href='{shot.html}'>HTML</a></p></div>"
        f"<div class=shots>{_plain_shots(shot)}<pre>{escape(text)}</pre></div></article>"
        for title, subject, text, shot in rows
    )
    return f"<section aria-labelledby=letters><h2 id=letters>Letters</h2>{found}</section>"


def documents(shots: Iterable[Shot]) -> str:
    """Return the part about what is printed."""
    found = "".join(
        f'<article class=state id="{shot.key}"><div><h3>{escape(shot.key)}</h3>'
        f"<p>Mock-up d, print</p><p><a href='{shot.html}'>PDF</a></p>{_problem(shot)}</div>"
        f"<div class=shots>{_plain_shots(shot)}</div></article>"
        for shot in shots
    )
    return f"<section aria-labelledby=print><h2 id=print>Print</h2>{found}</section>"


def _plain_shots(shot: Shot) -> str:
    return "".join(
        f'<a class="{key.split()[1] if "page" not in key else ""}" href="{path}">'
        f'<img loading=lazy src="{path}" alt="{escape(shot.key)}, {key}">{key}</a>'
        for key, path in shot.pictures.items()
    )

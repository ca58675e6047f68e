"""What the German hints say: one voice for each family, warm and short, never a verdict."""

from __future__ import annotations

from couples.hints.shapes import Voice

YOURS = "Nur du siehst das."
_VOICES = (
    Voice(
        "absolute",
        "QUOTE kann wie ein Urteil klingen.",
        f"Vielleicht beginnst du damit, wie es für dich war, dieses eine Mal. {YOURS}",
        ("Ich war … als …", "Mir hat … gefehlt"),
    ),
    Voice(
        "label",
        "QUOTE sagt, wie jemand ist. Darauf ist schwer zu antworten.",
        f"Vielleicht erzählst du, was du gesehen hast und was es mit dir gemacht hat. {YOURS}",
        ("Als …, war ich …", "Ich hätte gern …"),
    ),
    Voice(
        "blame",
        "QUOTE kann wie eine Schuldzuweisung klingen.",
        f"Vielleicht erzählst du, was geschehen ist und wie es für dich war. {YOURS}",
        ("Ich war traurig über …, weil …", "Beim nächsten Mal hätte ich gern …"),
    ),
    Voice(
        "motive",
        "QUOTE erzählt, was in deinem Gegenüber vorgeht. Sehen kann das niemand.",
        f"Vielleicht schreibst du, was du bemerkt hast und was du dir wünschst. {YOURS}",
        ("Mir ist aufgefallen, dass …", "Ich würde mich freuen, wenn …"),
    ),
    Voice(
        "demand",
        "QUOTE kann wie ein Befehl klingen.",
        f"Eine Frage, auf die auch ein Nein passt, kommt oft eher an. {YOURS}",
        ("Würdest du …?", "Es würde mir helfen, wenn …"),
    ),
    Voice(
        "question",
        "QUOTE kann wie ein Vorwurf klingen.",
        f"Vielleicht schreibst du den Wunsch, der hinter der Frage steht. {YOURS}",
        ("Ich hätte gern …", "Könntest du am …?"),
    ),
    Voice(
        "comparing",
        "QUOTE holt andere mit ins Zimmer.",
        f"Vielleicht bleibst du bei euch beiden: Was fehlt dir? {YOURS}",
        ("Mir fehlt …", "Ich hätte gern …"),
    ),
    Voice(
        "ultimatum",
        "QUOTE kann wie ein letztes Wort klingen.",
        f"Vielleicht schreibst du, was du brauchst und was du selbst für dich tust. {YOURS}",
        ("Ich brauche …", "Es fällt mir schwer, wenn …"),
    ),
    Voice(
        "weary",
        "QUOTE kann wie das Ende des Gesprächs klingen.",
        f"Vielleicht nennst du das eine, das am schwersten wiegt. {YOURS}",
        ("Mich erschöpft …, und ich brauche …", "Es fällt mir schwer, wenn …"),
    ),
    Voice(
        "tally",
        "QUOTE kann wie eine Rechnung klingen.",
        f"Vielleicht nennst du ein oder zwei Dinge, die du abgeben möchtest. {YOURS}",
        ("Ich möchte … mit dir teilen", "Ich bin müde und brauche …"),
    ),
    Voice(
        "sting",
        "In QUOTE steckt ein kleiner Stachel.",
        f"Vielleicht schreibst du den Wunsch darunter, ganz schlicht. {YOURS}",
        ("Ich hätte gern …", "Ich war enttäuscht, als …"),
    ),
    Voice(
        "capitals",
        "QUOTE in Großbuchstaben kann wie Schreien aussehen.",
        f"Klein geschrieben kommt es vielleicht eher an. {YOURS}",
        ("Ich bin …, wenn …",),
    ),
    Voice(
        "thought",
        "Nach QUOTE kommt ein Gedanke über dein Gegenüber, kein Gefühl.",
        f"Vielleicht passt ein Gefühl dorthin: traurig, einsam, angespannt, müde. {YOURS}",
        ("Ich bin traurig, wenn …", "Ich fühle mich einsam, wenn …"),
        "nudge",
    ),
    Voice(
        "deed",
        "QUOTE erzählt, was dein Gegenüber tut, mehr als wie es dir geht.",
        f"Was liegt darunter? Vielleicht einsam, verletzt oder angespannt. {YOURS}",
        ("Ich fühle mich einsam, wenn …", "Ich war verletzt, als …"),
        "nudge",
    ),
    Voice(
        "you",
        "QUOTE beginnt bei deinem Gegenüber.",
        f"Vielleicht kommt es eher an, wenn es bei dir beginnt. {YOURS}",
        ("Wenn …, fühle ich mich …", "Ich hätte gern …"),
        "structure",
    ),
)
VOICES = {voice.key: voice for voice in _VOICES}

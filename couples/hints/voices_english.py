"""What the English hints say: one voice for each family, warm and short, never a verdict."""

from __future__ import annotations

from couples.hints.shapes import Voice

YOURS = "Only you see this."
_VOICES = (
    Voice(
        "absolute",
        "QUOTE can sound like a verdict.",
        f"Perhaps start from how it was for you, one time. {YOURS}",
        ("I felt … when …", "I missed …"),
    ),
    Voice(
        "label",
        "QUOTE says who somebody is, which is hard to answer.",
        f"Perhaps tell what you saw, and what it did to you. {YOURS}",
        ("When …, I felt …", "I would like …"),
    ),
    Voice(
        "blame",
        "QUOTE can sound like blame.",
        f"Perhaps tell what happened and how it was for you. {YOURS}",
        ("I was sad about … because …", "Next time I would like …"),
    ),
    Voice(
        "motive",
        "QUOTE says what goes on in the other, and nobody can see that.",
        f"Perhaps tell what you noticed, and what you wish for. {YOURS}",
        ("I noticed …, and I felt …", "I would love …"),
    ),
    Voice(
        "demand",
        "QUOTE can sound like an order.",
        f"A question that may be answered with no is often heard better. {YOURS}",
        ("Would you be willing to …?", "It would help me if …"),
    ),
    Voice(
        "question",
        "QUOTE can sound like a reproach.",
        f"Perhaps say the wish behind the question. {YOURS}",
        ("I would like …", "Could you … on …?"),
    ),
    Voice(
        "comparing",
        "QUOTE puts somebody else in the room.",
        f"Perhaps stay with the two of you: what do you miss? {YOURS}",
        ("I miss …", "I would like …"),
    ),
    Voice(
        "ultimatum",
        "QUOTE can sound like a last word.",
        f"Perhaps say what you need, and what you will do for yourself. {YOURS}",
        ("I need …", "It is hard for me when …"),
    ),
    Voice(
        "weary",
        "QUOTE can sound like the end of the talk.",
        f"Perhaps name the one thing that weighs most. {YOURS}",
        ("I am worn out by …, and I need …", "I find it hard when …"),
    ),
    Voice(
        "tally",
        "QUOTE can sound like a bill.",
        f"Perhaps name one or two things you would like to hand over. {YOURS}",
        ("I would like us to share …", "I am tired, and I need …"),
    ),
    Voice(
        "sting",
        "QUOTE has a small sting in it.",
        f"Perhaps say the wish under it, plainly. {YOURS}",
        ("I would like …", "I was disappointed when …"),
    ),
    Voice(
        "capitals",
        "QUOTE, all in capitals, can look like shouting.",
        f"Small letters may carry it further. {YOURS}",
        ("I feel … when …",),
    ),
    Voice(
        "thought",
        "After QUOTE comes a thought about the other, more than a feeling.",
        f"Perhaps put one feeling there: sad, lonely, tense, tired. {YOURS}",
        ("I feel sad when …", "I feel lonely when …"),
        "nudge",
    ),
    Voice(
        "deed",
        "QUOTE tells what the other did, more than how it is for you.",
        f"What is underneath? Perhaps lonely, hurt or tense. {YOURS}",
        ("I feel lonely when …", "I felt hurt when …"),
        "nudge",
    ),
    Voice(
        "you",
        "QUOTE begins with the other.",
        f"It may be heard better when it begins with you. {YOURS}",
        ("When …, I feel …", "I would like …"),
        "structure",
    ),
)
VOICES = {voice.key: voice for voice in _VOICES}

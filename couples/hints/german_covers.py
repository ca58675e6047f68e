"""German clauses that no rule looks into: „Wenn du …“, thanks, requests, other people's words."""

from __future__ import annotations

import re
from functools import cache

from couples.hints.german_words import compiled
from couples.hints.reading import blotted

_CLAUSE = (
    r" (?=[,.?])| (?=(?:bin|fühl|fühle|werde|habe|mache|wünsche|brauche|möchte) (?:ich|mir|mich) )"
)
_TURN = r" (?=aber )| (?= ?[.?] )| , (?=(?:also )?(?:warum|wieso|hör|du (?:hast )?(?:nie|bist)) )"
_BREAK = r" (?= ?[.?] )| (?=aber )"
_GLAD = (
    "(?:froh|dankbar|glücklich|stolz|gerührt|erleichtert|beeindruckt|begeistert|verliebt|neugierig"
    "|gespannt|traurig|unsicher|besorgt)"
)
_LITTLE = (
    "(?:es |sehr |so |wirklich |echt |einfach |total |auch |ja |dir |daran |immer |an dir |gern "
    "|gerne )*"
)
_SAY = (
    "(?:sagt|sagte|gesagt|meint|meinte|gemeint|schrieb|geschrieben|erzählt|erzählte|findet|fand"
    "|glaubt|dachte|denkt|fragt|fragte|gefragt|behauptet|sagst|meinst|meintest|sagtest|fühlst"
    "|findest"
    "|denkst|glaubst|erzählst|geträumt)"
)
LONGEST = 240
# What opens a clause, and how far the clause goes.
COVERS = (
    (
        " (?:wenn|wann immer|während|sobald|solange|bis|falls|bevor|ehe|nachdem|seit|seitdem|damit"
        "|ob|sofern|sooft|soweit|als|an tagen an denen) (?:du|dein|deine|deinen|dir|dich|ich|wir) "
        "(?!mich (?:wirklich |nur |echt )*lieb)(?!(?:wärst|wärest) )(?!als )",
        _CLAUSE,
    ),
    (f" (?:ich |und )(?:liebe|mag|schätze|schätz|bewundere|genieße|vermisse"
     f"|mochte) {_LITTLE}(?:, )?", _TURN),
    (f" (?:liebe|mag|schätze|bewundere|genieße|vermisse) ich {_LITTLE}(?:, )?", _TURN),
    (f" (?:ich (?:bin|war)|bin ich|war ich) {_LITTLE}{_GLAD} ", _TURN),
    (" ich freue mich | freut mich | freu mich | gefällt mir | tut mir gut | mir fehlt "
     "| mir fehlen ", _TURN),
    (" (?:danke|dankeschön|vielen dank|dank dir)(?! für nichts| für gar nichts| auch) ", _TURN),
    (
        " (?:schön|toll|super|lieb|süß|gut|wunderbar|klasse|herrlich) (?:, )?(?:dass|wie|von dir) "
        "(?!du (?:auch |wenigstens |endlich )(?:mal |schon |noch )?)(?!du schon mal )",
        _TURN,
    ),
    (
        " (?:ich|wir) (?:glaube|denke|finde|meine|sage|behaupte|will|möchte|wollte|dachte|erwarte"
        "|verlange"
        "|brauche|mag|werfe dir|habe) (?:ja |damit |auch |dir |gar |dich )*(?:nicht|nie|niemals"
        "|keinesfalls) ",
        _BREAK,
    ),
    (" (?:nicht|nie)(?: gesagt| gemeint| behauptet)? , (?:dass|weil) du ", _BREAK),
    (" (?:das heißt nicht|es stimmt nicht|niemand sagt|keiner sagt|nicht wahr) ", _BREAK),
    (
        f" (?:du|er|sie|mutter|vater|mama|papa|schwester|bruder|freund|freundin|mia|therapeutin"
        f"|therapeut"
        f"|kollegin|chef|leute|oma|opa|man|jemand|tochter|sohn) (?:hat |hast |haben )?"
        f"(?:mal |mir |immer |oft |oma |gestern |neulich |ihr |ihm |auch )*{_SAY} (?:mir |uns "
        f"|gestern )?(?:, )?"
        "(?:dass |ob )?(?:du|ich|wir|dein|deine|sie|er) ",
        _BREAK,
    ),
    (
        " ich (?:dachte|hatte gedacht|habe (?:mal |immer |oft |früher )*(?:gedacht|gesagt"
        "|geglaubt)|fragte mich"
        "|habe mich gefragt|hatte angst|sagte|rief|habe dir vorgeworfen|glaubte) (?:, )?(?:immer "
        "|früher |oft )?(?:, )?",
        _BREAK,
    ),
    (
        " (?:ich|wir) (?:hoffe|hoffen|wünsche|wünschte|wünsch|vertraue|möchte|hätte|fände|würde"
        "|brauche|bräuchte)"
        " (?:mir |dir |uns |so |sehr |gern |gerne |lieber |es |schön |gut |darauf |auch |nur "
        "|mich |freuen )*"
        "(?:, )?(?:dass |wenn |von dir , dass )?(?:du|dich"
        "|dein) (?!(?:dich )?endlich )(?!ANY endlich )",
        _BREAK,
    ),
    (
        " ich (?:weiß|verstehe|sehe|merke|kann verstehen|glaube dir|sehe ja) (?:ja |auch |doch "
        "|dass |, )*"
        "(?:wie |dass )(?:sehr |viel |müde |hart |wichtig |schwer |dir |gestresst )*(?:du|dir"
        "|dich|dein|deine)? ?"
        "(?!nur )(?!mich )",
        _BREAK,
    ),
    (
        "(?<!wie)(?<!warum)(?<!wieso) (?:könntest|würdest|magst|möchtest|kannst|darfst|hättest"
        "|wärst|willst) du "
        "(?!nicht |nie |kein |keine |endlich |eigentlich |überhaupt |wenigstens |etwa |auch nur "
        "|jemals |je |mich "
        "(?:verarschen|eigentlich)|mal wieder |das letzte |noch alle |sie noch |denn (?:nie|nicht"
        "|kein) |einmal |ein einziges "
        "|bitte (?:endlich|einfach) |vielleicht mal endlich |schon wieder |dich |mir (?:nie|je) "
        "|schon mal |dir (?:schon|überhaupt) )",
        r" (?=,)| (?= ?[.?] )",
    ),
    (" hast du (?:morgen |heute |am ANY |vielleicht )?(?:lust|zeit|schon|heute"
     "|morgen) ", r" (?=,)| (?= ?[.?] )"),
    (" du (?:musst|brauchst|sollst|solltest|darfst) (?:das |dich |dir |mir |es |dafür |auch "
     "|wirklich )*(?:nicht|nichts|nie|keine|keinen) ", _BREAK),
    (" (?:sag|sage|frag|schreib|erzähl|zeig) (?:es )?(?:mir|uns|bescheid)(?: bitte| ruhig"
     "| einfach| mal)* (?:, )?(?:wenn|ob|was|wie|wann) ", _BREAK),
)  # fmt: skip
_YOU = re.compile(r" (?:du|dich|dir|dein[a-z]*) ")


@cache
def _openers() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the patterns, built when first asked for."""
    return tuple((compiled(opener), compiled(end)) for opener, end in COVERS)


def uncovered(plain: str) -> str:
    """Return a sentence of the same length in which the covered clauses are blotted out."""
    return blotted(plain, _openers(), LONGEST) if _YOU.search(plain) else plain

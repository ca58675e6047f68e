"""German: immer and nie, all and nothing, and the bill of who does how much."""

from __future__ import annotations

from couples.hints.shapes import Rule

# A plan, an offer or a fact with a day in it: told, and not thrown at anybody.
CALM = """
    (montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags|wochentags)
    (übernehme ich|kümmere ich|mache ich|koche ich|nehme ich) !> .... alles
    (könntest du|würdest du|magst du|ich hätte gern|ich würde gern|ich würde gerne|wäre es)
    (wollen wir|lass uns|können wir|könnten wir|sollen wir|soll ich)
"""
NEVER = Rule(
    "absolute",
    """
    du ... NEVER
    NEVER ANY du
    (dir|mit dir|dich) (kann|darf) man ADV [es|das] NEVER
    NEVER ANY (mir|mich|uns|es|das|dir|dich) du
    (dir|dich) ... kann man (nie|nichts)
    (mit dir|auf dich|von dir|bei dir) ... NEVER
    (nie|niemals|nichts) (kann|darf) (man|ich) ... (dir|dich|mit dir)
    von dir (kommt|kam|hört man|höre ich) ... (nie|nichts|kein~)
    nicht (einmal|ein mal) ... (hast|bist|warst|kannst|fragst|machst|schaffst) du
    (kein|nicht ein) einziges mal ANY du
    """,
    unless=f"""
    KIND
    (kein|keine|keinen) ... (gemacht|für dich)
    oder >> STOP
    du ANY mich ADV nie >> STOP
    (er|sie|man) ADV NEVER
    {CALM}
    """,
)
CONSTANT = Rule(
    "absolute",
    """
    du ... CONST
    CONST ANY (mir|mich|uns|es|das) du
    CONST ANY du
    (dein|deine|deinem|deinen|deiner|dieses|diese) ADV (ewig~|ständig~|dauernd~|andauernd~
        |permanent~
        |ewige~|endlos~) >> ANY
    """,
    unless=f"""
    KIND
    (ewig~|ständig~|dauernd~|permanent~) (liebe|hilfe|unterstützung|geduld|treue|freundin|freund)
    {CALM}
    """,
)
ALWAYS_DEED = Rule(
    "absolute",
    """
    du ... ALWAYS >> ... WRONG
    du WRONG ... ALWAYS
    (mich|mir) ... ALWAYS >> WRONG
    du ... ALWAYS >> (nur|bloß|alles|zuletzt|erst|musst|so|weg|noch)
    du musst [doch] ALWAYS
    ALWAYS ANY du >> ... WRONG
    ALWAYS (WRONG|musst|lässt|lassst|unterbrichst|gibst|redest|denkst) du
    jedes [verdammte|einzige] mal .... ANY du >> ... (WRONG|weg|ab|nicht|um|aus|zu)
    es (geht|dreht sich) ADV [alles] (um dich|um deine|um deinen)
    (alles|immer) (dreht sich|geht|geht es) ADV um dich
    (alles|immer) [muss] ADV nach (deinem|deiner) (kopf|willen|nase|pfeife) ... gehen
    nach (deinem kopf|deiner nase|deiner pfeife)
    (immer|alles) ADV wie du (es )?(willst|möchtest)
    alles was du (kannst|machst|tust) ist
    du (tust|machst|kannst) ADV (nichts|nichts anderes) (als|außer)
    du ... (tust|machst|rührst|hilfst) ADV (nichts|gar nichts|rein gar nichts|keinen finger|null
        |nix)
    du ANY ... keinen finger
    wann (hast|warst|bist) du [mich|mir|dich|uns|eigentlich|denn|mal] ADV (das letzte mal|zuletzt
        |je|jemals|schon mal)
    wann warst du ADV (das letzte mal|zuletzt)
    (nichts|nix) ANY ich ... dir ... recht
    (dir|dich) ... nichts ... (recht|gut genug)
    nichts ist dir ... (gut genug|recht|genug)
    (egal was ich|was ich auch) ... (falsch|verkehrt|nicht recht|nie gut|nicht gut)
    dir ... nichts recht machen
    alle wochenenden
    hauptsache (du|dir|dein|deine|für dich)
    """,
    unless=f"""
    (zum lachen|ein licht|das licht für mich|geduldig|willkommen|schön|lecker|beim schach|noch
        immer|immer noch (krank|da|müde))
    (immer (kommen|fragen|anrufen|nein sagen|auf mich|noch mein)|immer für mich da|für mich da)
    (stehst|hinter mir|an meiner seite|zu mir|kaffee für mich|gut|lieb|bester|beste)
    du ADV (darfst|kannst|könntest|brauchst) !> immer nur !> nie
    {CALM}
    """,
)
TALLY = Rule(
    "tally",
    """
    (alles|immer|alles immer) ... (bleibt|liegt|hängt|landet) ... (an mir|bei mir|auf mir) [hängen]
    (bleibt|liegt|hängt) ADV [immer|wieder|ja|doch] alles ADV [immer|wieder] (an mir|bei mir)
    an mir ADV hängen >> END
    (alles|den ganzen~|das ganze|die ganze~) (muss|darf|kann) ich ADV (alleine?|selber|selbst
        |machen|immer) !> noch heute
    (muss|darf|kann) ich ADV [hier|immer] alles ADV [hier|selber|selbst] (alleine?|selber|selbst
        |machen)
    (warum|wieso|weshalb) (muss|bin|soll) ich >> ADV [es] [immer|diejenige|der|hier] (diejenige
        |derjenige|an alles|alles|die|der|den|das|hinter|dir|dich|machen)
    warum ADV ich >> STOP
    (immer|ständig|dauernd|jedes mal|jeden abend) (muss|darf|soll|räume|putze|wasche) ich !> ....
        (lachen|weinen|an dich|denken|lächeln|schmunzeln)
    ich muss ADV (immer|ständig|dauernd) >> .... (alles|hinter|dir|dich|erinnern|aufräumen|putzen
        |nachgeben|bitten|betteln|zurückstecken|allein~|diejenige) !> .... denken dass
    immer [wieder] ich >> STOP
    (ich mache|mache ich|ich erledige|ich schmeiße|ich manage|ich regle) ADV [hier|zu hause|bei uns
        |daheim] (alles|den ganzen haushalt|die ganze arbeit) >> [hier|zu hause] (alleine?|selber
        |und du|, und du|, während du|END|für|im|was|hier|während)
    ich bin ADV [hier|immer] (nicht|nur|bloß|bin) ADV (deine?|die) >> (putzfrau|mutter|putze|magd
        |dienstmädchen|bedienstete|sekretärin|haushälterin|köchin|taxi~|bank|mama|therapeut~
        |angestellte~|sklav~|dienerin|diener|kellner~|babysitter~)
    (bin ich|ich bin) ADV [hier|für dich|denn] (deine|die|dein|der|nur|bloß|eigentlich) ...
        (putzfrau|putze|depp|dumme|dummer|idiot|magd|dienstmädchen|bedienstete|sekretärin|köchin
        |bank|angestellte|sklavin|kindermädchen|putzhilfe|fußabtreter|notnagel|hausmädchen)
    (ich|bin) ... (der|die) einzige~ >> [, ] (der|die|hier|in) ... (sich|was|etwas|den|alles|die
        |putzt|kocht|aufräumt|macht|arbeitet|kümmert)
    (nach|für) (allem|alles) , was ich ... (für dich|für uns|getan|aufgegeben|geopfert)
    (du schuldest mir|das schuldest du mir|das bist du mir schuldig|du bist mir ... schuldig)
    ich [habe] ... für dich ... (aufgegeben|geopfert|verzichtet)
    (die besten jahre|meine besten jahre|jahre meines lebens) >> .... (dich|dir|geschenkt
        |verschwendet|geopfert|END)
    und (du|was machst du|was tust du|von dir) >> (nichts|gar nichts|liegst|sitzt|hockst|kommt
        nichts|schaust|spielst|STOP)
    und du machst ADV nichts
    ich [muss] dir ... (alles|immer|ständig|hundertmal|tausendmal|dreimal|zehnmal|jedes mal) ...
        (sagen|erinnern|hinterher~|nachräumen|erklären|nachtragen|vorkauen)
    (ich|muss) ... (hinter dir|dir hinterher|dir ... hinterher) ... (her~|räum~|putz~|telefonier~
        |lauf~|renn~)
    muss [ich] dir [immer|ständig|dauernd] [alles] hinterher~
    wenn ich (es )?nicht ... (mache|mach|putze|frage|anrufe|koche|sage|erinnere|aufräume|kümmere) ,
        ... (keiner|niemand|nichts|nie|du)
    (alles|der ganze haushalt|die kinder) ... (allein|alleine) an mir
    """,
    unless="""
    (ich mag das|gerne|das passt|ist in ordnung|das ist okay|macht mir spaß)
    ich muss ... (lachen|schmunzeln|an dich denken|arbeiten)
    """,
    bare=True,
)
RULES = (NEVER, CONSTANT, ALWAYS_DEED, TALLY)

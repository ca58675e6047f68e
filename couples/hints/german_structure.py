"""German: sentences that begin with the other and tell what they do wrong; a quieter tip."""

from __future__ import annotations

from couples.hints.shapes import Rule

_DAY = (
    "(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|wochenende"
    "|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    "|weihnachten|ostern)"
)
# A fact with a day, an own feeling, an arrangement: told, and not thrown at anybody.
_CALM = f"""
    (am|letzten|letztes|seit|bis|vergangenen|an) {_DAY}
    (gestern|vorgestern|neulich|zweimal|einmal|dreimal|montags|dienstags|mittwochs|donnerstags
        |freitags|samstags|sonntags|vorhin|heute)
    (wollen wir|lass uns|können wir|könnten wir|sollen wir|soll ich|darf ich|könntest du|würdest du
        |magst du)
    (ich war|war ich|ich bin|bin ich|ich fühle mich|ich fühl mich|fühle ich mich|macht mich|machte
        mich|hat mich|ich wurde) ADV
        (traurig|einsam|allein|verletzt|unsicher|enttäuscht|gestresst|angespannt|erschrocken|froh
        |glücklich|besorgt)
    (ich vermisse|vermisse ich|mir fehlt|fehlt mir|verstehe ich|ich verstehe|das ist okay|das ist
        in ordnung|kein problem|ich auch|oder >> STOP)
    ich wünsche mir
    noch nie (enttäusch~|im stich|allein|gelogen|angelogen|verurteil~)
    nie (enttäusch~|im stich|allein|gelogen|angelogen|verurteil~)
"""
DEEDS = Rule(
    "you",
    """
    # Done to the writer.
    du [hast] ADV (unterbrichst|ignorierst|kritisierst|beschuldigst|verurteilst|verspottest
        |erniedrigst|demütigst|beleidigst|beschimpfst|blamierst|belehrst|bevormundest
        |vernachlässigst|manipulierst
        |übergehst|überhörst|überrollst|kontrollierst|korrigierst|vertröstest|versetzt|enttäuschst
        |verletzt|verletzst|provozierst|meidest|hintergehst|attackierst) >> (mich|mir|uns|meine?
        |die kinder|alles|jede~|alle)
    du (fährst|fällst|gehst|schreist|meckerst|motzt|machst|fauchst|brüllst|pampst|schnauzt|blaffst
        |redest|stellst|guckst|siehst|lässt|lasst|wirfst|schiebst|rollst|drehst|legst|schließt
        |weist|behandelst|schließst|speist|würgst|kanzelst) ADV (mich|mir|uns|die augen|meine?) ...
        (über den mund|ins wort|an|aus dem weg|runter|nieder|lächerlich|klein|bloß|ab|aus|links
        liegen|hängen|allein|alleine|im stich|vor|zu|die schuld|schlecht|wie luft|in den rücken
        |zappeln|warten|sitzen|stehen|weg|zurück|fertig|alles)
    du hast (mich|mir|uns|meine?~) ... (blamiert|ignoriert|beleidigt|angeschrien|angelogen|versetzt
        |übergangen|ausgelacht|bloßgestellt|lächerlich|hintergangen|vergessen|im regen|nicht
        |kritisiert|beschimpft|angeschnauzt|angemeckert|angefahren|abgewimmelt|vertröstet|alleine?
        gelassen|alleingelassen|ausgeschlossen|hängen|warten lassen|runtergemacht|unterbrochen|nie
        |kein~|stehen|abgewürgt|weggedrückt|belogen)
    du (verdrehst|verdrehst|rollst) ADV [immer] (die augen|mir die|meine|alles)
    du gehst ... (ans telefon|ran) !> bitte
    # Left undone.
    du (hörst|hilfst|fragst|antwortest|meldest|redest|sprichst|räumst|kümmerst|entschuldigst
        |bedankst|rufst|schreibst|interessierst|beteiligst|bemühst|denkst|hältst|haltst|machst
        |sagst|erzählst|zeigst|küsst|umarmst|berührst|siehst|nimmst|unternimmst|kochst|putzt|freust
        |lobst|strengst|stehst|unterstützt|verteidigst|gehst|kommst|spielst|planst|erinnerst
        |reagierst|gibst|bringst|schaust|änderst|setzt|verbringst|wäschst|tust|schätzt|respektierst
        |bietest|lässt|lasst|merkst|wertschätzt)
        ... (nicht|nichts|kaum|selten|nicht mehr|kein~|überhaupt nicht|gar nicht|so gut wie|zu
        wenig|viel zu wenig|weder) !> kalt
    du hast ADV (kein~|nichts|nicht|kaum|mir nicht|dich nicht|es nicht|mich nicht|wieder nicht
        |schon wieder|wieder|zu wenig|mir nie|nur) >> ...
        (zeit|lust|interesse|gemacht|zugehört|gefragt|geholfen|angerufen|gemeldet|entschuldigt
        |vergessen|bemerkt|eingehalten|gehalten|gekümmert|bedankt|aufgeräumt|verständnis|wort
        |gefühl|geduld|rücksicht|gedacht|danke|bescheid)
    du hast ... (wieder|schon wieder|erneut|mal wieder|einfach) ... (vergessen|abgesagt|verschlafen
        |liegen lassen|stehen lassen|ausgegeben|entschieden|übersehen|gelogen|getrunken)
    du (kommst|bist|vergisst|verschläfst|sagst|lässt|lasst|verschiebst|brichst) ADV [so|schon] (oft
        |wieder|schon wieder|meistens|jeden|andauernd|mal wieder) >> ... (zu spät|weg|ab|liegen
        |stehen|nicht|alles|was|nie da|unterwegs|gereizt|genervt|schlecht)
    du lässt ADV [ständig|überall|alles|dein~] ... (liegen|stehen|rumliegen|herumliegen|herumstehen
        |offen)
    du (sitzt|hängst|hockst|liegst|starrst|klebst|glotzt|zockst|daddelst) >> ADV [doch|den ganzen~
        |ja|jeden|abends] [ganzen|abend|tag] ... (handy|sofa|couch|computer|pc|fernseher|bildschirm
        |glotze|konsole|herum|rum|nur|ganzen)
    du (gibst|verschwendest|verprasst|wirfst) ... (geld|kohle) >> ... (aus|raus|für|zum fenster)
    du (verplanst|entscheidest|bestimmst|planst) ... (alles|ohne mich|über meinen kopf|einfach) >>
        ... (END|alleine?|ohne|hinweg|über)
    du (denkst|siehst|redest) ... nur ... (dich|dein~|dir|fehler)
    du (erzählst|plauderst|tratschst) ... (deiner mutter|deinen freunden|allen|jedem) ... (alles
        |von uns|über uns)
    du bist ADV (nicht|kaum|selten|nie) ADV [mehr|für mich|mal] (da|zu hause|zuhause|erreichbar
        |ehrlich|pünktlich|für mich da|bei der sache|anwesend|zärtlich|aufmerksam|dankbar|bereit
        |interessiert)
    du bist mit (deinem|dem) (handy|computer|job|arbeit) verheiratet
    (dein|deine) (handy|arbeit|job|mutter|computer|hobby|verein|freunde|kumpels|familie|zocken
        |karriere) (kommt|kommen|geht|gehen|steht|stehen|ist|hat|sind) ... (vor|zuerst|an erster
        stelle|vorrang|wichtiger|als erstes|alles)
    """,
    unless=_CALM,
)
RULES = (DEEDS,)

"""German: what is said to go on in the other, and thoughts that call themselves feelings."""

from __future__ import annotations

from couples.hints.shapes import Rule

MOTIVE = Rule(
    "motive",
    """
    (ich|wir|die kinder|meine gefühle|meine arbeit|meine meinung|mein~ ANY|unsere~ ANY) ... (bin
        |sind|ist|war) dir ADV (egal|gleichgültig|wurst|wurscht|nichts wert|schnuppe|schnurz
        |scheißegal|nicht wichtig|unwichtig|peinlich|lästig|völlig egal|zu viel)
    (bin ich|sind wir|sind die kinder) dir ADV (egal|gleichgültig|peinlich|nicht wichtig|nichts
        wert|wurst|lästig)
    (dir|es) ist [dir] ADV [alles|es] ADV (egal|wurst|wurscht|schnuppe|scheißegal|gleichgültig) !>
        (ob wir|, ob wir|, welche|, wo wir)
    (dir|dich) (ist|sind|interessiert|interessieren|kümmert|juckt) ... (alles|nichts|nicht|einen
        dreck|kein~|null|scheißdreck|nur) >> ADV [, ] (ANY|STOP|egal)
    (interessiert|kümmert|juckt|schert|kratzt) dich ADV [das|es|alles|doch|ja] ADV (nicht|einen
        dreck|null|kein bisschen|einen scheiß|nicht die bohne|sowieso nicht|kein~)
    (das|es|alles) ist dir ADV (egal|wurst|scheißegal)
    [mit] (absicht|absichtlich|extra|mutwillig|vorsätzlich) ... (du|hast du|machst du|tust du)
    du ... (absichtlich|mit absicht|extra|mutwillig|mit fleiß) >> (STOP|,|um|vergess~|gemacht
        |gesagt|zu|laut|langsam|so|getan|überhört)
    (absichtlich|mit absicht|extra|mutwillig) >> STOP
    (nur|bloß|extra) , (um|damit) >> (mich|ich|mir|dich|du|dein~|vor)
    um (mich|mir) [nur|bloß|so] (zu (ärgern|verletzen|bestrafen|provozieren|demütigen|kränken
        |quälen)|eins auszuwischen|wehzutun|weh zu tun|blosszustellen|bloßzustellen|klein zu ~
        |eifersüchtig ~|ein schlechtes ~)
    du willst ADV (mich|nur|mir|dich|gar|immer|überhaupt) ... (verletzen|ärgern|provozieren
        |bestrafen|nicht verstehen|recht haben|streiten|deine ruhe|kontrollieren|klein~|demütigen
        |verarschen|nicht|fertigmachen|loswerden|drücken|wehtun|rausreden|gewinnen|streit
        |eifersüchtig)
    willst du ADV mich ADV [nur|bloß] (verletzen|ärgern|provozieren|verarschen|loswerden|nicht
        verstehen|ins grab)
    (deine?|der|die|das|dein) (arbeit|job|handy|mutter|familie|kumpels|freunde|hobby|hobbys
        |computer|auto|verein|fußball|karriere|eltern|hund|serien|spiele|firma|chef|ANY) (ist|sind)
        dir ADV (wichtiger|lieber|mehr wert)
    [ist|sind] dir ADV wichtiger (als|wie) (ich|wir|mich|die|deine|unsere|alles)
    du (interessierst|kümmerst|scherst) dich ADV (nicht|null|kein bisschen|einen dreck|nur|gar
        nicht|für nichts|überhaupt nicht|nicht mehr|kein stück|mehr für) !> mehr um dich
    du interessierst dich ... (nicht|nur für|null|mehr für)
    du nimmst (mich|meine|das|nichts|uns) ... nicht ... ernst
    du nimmst mich ADV nicht
    du (hältst|halst|haltst|siehst|fühlst) dich ADV [immer|ja] (für (was|etwas|den|die|so|wunder
        |unfehlbar|besser|toll~|perfekt|schlau~|klüger)|als (opfer|was))
    du glaubst ADV [immer] [,] (du (bist|wärst|kannst|weißt|hast)|alles|die welt|dass du (alles
        |immer|besser|der))
    du (denkst|meinst|glaubst) ADV [,] [dass] (ich bin|ich sei|ich wäre|ich (merke|mach|mache|habe)
        ADV (das|es|nichts|nicht|alles|immer|keine)|du bist|du kannst|du wärst|alles|die welt|nur
        an|immer nur|nie|an dich|an niemanden|dir steht|dass ich (blöd|dumm|doof|zu))
    du denkst [ja|doch] [immer] [nur|bloß|ausschließlich|zuerst] an (dich|deine|deinen|dein)
    du (tust|machst) ADV [so] [,] als (ob|wäre|wärst|hätte|würde|sei|bin|gäbe)
    tust du ADV [so] [,] als (ob|wäre|wärst|hätte|würde|sei|gäbe)
    (liebst|magst|brauchst|willst|vermisst|achtest|schätzt|respektierst|verstehst) du mich ADV
        (überhaupt|eigentlich|nicht|gar nicht|noch|nur) >> (nicht|noch|STOP|mehr|als|nur|wirklich)
        !> nicht falsch !> noch zum
    du (liebst|magst|willst|vermisst|achtest|schätzt|respektierst|verstehst|begehrst|siehst|hörst
        |brauchst) (mich|meine~|uns) ADV [gar|überhaupt|ja|doch|einfach] (nicht|null|nur|kein
        bisschen|kaum|kein stück) !> vor lauter
    du (spielst|hockst|sitzt|schaust|bist|gehst|verbringst|arbeitest|redest|zockst|triffst|fährst)
        ADV lieber ... (als|statt|anstatt)
    (lieber|eher) ... als >> (mit mir|bei mir|mir|zeit mit|bei uns|mit uns|deiner~|deine familie|zu
        hause|mich) !> ich
    du (gönnst|traust|glaubst|vertraust) mir ... (nicht|nichts|nie|kein~)
    du (nutzt|benutzt|behandelst|manipulierst|verarschst|belügst|betrügst|hintergehst|erniedrigst
        |verachtest|hasst|verspottest) mich
    du behandelst (mich|uns)
    du (lügst|lugst|belügst|verschweigst|verheimlichst) >> ADV [mich|mir] (STOP|an|doch|was|etwas|,
        |wenn|mich|immer|ja|mir|und)
    du (hast|hattest) ADV (nur|immer nur|bloß) (dich|deine~|dein~|arbeit|angst vor|augen für|zeit
        für) !> noch
    (ich bin|bin ich|wir sind) [für dich|dir] ADV [doch] (nur|bloß|eh nur|immer nur) ADV [noch]
        ((ein|eine|der|die|das) ANY|gut genug|gut für|luft|lästig|zweite~)
    (bin ich|ich bin) ADV für dich ADV (nur|bloß|luft|nichts|unsichtbar|ein|eine|nicht)
    für dich (bin|sind|zähle|zählt|zählen|existiere|gibt) ... (nur|nicht|nichts|luft|ich)
    du (genießt|freust|liebst) es , (wenn ich|mich)
    es macht dir ADV spaß , (mich|mir|wenn)
    du (weißt|wusstest) ADV (genau|ganz genau|haargenau|sehr wohl) [,] >> (was|dass|wie)
    du [hast] ... (keine lust|keinen bock) ... (auf mich|auf uns|mit mir|was zu ändern|dich)
    dir ... (völlig|total|komplett|einfach|doch|ja|eh) (egal|wurst)
    (liebst|magst) du mich ADV nicht mehr
    kein wort ... glaube ich dir
    (du|dir) ... (mach~|ausgedacht|suchst) ... nur ausreden
    du suchst [doch|nur|immer] ... (streit|ausreden|gründe|einen grund|fehler)
    du (drückst|windest|ziehst|versteckst|rede~) dich ADV [immer|mal|vor] (vor|aus|hinter|drumherum
        |davor|um)
    du versteckst dich
    """,
    unless="""
    (ist dir|es dir) ADV (egal|gleich) , (ob|was|wo|wann|welche~) wir
    (ob|falls|wenn) du lieber
    du ANY lieber [ADV] (tee|kaffee|am|um)
    (dich|dir) nicht (unter|zu sehr)
    (interessiert dich|magst du) ADV >> STOP
    ich bin dir ADV nicht (böse|egal)
    nicht (absichtlich|mit absicht|extra)
    """,
)
THOUGHT = Rule(
    "thought",
    """
    ich (habe|hab) ADV [oft|immer|langsam] (das|den|die) (gefühl|eindruck|empfinden) , (dass du|du
        |als ob du|als würdest du|als wärst du|dass ich dir|ich bin dir|dass ich für dich|dass dir
        |dass dich|bei dir|ich muss) !> .... (müde|traurig|gestresst|belastet|beschäftigt|sorgen
        |überfordert|erschöpft|glücklich|wichtig bin)
    (habe|hab) ich ADV [oft|immer|langsam|manchmal] (das|den|die) (gefühl|eindruck) , (dass du|du
        |als ob du|als würdest du|dass ich dir|ich bin dir|dass ich für dich|dass dir|dass dich)
        !> .... (müde|traurig|gestresst|belastet|beschäftigt|sorgen|überfordert|erschöpft|glücklich)
    ich fühle , dass du >> ADV (nicht|mich|nur|kein~|nie)
    (mir kommt es so vor|es kommt mir so vor|kommt es mir so vor|kommt mir vor) ADV , (als|dass)
        ... (du|dir|dich) >> .... (nicht|egal|nie|kein~|nur|lieber)
    """,
)
DEED = Rule(
    "deed",
    """
    (ich fühle mich|fühle ich mich|ich komme mir|komme ich mir|komm ich mir|ich fühl mich|fühl ich
        mich) ... (von dir|bei dir|hier|neben dir|für dich|nur|wie deine?|wie ein~|einfach|oft
        |immer|total|völlig|ständig|nicht) ADV
        (ausgenutzt~|ignoriert|missachtet|manipuliert|verraten|betrogen|hintergangen|abgewiesen
        |zurückgewiesen|kritisiert|bevormundet|benutzt|abgelehnt|verarscht|vernachlässigt
        |übergangen|belogen|hängengelassen|im stich gelassen|respektlos|nicht ernst|ernst genommen
        |verstanden|wertgeschätzt|respektiert|gesehen|gehört|geliebt|putzfrau|fußabtreter
        |dienstmädchen|idiot|haushälterin|mutter|luft|kindermädchen|angestellte~|bedienstete|köchin
        |bank|möbelstück|nummer|nebensache|ballast) !> (wenn|,) !> obwohl
    (ich fühle mich|fühle ich mich|ich fühl mich|fühl ich mich) ADV (ausgenutzt|ignoriert
        |missachtet|manipuliert|verraten|betrogen|hintergangen|bevormundet|benutzt|verarscht
        |vernachlässigt|übergangen|im stich gelassen)
    """,
    bare=True,
    unless="""
    (chef~|arbeit|kolleg~|bei der arbeit|meiner mutter|im büro|in der firma)
    (bei dir|von dir|hier) ADV (so |sehr )?(verstanden|gesehen|geliebt|gehört|respektiert
        |wertgeschätzt)
    """,
)
RULES = (MOTIVE, THOUGHT, DEED)

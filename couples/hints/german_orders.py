"""German: orders, and questions that want no answer."""

from __future__ import annotations

from couples.hints.shapes import Rule

DEMAND = Rule(
    "demand",
    """
    du (solltest|sollst|musst|müsstest|könntest|kannst|hättest|bräuchtest) ... (endlich|gefälligst
        |einfach mal|halt mal|wirklich mal|langsam mal|wenigstens|ruhig mal|auch mal|auch einmal
        |endlich mal|zumindest|mindestens|langsam)
    (endlich|gefälligst) >> .... du ... (musst|solltest|sollst)
    du (solltest|sollst|musst|müsstest|hättest) ADV (dich|mir|mich|mehr|weniger|lernen|aufhören
        |dein~|an dir|im haushalt|öfter|besser|wissen) >> ...
        (ändern|schämen|entschuldigen|helfen|arbeiten|zuhören|kümmern|zusammenreißen|bemühen
        |aufhören|lernen|tun|machen|interessieren|übernehmen|respektieren|anstrengen|öffnen
        |benehmen|zusammennehmen|bessern|mitdenken|unterstützen|einbringen|sein|ernst nehmen
        |beteiligen|verstehen|wissen|abgewöhnen|überwinden|sagen können|denken|in den griff
        |anpassen)
        !> .... dir helfen
    du (solltest|sollst|müsstest) ADV (mehr|öfter|besser|wissen|weniger|nicht so|nicht immer)
    du musst ADV (dich|an dir) ... (ändern|zusammenreißen|entschuldigen|arbeiten|entscheiden
        |bemühen|bessern)
    (ich erwarte|ich verlange|erwarte ich|verlange ich) ADV [von dir] ... [,] (dass du|von dir)
    ich will , dass du ... (endlich|aufhörst|sofort|dich änderst|dich entschuldigst|nicht mehr|mal)
    (wird|wäre|ist) ADV zeit , dass du
    (höchste|langsam|echt|wirklich|allerhöchste) zeit , dass du
    das (mindeste|wenigste|mindest) , was
    du hast [gefälligst] zu (tun|machen|gehorchen|kommen|helfen|fragen)
    ich (will|sollte|möchte) ADV nicht [immer] (bitten|betteln|fragen|daran erinnern|erinnern)
        müssen
    (muss|müsste) man (dir|dich) ... (bitten|sagen|erklären|erinnern|anbetteln|extra|erst)
    [auch] du könntest ADV [auch|mal|wenigstens|ruhig] (mal|wenigstens|ruhig|auch) >> ...
        (helfen|tun|machen|anpacken|anrufen|kochen|putzen|fragen|aufräumen|danke|an mich|mithelfen
        |übernehmen|zuhören|sagen|rausbringen|mitdenken|staubsaugen)
    könntest du ADV [mal|bitte|vielleicht] ADV (endlich|gefälligst|wenigstens|ausnahmsweise|ein
        einziges mal|einmal in deinem leben)
    """,
    unless="""
    (stolz|ausruhen|dich ausruhen|schlafen|schonen|dankbar|pause|wissen , dass|wissen , wie)
    zeit , dass wir
    lieb zu dir
    """,
)
ORDER = Rule(
    "demand",
    """
    (hör|höre|hörst du) ADV [mal|endlich|bitte|sofort] [jetzt] [ADV] auf >> ADV [,] [ständig|immer
        |damit] ... (zu|mich|mir|damit|mit) !> .... sorgen !> zu grübeln
    hör ADV (endlich|gefälligst|einmal|mal) >> (zu|auf|richtig|hin|mir)
    (werd|werde) ADV (endlich|mal|erwachsen) [erwachsen]
    (reiß|reiss) dich ADV (zusammen|am riemen)
    (stell|reg|spiel|führ|benimm|plustere) dich ADV [nicht|bloß|doch|mal] ADV [nicht] (so|an|auf|ab
        |wie|hier)
    sei ADV (nicht|kein|keine|endlich) [immer|so|gleich] ADV (empfindlich~|INSULT|baby|mimose|kind
        |NAME|still|ruhig|ehrlich|ein mann) !> zu dir !> traurig
    (halt|haltet) ADV [einfach|endlich|doch|mal] (die klappe|den mund|die fresse|den rand|die
        schnauze|das maul|dich raus)
    (verpiss|verzieh) dich
    (lass|las) mich ADV [in ruhe|zufrieden] (in ruhe|zufrieden) >> (mit|END|und) !> am !> heute
    (lass|spar) [dir] ADV [es|das|deine|dein] (deine|dein|die) (ausreden|sprüche|belehrungen
        |gelaber|kommentare|entschuldigung~|vorwürfe|geschwätz|gejammer)
    spar dir
    (komm|krieg) ADV [mal|endlich|wieder] [ADV] (runter|klar|dich|deinen|den arsch|in die gänge|aus
        dem quark|dein leben) >> (END|ein|auf|hoch|in|von|klar|wieder)
    (tu|mach|beweg|rühr|krieg) ADV (endlich|gefälligst|halt|mal|doch|auch|deinen arsch|deinen
        hintern|auch mal|nicht so) >> ADV (was|etwas|deinen|den|deine|einen finger|ein|eine|die|das
        |irgendwas|so|theater)
    beweg ADV (dich|deinen) !> dich nicht
    fass dir an die eigene nase
    (kümmer|kümmere|ändere|änder|entschuldige|bemüh|entscheide|benimm|schäm|gewöhn) dich ADV
        (endlich|gefälligst|mal|lieber|was|erst) !> um dich
    schäm dich
    (denk|denke) ADV (auch|mal|endlich|nicht) ADV [mal|nur|immer] [nur|auch|mal] an (mich|andere
        |uns|dich|deine familie)
    (schrei|brüll|lüg|nerv|unterbrich|ignorier|verarsch|provozier|behandel|behandle|fass|bevormunde
        |belehr|red|rede|laber) (mich|mir|nicht) >> ADV [nicht|so|doch|immer|ständig] (nicht|so|an
        |voll|STOP|wie|mit|immer|ständig|dauernd|doch)
    (gib|geb) ADV [es|doch|endlich|einfach|mal|wenigstens] (endlich|doch|einfach|mal|wenigstens) >>
        zu
    (räum|putz|koch|mach|bring|wasch|geh|ruf|zeig|sag|leg|komm|steh|such|pack|schalt|nimm|hilf) ADV
        [mal|dein|deine|deinen|mir|das|den|die] ADV [ANY] (endlich|gefälligst)
    jetzt (hör|reicht|mach|komm|gib|stell|sei) >> ADV [auf|es|endlich|halt|nicht] (auf|endlich|aber
        |mal|zu|so)
    """,
    unless="""
    (keine sorgen|nicht traurig|zu grübeln|dir sorgen|gut auf dich)
    """,
    begin=True,
)
QUESTION = Rule(
    "question",
    """
    (warum|wieso|weshalb) (kannst|musst|machst|hörst|bist|tust|hast|redest|willst|gibst|kommst
        |lässt|lasst|sagst|fragst|denkst|hilfst|interessierst|vergisst|schaffst|glaubst|nimmst
        |behandelst|schreist|lügst|hältst|haltst|reagierst|kriegst|merkst|siehst|räumst) du ADV
        [dich|mir|mich|denn|mal|es|das|eigentlich|alles] ADV
        (nicht|nie|immer|so INSULT|alles|ständig|dauernd|kein~|nichts|so|jedes mal|ewig|einfach
        |überhaupt|trotzdem|schon wieder|INSULT|wie|lieber|nur|mich|aus allem) !> traurig !> früh
        !> spät heute !> mit
    (warum|wieso|weshalb) (kannst|musst|hörst|fragst|hilfst|schaffst|lässt) du
    (warum|wieso|weshalb) ADV (habe|hab) ich ADV dich >> (geheiratet|überhaupt|nur|bloß)
    (warum|wieso) ADV (rede|erzähle|sage|mache|tue|bemühe|versuche) ich ADV [es|dir|mich|das]
        (überhaupt|eigentlich|noch)
    kannst du ADV [dich|mir|mich|denn|es|das] ADV (nicht|nie|endlich|ein einziges mal|einmal
        |wenigstens|überhaupt)
        >> ADV [mal] (einfach|endlich|mal|ein|einmal|nur|auch|wenigstens|ausnahmsweise|aufpassen
        |zuhören|normal|selber|selbst|denken|warten|ANY) !> schlafen
    (könntest|würdest|willst|hast|bist) du ADV [dich|mich|mir|vielleicht|bitte|mal] (endlich
        |wenigstens|ein einziges mal|gefälligst|überhaupt|eigentlich) >> ADV
        [mal|noch|gar|schon] (aufhören|zuhören|mal|auch|mit|noch|bescheuert|eine ahnung|ahnung|zu
        |nur|dein~|nicht|kein~|je|einmal|klar|wie|was) !> lust
    hast du ADV [denn|eigentlich|schon|auch|dir] (überhaupt|jemals|je|auch nur|mal|eine) ... (an
        mich gedacht|ahnung|nachgedacht|überlegt|gefragt|zugehört|daran gedacht|gemerkt|schon mal
        was)
    hast du ADV [denn] (keine augen|keine hände|nichts besseres|kein gewissen|kein herz|keinen
        respekt|noch alle|sie noch alle|keinen anstand|kein schlechtes|null|tomaten)
    merkst du ADV (eigentlich|nicht|gar|überhaupt|noch|das|es|was)
    (checkst|kapierst|begreifst|schnallst|raffst) du ADV (es|das|nicht|eigentlich|überhaupt)
    was (fällt dir|bildest du dir|erlaubst du dir|denkst du dir|soll das|stimmt nicht mit|ist nur
        los mit|ist falsch mit|ist verkehrt mit|glaubst du [eigentlich]) >> ADV [ein|eigentlich
        |dabei|,|dir|denn|schon wieder] (ein|STOP|eigentlich|,|dir|wer|denn|schon|dabei|bei)
    (wie|wieviel|wie viel) (oft|male|mal) ADV (muss|soll|darf|habe) ich >> .... (noch|sagen|bitten
        |erklären|gesagt|gebeten|wiederholen|gesagt)
    wie oft ADV noch
    wie lange (muss|soll|darf) ich ADV [mir|das|dir|deine|dich]
    (ist|wäre) (es|das) ADV (zu viel|zuviel|so schwer|so schlimm|wirklich so|so kompliziert) >> ADV
        [verlangt] [,] (verlangt|für dich|,|mal|zu|einmal|wenn)
    (so schwer|zu viel verlangt|zuviel verlangt) >> (kann|ist|STOP|,|sein|mal|für|das|einmal)
    (was|wie) (kann|ist) (denn|daran|so schwer) ... schwer
    wer bin ich [denn|eigentlich|für dich|hier]
    wofür (hältst|halst|haltst) du (mich|dich)
    wer (glaubst|meinst|denkst) du
    sehe ich (aus wie|etwa aus)
    (spinnst|hackt|tickst) (du|es) (noch|eigentlich|jetzt|total|bei|STOP)
    würde es dich umbringen
    [würde] [dir] ... (ein zacken|zacken aus der krone|stein aus der krone)
    was (machst|tust|hast) du [eigentlich|denn|überhaupt|schon] >> ADV [den ganzen tag|für mich|für
        uns|hier] (STOP|den ganzen|getan|gemacht|für|beigetragen)
    musst du ADV [dich|mich|mir|denn] (immer|ständig|dauernd|ewig|alles|unbedingt|jedes mal|so
        |andauernd|mich|überall) !> arbeiten
    muss das ADV [immer|jedes mal|jetzt] (sein|schon wieder)
    bist du ADV [jetzt|eigentlich|noch|denn] (taub|blind|zu blöd|zu dumm|zu faul|bescheuert|völlig
        |komplett|noch ganz|ganz dicht|stolz darauf|jetzt zufrieden|zufrieden) >> (STOP|oder|,
        |bescheuert|dicht|um|dazu|jetzt|irre)
    """,
    unless="""
    (warum|wieso) ADV (gehen|machen|fahren|probieren) wir
    (bist du so (traurig|still|müde|lieb|süß|toll|schön))
    (kannst|könntest) du ADV nicht (schlafen|einschlafen|kommen)
    hast du überhaupt (zeit|lust|hunger)
    """,
)
ULTIMATUM = Rule(
    "ultimatum",
    """
    wenn du mich ADV [lieben|liebst|lieb] (wirklich|lieben|liebtest|liebst|lieb|nur) >> ....
        (würdest|,|hättest|wüsstest|hast)
    entweder >> .... (oder ich|oder es|oder wir|oder du|oder das)
    (sonst|ansonsten) >> (ist|bin|gehe|geh|war|ist es|kannst|passiert|ziehe|trenne|lasse|suche
        |verlasse) ... (schluss|weg|ich|aus|vorbei|sehen|was|ausziehen|dich|gehen)
    (oder|und) ich (bin weg|gehe|ziehe aus|lasse mich scheiden|trenne mich|verlasse dich|packe) >>
        (STOP|und|,|meine|für)
    (letzte|allerletzte) (chance|warnung|mal , dass ich|verwarnung)
    (dann|sonst) (kannst du|kannst|geh doch|zieh doch) ... (gehen|ausziehen|packen|mich mal|sehen
        wo|sehen , wo|bleiben wo|vergessen|zu deiner mutter|abhauen|alleine)
    ich (lasse|lass) mich scheiden
    du wirst ADV (schon|noch) [sehen|bereuen] >> (sehen|bereuen|, was|merken)
    """,
    bare=True,
    unless="""
    (entweder|oder) (am|um|kochen|bestellen|kino|pizza|samstag|sonntag|wir gehen|du kochst)
    entweder (kochst|fährst|gehst|nimmst|holst) du
    sonst (ist das essen|bin ich müde)
    """,
)
WEARY = Rule(
    "weary",
    """
    (ich habe|hab ich|habe ich|ich hab) ... (die nase|die schnauze|die faxen|den kanal|es) ...
        (voll|satt|dicke|dick)
    (ich habe|habe ich|hab ich|bin ich) ... (dich|dein~|das|es|alles hier|sowas|dieses~) ... (satt
        |leid) >> (END|,|wie|dass|mit|immer|von)
    (mir reicht es|es reicht mir|jetzt reicht es|mir langt es|mir reichts|es reicht) >> (END|mit
        |jetzt|mir|langsam|endgültig|,|aber|so)
    ich (ertrage|ertrag|halte|halt|kann) (dich|dein~|das|es|deine~|dein gesicht) ... (nicht|kaum)
        (mehr|länger|ertragen|aus|mehr aus|mehr hören|mehr sehen|mehr ertragen) !> ohne !> vor
    ich kann [ADV] (dein~|dich) ... nicht mehr (sehen|hören|ertragen|riechen)
    du (nervst|kotzt|gehst|nervt|strengst|ekelst|widerst) >> (END|mich|mir|nur|so|total|einfach
        |echt|an|tierisch|gewaltig|extrem|voll|wirklich|alle)
    (es|das|mich) (nervt|kotzt|ekelt|widert) [mich] ... (an|wie du|dass du|, dass du|, wie du|an
        dir)
    (geht|gehst|gehen) mir ADV [so|mit|nur|total|langsam|deine~ ANY] ADV (auf die nerven|auf den
        geist|auf den sack|auf den keks|auf den zeiger|am arsch|auf den wecker|auf die eier)
    ich hasse (es|dich|deine~|dein~|wie du) >> (END|,|wenn|wie|art|dafür|an|ANY) !> , wenn wir
    ich hasse es , (wenn|dass|wie) (du|deine?)
    ich kann nicht mehr mit dir
    ich bin [es] ADV (leid|satt) >> (,|dass|deine~|dich|immer|mit)
    ich habe [ADV] genug von (dir|dein~)
    """,
    bare=True,
    unless="""
    (krank|schmerzen hast|traurig bist|leidest|weg bist|streiten|wenn du fort)
    ohne dich
    """,
)
COMPARING = Rule(
    "comparing",
    """
    (andere|bei anderen|alle anderen|die meisten|normale) ADV OTHERS >> (schaffen|können|helfen
        |machen|würden|haben|freuen|kümmern|kriegen|bringen|reden|fragen|hören|wären|tun|sind
        |kochen|nehmen|klappt|ANY)
    (mein~) (ex~|exfreund|ex-freund|exmann|ex-mann|exfrau) (hätte|hat|war|konnte|würde|wäre|ist)
    (jeder|jede|jedes|alle) (andere|anderen|normale|vernünftige|andre) ... (würde|hätte|wäre|könnte
        |versteht|kann|weiß|schafft|hilft|macht)
    (nimm|nehm) dir ... (ein beispiel|beispiel)
    (der|die) (mann|freund|frau|freundin) von ANY ... (hilft|kocht|macht|kümmert|putzt|schafft
        |würde|bringt|räumt|hört|fragt|hat|ist)
    (sabines|annas|lisas|~s) (mann|freund|frau) (hilft|kocht|macht|kümmert|putzt|schafft|bringt
        |räumt|hört|fragt) >> .... (auch|immer|sogar|wenigstens|jeden|END)
    (warum|wieso) kannst du nicht (so )?(sein )?(wie|mal)
    (bei|mit) (deinen|deinem|den|deiner) (freunden|kumpels|kollegen|chef|mutter|anderen) ...
        (kannst du|geht es|bist du|hast du|lachst du)
    für (alle anderen|deine freunde|deine kumpels|deine mutter|deine kollegen|andere|jeden anderen
        |jeden) ... (hast|machst|nimmst|bist|tust|gibst) du
    du bist schlimmer als
    sogar (mein|meine|der|die|unser|unsere) ... (hilft|versteht|kann|hört) ... (besser|mehr) >>
        (als|wie) du
    """,
    unless="""
    (ich finde|kennengelernt|besuchen|eingeladen|möchte ich|hat geburtstag|kommt am)
    """,
)
RULES = (DEMAND, ORDER, QUESTION, ULTIMATUM, WEARY, COMPARING)

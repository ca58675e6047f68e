"""German: who somebody is said to be, and whose fault it all is."""

from __future__ import annotations

from couples.hints.shapes import Rule

LABEL = Rule(
    "label",
    """
    du bist ADV [zu mir|mir gegenüber|im haushalt|in letzter zeit|geworden] ADV INSULT
    (bist|warst|wirkst) du ADV (INSULT|ein~ ADV NAME|ein~ ADV INSULT)
    du bist ADV (ein|eine|der|die|das|nichts als|wie) ADV [ein|eine] ANY >> NAME
    du bist ADV (ein|eine|der|die|das|nichts als|wie|kein|keine) ADV [ein|eine] [reinste|größte
        |totale|totaler] NAME
    du bist ADV (ein|eine|der|die) ADV INSULT >> (END|mensch|kerl|person|frau|mann|typ|kuh|sack
        |hund|vater|mutter|partner|partnerin|ANY)
    du (warst|wirst|wurdest|wirkst) ADV (INSULT|ein~ ADV NAME)
    du bist ... (geworden|gewesen|und) >> INSULT
    du [bist|warst] ADV ANY und ADV INSULT
    du kannst ADV [manchmal|echt|so] [ein~] (INSULT|NAME) ADV sein
    du (benimmst|verhältst|verhalst|aufführst|führst|gibst|stellst) dich ADV [hier|wieder|auf] (wie
        (ein|eine|der|die|das)|INSULT|unmöglich|daneben)
    wie (ein|eine) [kleines|kleiner|kleine|verwöhntes|trotziges|beleidigte] (NAME|kind|leberwurst
        |pubertierender|teenager) !> im !> beim
    du bist ADV (genau|genauso|ganz|auch nicht besser|so|schlimmer|exakt) ADV (wie|als) (dein
        |deine) ADV CLOSE
    du (wirst|klingst|redest) ADV [langsam|genau|immer mehr] (wie|zu) (dein|deine|deiner|deinem)
        CLOSE
    (so|dermaßen|wie) ADV INSULT (wie du|kann man|kann ein mensch|bist du|warst du|muss man)
    wie kann man ADV [so|sich|bloß|eigentlich] >> ADV [INSULT|so] ... (sein|benehmen|INSULT)
    wie (INSULT|kannst du ADV INSULT)
    (du|dir) (hast|fehlt|kennst) ADV (keinen|kein|keine|null|überhaupt keinen|jeder|jedes) ADV
        (respekt|anstand|rückgrat|benehmen|herz|mumm|ehrgeiz
        |empathie|gefühle|manieren|verantwortungs~|ahnung|rücksicht|einfühlungs~|mitgefühl
        |charakter|disziplin|hirn|gespür|interesse|scham)
    (auf dich|dir|bei dir) ADV (ist|kann man|kann ich|kann) ADV [sich] (kein verlass|nicht
        verlassen|nicht trauen|hopfen und malz|nicht glauben|nichts glauben)
    auf dich ADV ist ADV (kein|null) verlass
    (mit dir) ADV (kann man|kann ich|lässt sich|ist) ADV [ja|doch|auch] (nicht|nie|kein|nichts
        |nirgends) !> mithalten
    du bist ADV (zu nichts|zu blöd|zu dumm|zu faul|zu feige|zu stolz|zu geizig|nicht fähig|nicht in
        der lage|nicht im stande|unfähig|nicht mal fähig)
    (deine|deiner|deinen|dein|deinem) ADV [ständige~|ewige~|verdammte~|blöde~|dumme~|ganze~
        |krankhafte~] HABIT >> [ADV] (macht|nervt|geht|ist|machen|nerven|gehen|sind|kotzt|kotzen
        |ruiniert|END|habe|kann|bringt|treibt|und|hängt|hat|zerstört)
    (was|so was) für (ein|eine|einen|einem) [ANY] (NAME|partner|mann|frau|mensch|vater|mutter
        |ehemann|freund) >> .... (bist|tut|macht|verheiratet|zusammen)
    (mit einem|mit einer|einen|einem|einer|so einen|so einem) ADV [INSULT] NAME >> [wie dir|wie
        dich] (verheiratet|geheiratet|zusammen|zu leben|wie|END|lebe)
    [ein|eine] (egoist|idiot|faulpelz|versager|lügner|feigling) >> bist du
    (so|total|echt|voll) (INSULT) von dir
    (das|es) (ist|war) ADV (INSULT|mies|schäbig|das letzte|typisch mann|typisch frau|kindergarten
        |daneben) von dir
    (du bist|bist) ADV das letzte
    du (hast|hattest) ADV (einen knall|einen schaden|sie nicht mehr alle|nicht alle tassen~|einen
        vogel|keine eier|nen schuss|eine schraube locker|einen an der waffel)
    (du|dein) ADV spinnst [ja|doch|wohl]
    spinnst du
    [du] (faul~|blöd~|dumm~|dämlich~|egoistisch~|verdammt~|elend~) (NAME|sack|kuh|hund|ziege)
    dein (verhalten|benehmen|ton|tonfall) (ist|war) ADV (unmöglich|unter aller~|inakzeptabel|nicht
        akzeptabel|daneben|das letzte|INSULT|nicht normal)
    du bist ADV nicht ADV (normal|ganz dicht|ganz sauber|besser|erwachsen|beziehungsfähig|zu
        ertragen|auszuhalten)
    du bist ADV kein [richtiger|echter] (mann|partner|vater)
    du bist keine [richtige|echte] (frau|partnerin|mutter)
    du (spielst|machst) ADV (die beleidigte|auf opfer|das opfer|den beleidigten|immer das opfer|ein
        drama|so ein drama|aus allem|den großen|den chef)
    INSULT ... bist du
    """,
    unless="""
    du bist ADV nicht ADV (faul~|dumm~|egoistisch~|schwach~|schwierig~|empfindlich~|INSULT)
    (bist du|wirkst du) ADV (beleidigt~|kühl~|distanziert~|hilflos~|kalt) >> STOP
    (nicht schwierig|zu hart zu dir|dir selbst)
    (kein~|nicht) (NAME)
    verrückt nach
    du bist wunderschön~
    irre (gut|lieb|schön|lustig|stolz)
    wahnsinnig (gut|lieb)
    (furchtbar|schrecklich) (lieb|nett|müde|aufgeregt)
    du bist (krank|kalt erwischt)
    wie ein (kleines )?kind (gefreut|auf|zu weihnachten)
    ich bin ADV INSULT wie
    """,
)
BLAME = Rule(
    "blame",
    """
    [allein|alles|nur|selber|ganz allein|einzig] deine ADV [eigene] schuld !> nicht
    (schuld (bist|hast|daran bist|daran hast) ADV (du|nur du)|du bist ADV [an allem|daran|allein]
        schuld|bist du schuld|du bist schuld|schuld daran bist du)
    du bist (der grund|die ursache|das problem|dafür verantwortlich)
    das problem bist du
    (wegen dir|deinetwegen|dank dir|nur durch dich) >> .... (verpasst|kein~|nicht|nie|streit~
        |verloren|schlecht~|zu spät|krank|ruiniert|kaputt|schulden|pleite|allein|blamiert|sauer
        |nichts|ärger
        |stress|fertig|geheult|verschuldet|lächerlich|peinlich|umsonst|absagen|abgesagt|hass~|weg
        |nur noch|angst|schlaf~|gescheitert)
    du [hast] ... (verdorben|versaut|ruiniert|kaputt gemacht|kaputtgemacht|zerstört|vermasselt
        |verbockt|vergeigt|angerichtet|verschwendet|eingebrockt|verspielt|auf dem gewissen|in den
        sand gesetzt|gegen die wand gefahren|hängen lassen|hängenlassen|sitzen lassen|sitzenlassen
        |im stich gelassen|blöd dastehen lassen|hintergangen|betrogen|belogen|angelogen
        |bloßgestellt|verarscht|verraten|gedemütigt|das herz gebrochen|ausgenutzt|abserviert
        |angefangen|verschlampt|verpennt|verplempert|verprasst) !> zu arbeiten !> zu
    hast du ... (verdorben|versaut|ruiniert|kaputt gemacht|kaputtgemacht|vermasselt|verbockt
        |angerichtet|im stich gelassen|hängen lassen|angelogen|belogen|verpennt|zerstört|blamiert
        |verraten)
    du (machst|ruinierst|zerstörst|versaust|verdirbst|vermasselst) ADV (mir|uns|mich|alles|jeden
        |jede|die|den|unsere|unser|immer) >> ADV
        (kaputt|krank|fertig|wahnsinnig|verrückt|rasend|alles|jeden|jede|den|die|unsere~|unser|das
        leben|irre|aggressiv|traurig|stimmung|ANY kaputt|wütend|noch)
    du (treibst|bringst) mich ... (wahnsinn|zur weißglut|auf die palme|um den verstand|ins grab|zum
        ausrasten|zur verzweiflung|zum wahnsinn|noch um|zum heulen)
    (macht|treibt|machst|bringst) mich ADV [du] (wahnsinnig|krank|verrückt|in den wahnsinn|auf die
        palme) >> .... (du|dein~|END)
    ohne dich (wäre|wären|hätte|hätten|ginge|geht) ... (besser|längst|schon|mehr|leichter|ruhe
        |schulden|früher|jetzt)
    wenn du nicht (gewesen wärst|wärst) , (wäre|wären|hätte|hätten)
    (schau|guck|sieh|schaut) ADV [dir] [an] [,] (was du|wozu du|wie weit du) >> .... (angerichtet
        |getan|gemacht|gebracht|treibst|anrichtest)
    da siehst du , was du
    (hast du dir|du dir) ADV selbst ADV (zuzuschreiben|eingebrockt|zu verdanken)
    (selber|selbst) schuld >> STOP
    du (gibst|schiebst) ADV [immer|ständig] (mir|alles auf mich|die schuld|den) [immer] ... (schuld
        |anderen|mich)
    immer sind die anderen schuld
    du warst es , (der|die)
    du hast uns ... (gebracht|geritten|eingebrockt)
    du hast mich (so|dazu|soweit|so weit|krank|kaputt|fertig) ADV (gebracht|gemacht)
    """,
    unless="""
    (nicht|keine|keinesfalls) ADV [nur|allein] (deine|du) ADV schuld
    (ist|war) [auch|ja|doch|gar] nicht ADV (allein|nur )?deine schuld
    du hast keine schuld
    (wegen dir|dank dir) ... (sicher|geborgen|glücklich|pünktlich|stark|lachen) !> nicht
    meine (schuld|mutter|schwester)
    ohne dich wäre ... (traurig|leer|schwer|nicht|verloren|langweilig|aufgeschmissen)
    """,
)
RULES = (LABEL, BLAME)

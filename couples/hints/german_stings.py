"""German: small stings, and what is said in mockery."""

from __future__ import annotations

from couples.hints.shapes import Rule

STING = Rule(
    "sting",
    """
    na (toll|super|klasse|prima|bravo|herrlich|wunderbar|danke) >> .... (schon wieder|wieder|du|dir
        |vergessen|dein~|hast|auch noch du)
    [na] (toll|super|klasse|prima|bravo|glückwunsch|großartig|spitze) ADV (gemacht|hinbekommen
        |hingekriegt) >> (STOP|, wieder|wieder|, wie|, jetzt|, schon) !> und
    (wie immer|wie üblich|wie gewohnt|mal wieder|schon wieder|wieder mal|wieder einmal|natürlich
        |selbstverständlich) ADV [,] (hast|bist|warst|kommst|machst|lässt|vergisst|hockst|sitzt
        |denkst|willst|musst|redest|hörst) du
        >> .... (vergessen|nicht|nichts|kein~|zu spät|weg|verschlafen|wichtigeres|besseres|recht
        |WRONG|alles) !> recht gehabt
    du ... (wie immer|wie üblich|mal wieder|schon wieder|wieder mal|wieder einmal) >> [,] [ADV]
        (vergessen|nicht|nichts|kein~|zu spät|WRONG|END|alles|abgesagt|verpennt)
    du schon wieder
    (schon wieder|wieder mal|mal wieder) (du|dein~|die gleiche~|dieselbe~|deine) >> (mit|ausrede~
        |handy|mutter|gejammer|leier|theater|drama|laune|geschichte|vorwürfe|gemecker|ewige~|STOP
        |ANY)
    (das ist|ist ja|ist wieder|ist mal wieder|ist so|war ja|ach|ja|echt) ADV typisch >> ADV (du|für
        dich|mann|frau|END|von dir)
    typisch (du|mann|frau|mein~|dein~|END)
    (war|ist) ADV [ja|so|mir] [mal wieder|wieder] klar , dass du
    (war|ist) ADV (ja|doch|mir|so) ADV klar >> (STOP|, du|, dass du)
    hätte ich mir ... denken können
    (das|es) sieht dir [mal wieder|wieder|ja|so] ähnlich
    sieht dir ADV [mal] ähnlich
    (schön|toll|nett|super|lieb|wunderbar|großartig) , dass du ADV (auch|wenigstens|endlich|dich)
        ADV [schon|mal|noch] (mal|da|noch|schon|kommst|herbequemst|blicken)
    (ach|oh|wow|sieh an|na sowas) [,] (du|der herr|die dame|auch|da) ... (auch|mal|doch|wieder
        |schon) >> (da|mal|noch|wach|zu hause|schon|zurück|STOP)
    (der herr|die dame|die prinzessin|der feine herr|madame|seine majestät|ihre majestät|der
        gnädige herr|eure hoheit|die gnädige)
    (das|es) (verstehst|kapierst|begreifst) du [ja|doch|sowieso|eh|halt|einfach] ADV [sowieso] nicht
    du (verstehst|kapierst|begreifst|checkst|raffst) [das|es|mich|ja|einfach] ADV [sowieso] (nicht
        |nichts|nie) !> falsch !> , warum ich weine
    als ob (du|dich|dir|es dich) >> ADV (das|dich|interessier~|kümmer~|je|mich|ANY) !> das wetter
        !> wir !> du fliegst
    als wenn (du|dich|dir|es dich)
    (danke|vielen dank) (für nichts|für gar nichts|auch , dass du)
    (glaubst|meinst) du ADV (das|doch|es) ADV (selber|selbst|wohl)
    (träum|schlaf) (weiter|schön weiter)
    (hast du's|hast du es|haben wir es|habt ihr es) (endlich|auch|bald)
    (du und|und) (deine|dein) (ausreden|versprechen|leeren versprechen|versprechungen|launen
        |ständigen|ewigen|tollen|blöden|ach so|scheiß|handy|heilige~|toller|tolle|super) ADV >>
        (END|ANY)
    (deine|alles nur|nur) (leeren|leere) (versprechen|versprechungen|worte)
    deine ausreden
    (alles|nur|immer|wieder|nichts als) ... (ausreden|leere versprechen|lügen|leere worte) >> STOP
    (wer's glaubt|wers glaubt|wer es glaubt)
    muss schön sein >> , ... (nichts|den ganzen|einfach|auszuschlafen|sich)
    (du hast es ja|du hast's ja) (gut|leicht|einfach)
    (immer|jedes mal|wieder) (das gleiche|dasselbe|die gleiche leier|dieselbe leier|das selbe|die
        alte leier) >> ADV [mit dir|theater|spiel|drama|von dir] (mit dir|END|theater|spiel|drama
        |bei dir|leier)
    (von wegen|ja klar|ja genau|ja sicher|klar) [,] ADV (du (hast|bist|machst|kannst|kümmerst
        |änderst|wolltest)|immer ich|alles|ich bin schuld|ich wieder)
    (ich|da) (kann|könnte) ADV [ja] [auch] [genauso gut|gleich|ebenso gut|auch] (mit (der|einer)
        wand|gegen (eine|die) wand|mit dem|gleich alleine|gleich allein|auch alleine|auch allein)
        >> .... (reden|sprechen|leben|wohnen|sein|sprech~)
    (gegen|mit) (eine|einer|die|der) wand (reden|rede|zu reden)
    (dein|deine) (heilige~|tolle~|ach so|geliebte~|blöde~|scheiß~|verdammte~|bescheuerte~|dämliche~
        |dumme~|beknackte~) >> ANY
    (nicht mal|nicht einmal) (das|dazu|zum|ein|einen|eine|den|danke|dafür) ... (kannst|schaffst
        |kriegst|hast|bist|bringst|machst) du
    nicht mal (das|den|die|ein~) (kannst|schaffst|kriegst|hast) du
    du (kannst|schaffst|kriegst|hast|weißt|bist|hältst|bringst|fragst|merkst|sagst|guckst) ADV [ja
        |es|dich|mir|mich|das] (nicht mal|nicht einmal|noch nicht mal|nicht ein mal)
    das (einzige|einzigste) , was (du|dich|dir)
    (kaum|sobald) ... (geht|sage|frage|rede) ... (bist|haust|rennst|läufst) du ... (weg|ab|sauer
        |beleidigt)
    (große|tolle|schöne|leere) (klappe|worte|versprechen|sprüche) >> [,|und|aber] ... (nichts
        |dahinter|kein~)
    du (versprichst|verspricht|kündigst|redest|laberst|quatschst|behauptest|sagst) ... (viel|alles
        |immer|das blaue|alles mögliche|groß|großspurig|ständig) ... (und|aber|, aber|, und) !> gute
    """,
    bare=True,
    unless="""
    als ob du (schläfst|fliegst|friert|etwas bedrückt)
    wie immer (war|ist) (dein|deine) ANY (ein|so|lecker|super|toll|gut|köstlich|wunderbar)
    (typisch|klar) ... (liebe ich|mag ich|süß)
    (du hast|hast du) ... wie immer (recht|super|toll|gut|lecker|wunderbar|alles toll)
    du ... schon wieder (gesund|da|fit|besser)
    """,
)
RULES = (STING,)

"""German words that the lines of the rules name in capitals; `~` stands for any ending.

Words are written with their umlauts; `german_words` takes them off, as it does with what is typed.
"""

from __future__ import annotations

ADV = (
    "so echt wirklich einfach halt eben ja doch mal auch sogar nur schon total völlig voll "
    "ziemlich sehr ganz wieder jetzt langsam richtig absolut dermaßen verdammt furchtbar "
    "schrecklich unglaublich wahnsinnig viel zu wohl eigentlich leider aber dann da manchmal "
    "immer ständig dauernd ewig überhaupt gar nun gerade offenbar anscheinend offensichtlich "
    "scheinbar bloß endlich ehrlich so_was_von dauerhaft permanent noch extrem unfassbar bisschen"
)
NEVER = (
    "nie niemals (?:(?:nicht|kein)_)?(?:ein|k?einziges)_(?:einziges_)?mal kein_(?:einziges_)?mal "
    "nie_im_leben so_gut_wie_nie fast_nie zu_keiner_zeit"
)
CONST = (
    "ständig dauernd andauernd permanent pausenlos ununterbrochen ewig fortwährend laufend "
    "unentwegt nonstop nur_noch am_laufenden_band in_einer_tour rund_um_die_uhr"
)
ALWAYS = (
    "immer jedes_mal stets jeden_(?:tag|abend|morgen) jedes_wochenende immerzu die_ganze_zeit "
    "tagein_tagaus alle_naselang"
)
INSULT = (
    "faul~ egoistisch~ kindisch~ stur~ dumm~ doof~ blöd~ bescheuert~ rücksichtslos~ "
    "unzuverlässig~ gefühlskalt~ kalt~ eiskalt~ kaltherzig~ gemein~ unfair~ fies~ arrogant~ "
    "überheblich~ ignorant~ selbstsüchtig~ verlogen~ feige~ geizig~ schlampig~ unordentlich~ "
    "chaotisch~ undankbar~ unfähig~ unsensibel~ respektlos~ lieblos~ herzlos~ verantwortungslos~ "
    "unreif~ verwöhnt~ hysterisch~ zickig~ launisch~ eifersüchtig~ besserwisserisch~ "
    "rechthaberisch~ nachtragend~ überempfindlich~ empfindlich~ peinlich~ lächerlich~ unmöglich~ "
    "unerträglich~ anstrengend~ nervig~ langweilig~ hoffnungslos~ verrückt~ irre~ ekelhaft~ "
    "eklig~ widerlich~ asozial~ naiv~ paranoid~ dramatisch~ unfreundlich~ frech~ unverschämt~ "
    "scheinheilig~ hinterhältig~ manipulativ~ narzisstisch~ gestört~ bequem~ passiv~ wehleidig~ "
    "weinerlich~ abweisend~ oberflächlich~ ungerecht~ schwierig~ vergesslich~ verpeilt~ "
    "eingebildet~ berechnend~ kleinlich~ pingelig~ verbohrt~ stinkfaul~ saufaul~ mies~ "
    "unausstehlich~ gleichgültig~ desinteressiert~ untragbar~ beziehungsunfähig~ kritikunfähig~ "
    "herrisch~ krankhaft~ gierig~ verschwenderisch~ unpünktlich~ schlecht_gelaunt~ gefühllos~ "
    "unehrlich~ falsch~ hart_zu_mir furchtbar~ schrecklich~ schlimm~ inkonsequent~ egozentrisch~ "
    "selbstgerecht~ selbstverliebt~ rechthaber~ eitel~ primitiv~ ungehobelt~ unhöflich~ "
    "beratungsresistent~ lahm~ lahmarschig~ nicht_ganz_dicht nicht_mehr_normal nicht_normal "
    "nicht_ganz_sauber beleidigt~ eingeschnappt~ bockig~ trotzig~ schwach~ armselig~ erbärmlich~ "
    "unselbstständig~ unselbständig~ träge unaufmerksam~ gedankenlos~ taktlos~ ungeduldig~ "
    "aggressiv~ zynisch~ kühl~ distanziert~ stumpf~ desorganisiert~ planlos~ nutzlos~ hilflos~ "
    "unbrauchbar~"
)
NAME = (
    "egoist~ idiot~ arsch~ faulpelz~ faulenzer~ schlampe~ trottel~ versager~ lügner~ feigling~ "
    "memme weichei~ waschlappen schwein~ drecks~ sau ekel zicke~ tyrann~ macho~ pascha~ diva "
    "dramaqueen drama-queen narzisst~ heuchler~ besserwisser~ kind kleinkind~ kleines_kind baby "
    "muttersöhnchen klugscheißer~ jammerlappen chaot~ spinner~ penner~ depp dummkopf blödmann "
    "kotzbrocken geizhals geizkragen schmarotzer~ katastrophe alptraum albtraum zumutung loser "
    "nichtsnutz miesepeter mimose workaholic kontrollfreak monster psycho hexe choleriker~ "
    "dickkopf sturkopf snob angeber~ rabenvater rabenmutter (?:schlechter|miserabler|lausiger)_~ "
    "(?:schlechte|miserable)_~ vollpfosten hornochse esel kindskopf teenager pubertierender_~ "
    "schnorrer~ mistkerl arschloch eisklotz eisblock rechthaber~ nörgler~ meckerziege giftspritze "
    "stinkstiefel prinzessin hampelmann null niete dreckspatz schmutzfink ignorant~ couchpotato "
    "parasit~"
)
HABIT = (
    "faulheit egoismus sturheit gleichgültigkeit nörgelei~ meckerei~ gemecker~ genörgel~ "
    "gejammer~ jammerei eifersucht unpünktlichkeit unzuverlässigkeit ausreden launen rechthaberei "
    "gezicke genöle lügen lügerei unordnung schlamperei ignoranz arroganz rücksichtslosigkeit "
    "vorwürfe kritik kritisiererei undankbarkeit geiz besserwisserei feigheit kälte dummheit "
    "herumkommandieren zockerei handysucht kontrollsucht wutanfälle respektlosigkeit "
    "lieblosigkeit gemotze laune schweigen sprüche ironie unverschämtheit vergesslichkeit "
    "bequemlichkeit verlogenheit handy chaos"
)
# What nobody hopes for, as a deed or a state.
WRONG = (
    "vergess~ vergiss~ ignorier~ unterbrich~ unterbroch~ unterbrech~ mecker~ meckr~ gemecker~ "
    "nörgel~ nörgl~ rumnörgel~ rummecker~ kritisier~ jammer~ jammr~ motz~ maul~ schimpf~ schrei~ "
    "schrie~ brüll~ anschrei~ anmotz~ anmecker~ anbrüll~ lüg~ log ausweich~ weglauf~ abhau~ "
    "verschwind~ verschwund~ zu_spät viel_zu_spät verspät~ im_stich ausrede~ ausreden letzte_wort "
    "recht_haben rechthab~ recht streit~ handy smartphone computer pc konsole playstation "
    "fernseher glotze couch sofa büro beleidig~ abblock~ besser_wiss~ alles_besser bevormund~ "
    "schlecht_gelaunt schlechte_laune laune schuld übertreib~ drama~ theater sauer eingeschnappt "
    "genervt keine_zeit keine_lust kein_bock was_besseres etwas_besseres wichtiger~ bestimm~ "
    "kontrollier~ kaputt~ dasselbe das_gleiche gegen_mich absag~ abgesagt verschieb~ drück~ "
    "hinterher schweig~ anfauch~ anblaff~ angefaucht fertig~ schlecht~ blöd~ dumm~ provozier~ rum "
    "herum rumsitz~ rumlieg~ herumlieg~ liegenlass~ liegen~ stehen~ stehenlass~ rumsteh~ offen "
    "herumkommandier~ kommandier~ belehr~ lächerlich~ lustig_über blamier~ bloßstell~ bloß~ "
    "runter~ niedermach~ übergeh~ überhör~ vorwurf vorwürf~ vorwerf~ nerv~ stress~ widersprech~ "
    "widersprich~ raus rausred~ herausred~ dagegen abwürg~ wegschau~ egal nicht nichts kein~ "
    "alles_anders nachtrag~ zuerst_an_dich nur_an_dich nur_du nur_dein~ nur_um_dich nur_mit zock~ "
    "saufen säuf~ sauf~ trink~ verschwende~ hintenan vertröst~ versprich~ versprech~ verspräch~ "
    "platzen im_weg beschwer~ rumkommandier~ ausflipp~ ausrast~ schmoll~ trotz~ bock~ stichel~ "
    "gereizt~ aggressiv~ patzig~ zurück_ziehen ausfallend dazwischen ins_wort eine_ausrede "
    "deine_mutter deine_freunde deine_kumpels deine_arbeit dein_handy der_arbeit dich_selbst "
    "extrawurst anders~ unpünktlich~ schlampe~ widerwort~ fordern~ forder~ meinen_fehlern fehler~ "
    "INSULT"
)
# What is kind or plain, so that "never" and "constantly" are no reproach.
KIND = (
    "enttäusch~ im_stich_gelassen im_stich gelassen~ vergess~ vergiss~ aufgegeben aufgeb~ gibst "
    "jammer~ beschwer~ beklag~ gemein böse laut gelogen angelogen lügst zu_viel langweilig "
    "für_dich_selbst pause krank müde alleingelassen allein_gelassen verurteil~ bewertet "
    "unfreundlich ungeduldig gewesen gegessen probiert geflogen gesehen getrunken gelernt "
    "schmerzen sorgen lustig~ lachen lächeln gelacht lächel~ schön~ hilfsbereit lieb~ mut toll~ "
    "neue~ neu hunger überstunden gearbeitet termine unterwegs an_mich_denk~ schlaf~ geschlafen "
    "kopfweh kopfschmerzen erkältet stress frieren kalt friert gestresst verletzen verletzt "
    "nachtschicht spätschicht schicht für_andere nein zweifel~ gezweifelt gewollt wolltest "
    "absichtlich bereu~ unter_druck weh_getan wehgetan langweil~ fremd wissen weiß_man weißt_nie "
    "weißt musst brauchst warst_du wohl_gefühlt druck überfordert erwähnt erzählt gemerkt_wie"
)
OTHERS = "männer frauen partner leute paare väter mütter ehemänner kerle freundinnen"
CLOSE = "mutter vater mama papa bruder schwester eltern exfrau exmann familie ex"

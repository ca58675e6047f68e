"""German: words of fear, hitting, force and threats. There no hint is due, only help.

These patterns also look into quoted words: what somebody was told is what is told here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from re import Pattern

from couples.hints.german_words import phrases
from couples.hints.reading import Sentence

LINES = """
    # Fear of somebody.
    angst vor (dir|ihm|ihr|meinem (mann|partner|freund)|meiner (frau|partnerin|freundin)|deiner
        (wut|reaktion|laune|stimme|hand|eifersucht)|deinen (wutausbrüchen|fäusten|launen|ausbrüchen
        |händen|reaktionen)
        |deinem (zorn|jähzorn|geschrei)) !> eltern
    (fürchte|fürcht) mich vor (dir|ihm|ihr|deiner~|deinem~|deinen~) !> (eltern|familie)
    (fürchte mich|habe angst|bekomme angst|kriege angst|angst bekomme|habe ich angst|bekomme ich
        angst|kriege ich angst) , wenn du >>
        ... (schrei~|brüll~|trink~|getrunken|wütend|betrunken|laut|ausrast~|wirf~|schlag~|nach
        hause|so guckst)
    wenn du ... (schreist|brüllst|trinkst|wütend bist|betrunken bist|laut wirst|ausrastest
        |getrunken hast)
        [,] (habe|bekomme|kriege) ich ADV angst
    angst , dass du >> ... (schlägst|zuschlägst|antust|tust|umbringst|wehtust|ausrastest|die kinder
        wegnimmst|verletzt|explodierst)
    (traue|trau) mich nicht ADV (nach hause|heim|dir zu widersprechen|nein zu sagen|wegzugehen|dich
        zu verlassen)
    angst (nach hause|heimzu~|heim|nein zu sagen|dir zu widersprechen)
    angst , (nach hause|heimzu~|nein zu sagen|dir zu widersprechen|dich zu verlassen|mit dir
        allein~)
    (nicht|nirgends|nicht mehr) ADV sicher >> (bei dir|zu hause|zuhause|daheim|in (unserer|meiner)
        wohnung|in deiner nähe|mit dir|neben dir)
    (zu hause|zuhause|daheim|bei dir|mit dir|neben dir|in deiner nähe) ADV (nicht|nie|nicht mehr)
        [mehr] sicher
    (du|er) machst mir ADV angst
    machst du mir ADV angst
    du jagst (mir|uns|den kindern) angst
    um mein leben
    # Blows.
    (du|er|sie) (schlägst|schlug|schlugst|haust|prügelst|verprügelst|ohrfeigst|würgst|trittst|boxt
        |schubst|schüttelst|misshandelst)
        (mich|uns|die kinder|unser~|ihn|meine|meinen|den hund|zu) !> (immer )?(beim|im) (schach
        |tennis|spiel|kartenspiel~) !> FEW (beim|im) !> vor
    (schlägst|haust|würgst|trittst|prügelst|schubst) du (mich|uns|die kinder|zu|ihn) !> FEW beim !>
        vor
    (mich|uns|die kinder|unser~ (sohn|tochter|kind)|ihn|den hund) !> ... (schach|tennis|spiel
        |kartenspiel~|karten|squash|wettlauf|quiz) >> ... (geschlagen|gehauen|verprügelt|geohrfeigt
        |gewürgt|getreten
        |gestoßen|geschubst|geboxt|misshandelt|vergewaltigt|angespuckt|bespuckt|gebissen|gepackt
        |geschüttelt) !> (beim|im) !> katze
        !> zum apotheker
    (gewürgt|verprügelt|vergewaltigt|misshandelt|geohrfeigt|eingesperrt|eingeschlossen worden
        |zusammengeschlagen)
    (schlägt|schlug|prügelt|würgt|verprügelt) mich
    (zuschlägst|zugeschlagen|zuschlagen|handgreiflich|ohrfeige|ohrfeigen|gewalttätig|häusliche
        gewalt|prügel|prügeln) !> die tür !> hat
    (wenn|dass|weil) du ... (mich|uns|die kinder) ADV (schlägst|haust|würgst|schubst|trittst|packst
        |schlagen)
    (hand|hände|faust|fäuste) ... (gegen mich|gegen uns) ... (erhoben|erhebst|hebst)
    (hand|hände|finger) (um|an|auf) (meinen|meinem|den) hals
    (am|an den) (hals|haaren|kehle) ... (gepackt|gezogen|gezerrt|packst|ziehst)
    (gegen|an) die wand (gedrückt|gestoßen|geworfen|geschleudert|gepresst|geschubst)
    (die treppe|treppe) (runter|hinunter|herunter) (gestoßen|geschubst|geworfen)
    (treppe|treppen) (runtergestoßen|hinuntergestoßen|heruntergestoßen|runtergeschubst
        |hinuntergeschubst)
    (teller|glas|flasche|stuhl|tasse|vase|messer|handy|schuh) (nach|auf) (mir|mich|uns) >>
        (geworfen|wirfst|warfst|geschmissen|schmeißt)
    (wirfst|warfst|schmeißt|schmissst) ... (nach|auf) (mir|mich)
    (loch in die (wand|tür)|löcher in die wand|tür eingetreten|gegen die wand geschlagen)
    (blaue flecken|blauen fleck|blaue flecke|blutergüsse|blaues auge) >> (von dir|am|an|im|END|weil
        du|seit)
    (du|er) (hast|bist|warst|hat|wurdest|wirst) ADV (gewalttätig|handgreiflich|brutal) !> ehrlich
    hand ausgerutscht
    (tust|getan|tut|hast) mir ADV weh >> , wenn du (zupackst|mich|wütend)
    (bringe|bring) dich um
    (dich|mich|uns|die kinder) ADV (umbringe|umbringst|umbringen|umbringt|umzubringen|abstechen
        |erschießen|töten|erwürgen|erschlagen)
    (umbringen|umzubringen|selbstmord|suizid~|mir das leben nehmen|dir das leben nehmen|dir etwas
        antust|mir etwas antun|dir was antust
        |mir was antun|nicht mehr leben|will sterben|möchte sterben|tot sein) !> würde
    (dich|mich) selbst (verletz~|ritz~)
    (dir|mir) ... (antust|antun|anzutun) !> nicht
    # Force, threats, weapons.
    (zwingst|zwangst|zwingt|nötigst|nötigt|erpresst|bedrohst|bedrohtest|bedroht|drohst|drohtest
        |droht|verfolgst|stalkst|überwachst|kontrollierst
        |ausspionierst|schikanierst|quälst|terrorisierst|missbrauchst|demütigst) (mich|mir|uns
        |meine?|mein handy|meine nachrichten) !> zu meinem glück
    (mich|mir) ... (zwingst|gezwungen|nötigst|genötigt|erpresst|bedrohst|bedroht|drohst|gedroht
        |verfolgst|gestalkt|überwachst|überwacht|eingesperrt
        |einsperrst|eingeschlossen|festgehalten|festhältst|missbraucht|vergewaltigt) !> fühle !>
        aus versehen
    du (drohst|drohtest) ADV (mir|damit|mit|uns|immer|ständig)
    (hast|hat) ... gedroht
    damit gedroht
    (deine|seine|ihre|mit|deinen) drohungen
    zwingst du (mich|uns)
    (du|er) (hast|hat) mich gezwungen !> zu ruhen
    (zum sex|zu sex|zum geschlechtsverkehr) ADV (gezwungen|genötigt|gedrängt|zwingst|drängst
        |überredet)
    (gegen meinen willen|obwohl ich nein gesagt|ich nein gesagt habe und du|ohne meine einwilligung
        |nach meinem nein)
    (sperrst|schließt|sperrt) (mich|uns|die kinder) >> ... (ein|aus|in)
    (eingesperrt|einsperrst|du ... ausgesperrt) >> (hast|hat|END|und|im|wird|mich)
    (lässt|lasst|lässt du) mich ADV nicht (raus|gehen|weg|aus dem haus|zu meinen|meine freund~
        |meine familie|arbeiten|allein) !> allein
    du lässt mich ADV (nicht|nie) ... (raus|weggehen|fortgehen|treffen|arbeiten gehen|aus dem haus)
    darf (ich )?(niemanden|keine freund~|nicht raus|nicht arbeiten|nicht aus dem haus|kein eigenes
        geld|keinen kontakt) !> (mit|am|im)
    ich darf ... (freunde|freundinnen|familie|eltern|schwester) ... nicht [mehr] (sehen|treffen
        |anrufen|besuchen) !> wegen corona
    (verbietest|verboten|verbietet) (du )?mir
    (du|er) hast mir ... verboten
    (meinen pass|meinen ausweis|mein geld|meine karte|meine bankkarte|mein handy|meine schlüssel
        |mein gehalt) ... (weggenommen|abgenommen|versteckt|nimmst|behältst)
    (nimmst|nahmst) mir ... (pass|ausweis|geld|karte|handy|schlüssel|kinder) ... weg
    (mir die kinder|die kinder) ADV (wegnimmst|wegnehmen|wegzunehmen)
    (pistole|gewehr|schusswaffe|waffe|waffen) !> der frauen !> gegen
    (mit|ein|einem) messer ... (bedroht|auf mich|an meinen|gegen mich|gehalten|hinterher
        |losgegangen)
    messer (an (den|meinen) hals|an die kehle|in der hand und)
    (kontrollsüchtig|kontrollierend|kontrollwahn)
    (kontrollierst|überwachst|liest|checkst|durchsuchst) (du )?(ständig |immer |dauernd |heimlich
        |jeden tag )?(mein handy|meine nachrichten|meine mails|alles was ich|jeden schritt|mein
        konto|wo ich bin|meine post)
    (tracker|ortungs~|gps-sender|peilsender|spionage-app|überwachungs-app) !> für den hund
    (du|er) (bestimmst|entscheidest) , (was ich anziehe|wen ich (sehe|treffe)|wohin ich|mit wem ich)
    (türe?|weg|ausgang) (versperrt|blockiert|verstellt|zugehalten) !> jemand
    (versperrst|blockierst|verstellst) (du )?mir (die tür|den weg|den ausgang)
"""


@cache
def _pattern() -> Pattern[str]:
    """Return the pattern of all lines, built when first asked for."""
    return phrases(LINES)


def speaks_of_harm(sentences: Iterable[Sentence]) -> bool:
    """Tell whether any sentence speaks of fear of somebody, blows, force, threats or control."""
    return any(_pattern().search(each.plain) for each in sentences)

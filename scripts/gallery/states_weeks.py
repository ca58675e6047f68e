"""Check-ins: answering, and what the overview then shows."""

from __future__ import annotations

from gallery import acts, acts_weeks
from gallery.acts import left_by_jonas
from gallery.shapes import Go, Meanwhile, Offline, Send, Unfold, of

CHECK_INS = "Check-ins"
SHARE, KEEP = ("decision", "share"), ("decision", "keep")
FIVE = {"q0": "5"}
week = of(CHECK_INS, "This week", who="Maya", world="half_year", mockup="e")
done = of(CHECK_INS, "Done", who="Maya", world="half_year")
closed = of(CHECK_INS, "Week closed", who="Maya", world="half_year")
over = of(CHECK_INS, "Overview", who="Maya", world="half_year", mockup="g")
table = of(CHECK_INS, "Numbers table", who="Maya", world="half_year")
one = of(CHECK_INS, "One need", who="Maya", world="half_year")
own = of(CHECK_INS, "Own pages", who="Maya", world="half_year")
back = of(CHECK_INS, "Looking back", who="Maya", world="half_year")

STATES = (
    week("week", "Open", "/week"),
    week("week-jonas", "Open, the other’s mark", "/week", who="Jonas"),
    week("week-draft", "Not sent yet", "/week", given=acts_weeks.week_begun),
    week("week-prefilled", "Prefilled, returning", "/week", given=acts_weeks.maya_answered),
    week("week-error", "Error", "/week", steps=(Send("/week", FIVE),), status=422),
    week("week-offline", "Offline", "/week", steps=(Offline(),)),
    week("week-conflict", "Words written in another window", "/week",
        given=acts_weeks.maya_answered,
        steps=(Meanwhile(acts_weeks.words_elsewhere),
            Send("/week", {**FIVE, "words": "A calm one."}, SHARE)),
        status=422),
    week("week-late", "Closed while writing", "/week",
        steps=(Meanwhile(acts_weeks.it_closes),
            Send("/week", {**FIVE, "words": "A long week at work."}, SHARE)),
        status=409),
    week("week-skipped", "Left out", "/week", steps=(Send("/skip"), Go("/week"))),
    week("week-paused", "Paused", "/week", given=acts_weeks.paused),
    week("week-stopped", "Emails stopped", "/week", given=acts_weeks.stopped),
    week("week-slower", "A slower rhythm?", "/week", given=acts_weeks.three_missed,
        at=acts_weeks.FOURTH),
    week("week-scale", "With the published scale", "/week", world="begun"),
    week("week-unreached", "Emails don’t arrive", "/week", given=acts.unreached),
    week("week-closed", "Closed", "/week", given=acts_weeks.settled, at=acts_weeks.MONDAY),
    week("week-planned", "Before the first", "/week", world="signed"),
    week("week-no-agreement", "No agreement yet", "/week", world="opened"),
    week("week-unlinked", "Not linked", "/week", world="alone"),
    week("questions", "Questions of your own", "/week/questions"),
    week("questions-waiting", "Questions, one waits", "/week/questions",
        given=acts_weeks.question_waits),
    week("questions-error", "Questions, nothing typed", "/week/questions",
        steps=(Send("/questions", {"words": ""}, ("then", "suggest")),), status=422),
    week("questions-refused", "Questions, taken back meanwhile", "/week/questions",
        given=acts_weeks.question_waits, steps=(Meanwhile(acts_weeks.question_used), Send("/use")),
        status=409),
    week("longer", "A longer look", "/week/longer", language="en"),
    week("longer-done", "A longer look, finished", "/week/longer", given=acts_weeks.looked_longer,
        language="en"),
    done("done", "Waiting", "/week", steps=(Send("/week", FIVE, SHARE),)),
    done("done-kept", "Kept to yourself", "/week", steps=(Send("/week", FIVE, KEEP),)),
    closed("closed", "Nothing opened this week", "/overview", given=acts_weeks.only_jonas,
        at=acts_weeks.MONDAY),
    closed("closed-quiet", "No answer this week", "/overview", given=acts_weeks.settled,
        at=acts_weeks.MONDAY),
    over("overview", "A page is open", "/overview"),
    over("overview-jonas", "The other’s view", "/overview", who="Jonas"),
    over("overview-begin", "Empty: how it begins", "/overview", world="alone"),
    over("overview-planned", "0 weeks, planned", "/overview", world="signed"),
    over("overview-0", "0 weeks, open", "/overview", world="begun"),
    over("overview-1", "1 week: points, no lines", "/overview", world="one_week"),
    over("overview-2", "2 weeks: points, no lines", "/overview", world="two_weeks"),
    over("overview-3", "3 weeks: lines", "/overview", world="two_weeks",
        given=acts_weeks.both_answered, at=acts_weeks.MONDAY),
    over("overview-waiting", "Waiting", "/overview", given=acts_weeks.maya_answered),
    over("overview-left-out", "Left out", "/overview", given=acts_weeks.maya_skips),
    over("overview-done", "Done: both have answered", "/overview", given=acts_weeks.both_answered,
        at=acts_weeks.MONDAY),
    over("overview-all", "All weeks", "/overview?weeks=all"),
    over("overview-unlinked", "Unlinked: own line only", "/overview", given=left_by_jonas),
    over("overview-unproved", "Own answers not shown", "/overview", given=acts.aged),
    over("overview-unreached", "Emails don’t arrive", "/overview", given=acts.unreached),
    table("table", "Unfolded", "/overview", steps=(Unfold(),)),
    one("topic", "Strip, promise, words", "/overview/topics/{time}", steps=(Unfold(),)),
    one("topic-empty", "Empty: asked from next Thursday", "/overview/topics/{time}",
        world="signed"),
    one("topic-unsigned", "Empty: no promise yet", "/overview/topics/{time}", world="opened"),
    own("own", "Your own view", "/overview/mine"),
    own("own-empty", "Your own view, empty", "/overview/mine", world="alone"),
    own("past", "Past pages", "/week/past"),
    own("past-empty", "Past pages, empty", "/week/past", world="alone"),
    own("past-one", "A past week, shared", "/week/past/{round 26}"),
    own("past-kept", "A past week, kept", "/week/past/{round 13}"),
    own("past-withdrawn", "A past week, taken back", "/week/past/{round 26}",
        steps=(Send("/withdraw"),)),
    back("back", "Half years", "/overview/back", at=acts_weeks.LATER),
    back("back-early", "Half a year has to pass first", "/overview/back", world="signed"),
    back("back-empty", "Nothing yet", "/overview/back", world="alone"),
    back("back-one", "One half year", "/overview/back/1", at=acts_weeks.LATER),
)  # fmt: skip

"""One topic of the couple's over time: its strip, its promise through the versions, its words."""

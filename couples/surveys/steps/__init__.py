"""The step from the couple's last talk, about which the next round asks."""

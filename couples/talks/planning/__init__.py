"""When the next talk is: times one proposes, the other's yes, moving it, calling it off."""

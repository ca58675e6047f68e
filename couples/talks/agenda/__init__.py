"""What each of the two brings to the next talk."""

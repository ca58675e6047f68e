"""Ways for letters to leave, and what a server's answer means."""

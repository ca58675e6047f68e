"""Needs: written alone, opened together, heard by the other."""

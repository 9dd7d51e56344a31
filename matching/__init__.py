"""Matching FINDS topics, places and partners: pure, no I/O at question time."""

"""Queries by noun: each has a name in words and returns frozen domain objects."""

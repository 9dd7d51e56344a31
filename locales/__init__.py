"""Locales SAY: every sentence in every language, with right plurals, dates and names."""

"""Whatever somebody sends at any step: an answer, no exception, and nothing lost."""

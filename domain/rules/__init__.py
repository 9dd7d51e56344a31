"""Rules: named predicates and small judgements, each with a table test."""

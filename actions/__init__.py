"""Actions: what is DONE. One verb a function, one transaction each, safe to repeat."""

"""Settings: one window, edited in place, and a question in between for each of them."""

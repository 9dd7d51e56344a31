"""The bot RUNS: it assembles the parts and starts them; nobody imports it."""

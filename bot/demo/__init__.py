"""Examples for the sandbox: invented organisations, and people you can answer for."""

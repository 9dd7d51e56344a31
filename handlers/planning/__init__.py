"""Planning a session, moving or changing one: a guided dialogue."""

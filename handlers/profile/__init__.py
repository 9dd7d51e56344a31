"""The profile: a list of questions, and the card that shows the answers."""

"""What the field's words mean, and its rules. Standard library only."""

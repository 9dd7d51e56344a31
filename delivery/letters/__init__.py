"""Letters: what each kind of notice says, a file a noun."""

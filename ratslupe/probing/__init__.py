"""`ratslupe probe`: a few polite requests to a server, what they tell of it, and the entry that follows."""

"""A simulated website with public notices, in two designs: cards and tables."""

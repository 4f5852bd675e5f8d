"""A simulated SessionNet server: pages in several layouts, and the newest one with JSON."""

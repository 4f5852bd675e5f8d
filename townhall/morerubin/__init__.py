"""A simulated more!rubin server: JSON of the newer interface, pages of the older ones."""

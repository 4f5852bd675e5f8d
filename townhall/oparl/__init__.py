"""A simulated OParl server: objects, lists and files of invented municipalities as OParl 1.0 or 1.1."""

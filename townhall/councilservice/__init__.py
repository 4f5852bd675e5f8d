"""A simulated councilservice server: a municipality's page with its operator's key, and the JSON behind it."""

"""ecics RIS, inside a municipality's own website."""

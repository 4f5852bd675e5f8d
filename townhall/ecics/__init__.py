"""A simulated ecics RIS server: the list of meetings inside a municipality's website."""

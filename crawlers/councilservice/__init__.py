"""councilservice: the Sitzungsdienst of mein-intra.net inside a municipality's own website, as JSON."""

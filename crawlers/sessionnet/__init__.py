"""SessionNet by Somacos (ris-systems B): pages .php and .asp of layouts 3 to 6, and the JSON of SessionNet 6."""

"""ALLRIS 4 (CC e-gov, Wicket): how its public pages are read; see docs/systems/allris4.md."""

"""ALLRIS 3 (CC e-gov, ALLRIS net 3.x): how its public .asp pages are read; see docs/systems/allris3.md."""

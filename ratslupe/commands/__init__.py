"""The commands, one file a family; `ratslupe.cli` lists them."""

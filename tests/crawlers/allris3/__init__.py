"""The reader of ALLRIS 3."""

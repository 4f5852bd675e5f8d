"""From the archive to an index: bytes become text, nouns become entries, entries are written."""

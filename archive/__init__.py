"""The truth: the newest state of every record, of every file's text, of every run, and every removal by a person."""

"""The nouns of a council: what it publishes, how a thing is named, which municipalities there are. A leaf room."""

"""The port to a search engine: what can be asked and written, and the engines that stand behind it."""

"""Municipalities without a council information system: lists of public notices on their own websites."""

"""The conductor: command line and schedule, and what one command sets going."""

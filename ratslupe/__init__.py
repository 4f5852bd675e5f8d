"""The command line, and what goes on in the background: schedule, supervisor, queue and workers."""

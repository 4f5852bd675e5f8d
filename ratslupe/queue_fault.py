"""QueueUnusable: the one word for a queue that does not do its work; known also where its library is not installed."""


class QueueUnusable(Exception):
    """The queue cannot be used; the message says what to do."""

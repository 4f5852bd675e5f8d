"""What keeps a command from doing its work; every message says why and what to do. `terminal` has their exit codes."""

from __future__ import annotations


class SupervisorRunning(Exception):
    """`ratslupe up` runs on this home already; the message says which process."""


class PortTaken(Exception):
    """Something else listens there."""


class OneMachineOnly(Exception):
    """This installation cannot be spread over several machines."""


class QueueUnusable(Exception):
    """The queue does not do its work. Known also where its library is not installed."""


class BadSearch(Exception):
    """A parameter of a search cannot be used; the message names it."""

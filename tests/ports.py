"""Ports for servers that are told theirs, and may be started again on the same."""

import random
import socket

#: Below those that the system gives to whoever asks for any: nobody gets it before the server does, or between two
#: starts of it.
_PORTS = range(20_000, 30_000)


def free_port() -> int:
    """A port of the loopback interface at which nobody listens, drawn anew each time."""
    while True:
        port = random.SystemRandom().choice(_PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port

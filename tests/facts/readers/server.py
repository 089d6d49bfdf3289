"""A loopback server whose answers are small scripts: what misbehaves, misbehaves exactly so."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: What one connection gets: the request that it sent goes in, and the script writes to the connection as it likes.
Script = Callable[[bytes, socket.socket], None]


class Server:
    """Its address, and every request that it was sent."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests: list[bytes] = []

    def at(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """A server for as long as the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    thread = threading.Thread(target=_serve, args=(listener, script, server), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _serve(listener: socket.socket, script: Script, server: Server) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # the listener was closed
            return
        with connection:
            request = connection.recv(65_536)
            server.requests.append(request)
            try:
                script(request, connection)
            except OSError:  # the other side has seen enough
                continue


def answer(body: bytes, content_type: str = "text/plain", status: str = "200 OK", more: str = "") -> Script:
    """A script that answers in the ordinary way."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return lambda _, connection: connection.sendall(head.encode() + body)


def redirect(to: str, status: str = "302 Found") -> Script:
    """A script that sends elsewhere."""
    return answer(b"", status=status, more=f"Location: {to}\r\n")

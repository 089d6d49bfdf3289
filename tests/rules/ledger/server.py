"""A PostgreSQL server of the tests' own: loopback, a free port, a folder that goes with it."""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.ports import free_port

PASSWORD = "p%40ss:w"  # as it stands in an address: p@ss:w, with all that a careless redaction trips over
_PLAIN = "p@ss:w"


def binaries() -> Path | None:
    """The newest installed PostgreSQL's programs; None where there is none that can be run."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found or (os.geteuid() == 0 and shutil.which("runuser") is None):
        return None
    return found[-1].parent


class Server:
    """A server that can be killed and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder, self._databases = programs, folder, 0
        self.port = free_port()
        secret = folder / "password"
        secret.write_text(_PLAIN + "\n")
        if os.geteuid() == 0:
            for path in (folder, secret):
                shutil.chown(path, "postgres", "postgres")
        self._run("initdb", "-D", folder / "data", "-U", "caveat", "-A", "scram-sha-256", "--pwfile", secret, "-N")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        log = self._folder / "log"
        self._run("pg_ctl", "-D", self._folder / "data", "-l", log, "-o", options, "-w", "-t", "60", "start")

    def kill(self) -> None:
        """SIGKILL for the server and every process of it, then wait until all are gone."""
        main = int(self._pid_file.read_text().split("\n")[0])
        os.kill(main, signal.SIGSTOP)  # or it starts another while its children are listed, which then lives on
        family = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        watched = [os.pidfd_open(pid) for pid in family]
        for handle in watched:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
        for handle in watched:
            # Readable when the process has ended, whether or not its parent has taken note of that.
            select.select([handle], [], [], 30)
            os.close(handle)
        # It is dead, but where nobody takes note of it its number still looks alive to the next server.
        self._pid_file.unlink()

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._pid_file.exists():
            self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")

    def address(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        self._databases += 1
        name = f"ledger{self._databases}"
        with psycopg.connect(self._at("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # a name cannot be a parameter
        return self._at(name)

    @property
    def _pid_file(self) -> Path:
        return self._folder / "data" / "postmaster.pid"

    def _at(self, database: str) -> str:
        return f"postgresql://caveat:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # Its own output goes nowhere: a server that inherits a pipe keeps it open for as long as it lives.
        subprocess.run(
            command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


@contextlib.contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server for as long as the context lasts."""
    folder = Path(tempfile.mkdtemp(prefix="caveat-pg-"))
    try:
        server = Server(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)

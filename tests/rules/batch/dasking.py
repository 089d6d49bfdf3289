"""A scheduler and workers of Dask as they are started by hand on several machines, here all on the loopback."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

_ROOT = Path(__file__).parents[3]
_QUIET = subprocess.DEVNULL
#: Seconds within which something comes about also where many others want the processor; and between two looks.
PATIENCE, _OFTEN = 180.0, 0.05


@dataclass
class Farm:
    """The processes, and the address by which all of them, and a client, find the scheduler."""

    address: str
    folder: Path
    #: Further words of each command line, and settings of the environment.
    words: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    scheduler: "subprocess.Popen[bytes] | None" = None
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def start(self, workers: int) -> None:
        """A scheduler that answers, and so many workers of one thread, each with its nanny and its process."""
        protocol, _, place = self.address.partition("://")
        host, _, port = place.rpartition(":")
        told = ("--host", host, "--port", port, "--protocol", protocol, "--no-dashboard", "--no-show")
        self.scheduler = self._run("scheduler", *told)
        _wait(lambda: _answers(host, int(port)))
        for _ in range(workers):
            self.add_worker()
        _wait(lambda: all(_working(nanny.pid) for nanny in self.workers))

    def add_worker(self) -> None:
        """One more."""
        folder = self.folder / f"worker-{len(self.workers)}"
        told = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
        self.workers.append(self._run("worker", self.address, *told))

    def lose_scheduler(self) -> None:
        """End the scheduler at a stroke, and its workers, which would leave by themselves, but take their time."""
        for each in (self.scheduler, *self.workers):
            if each is not None:
                os.killpg(each.pid, signal.SIGKILL)
                each.wait()
        self.scheduler = None
        self.workers.clear()

    def kill_worker(self) -> None:
        """End the process that works for the first worker's nanny, at a stroke."""
        (working,) = _working(self.workers[0].pid)
        os.kill(working, signal.SIGKILL)

    def _run(self, what: str, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dask", what, *words, *self.words]
        settings = {**os.environ, "PYTHONPATH": str(_ROOT), **self.settings}
        return subprocess.Popen(
            command, cwd=self.folder, env=settings, stdout=_QUIET, stderr=_QUIET, start_new_session=True
        )


def _wait(holds: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "a scheduler or a worker of Dask never started"
        time.sleep(_OFTEN)


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def _working(nanny: int) -> list[int]:
    """The process that works for a nanny, once there is one."""
    files = Path(f"/proc/{nanny}/task").glob("*/children")
    children = [int(child) for each in files for child in _read(each).split()]
    return [pid for pid in children if b"spawn_main" in _read(Path(f"/proc/{pid}/cmdline"))]


def _read(path: Path) -> bytes:
    """What the system says of a process or thread; nothing once that has ended."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@contextmanager
def farm(folder: Path, protocol: str = "tcp", words: tuple[str, ...] = (), workers: int = 2) -> Iterator[Farm]:
    """A scheduler with workers, for as long as the block runs."""
    made = Farm(f"{protocol}://127.0.0.1:{free_port()}", folder, words)
    try:
        made.start(workers)
        yield made
    finally:
        made.lose_scheduler()


@dataclass(frozen=True)
class Papers:
    """An authority's certificate, and a certificate with its key that the authority signed."""

    authority: Path
    certificate: Path
    key: Path

    def words(self) -> tuple[str, ...]:
        """What `dask scheduler` and `dask worker` are told."""
        told = {"--tls-ca-file": self.authority, "--tls-cert": self.certificate, "--tls-key": self.key}
        return tuple(word for name, path in told.items() for word in (name, str(path)))

    def settings(self) -> dict[str, str]:
        """What stands in the environment of `caveat`."""
        names = {"CA_FILE": self.authority, "CLIENT__CERT": self.certificate, "CLIENT__KEY": self.key}
        return {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(path) for name, path in names.items()}


def papers(folder: Path) -> Papers:
    """New ones, good for a day."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def signed(name: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        begun = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called("authority"))
        dated = begun.not_valid_before(now - dt.timedelta(hours=1)).not_valid_after(now + dt.timedelta(days=1))
        limits = x509.BasicConstraints(ca=name == "authority", path_length=None)
        whole = dated.public_key(key.public_key()).serial_number(x509.random_serial_number())
        return whole.add_extension(limits, critical=True).sign(signer, hashes.SHA256())

    def called(name: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])

    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    found = Papers(folder / "ca.pem", folder / "machine.pem", folder / "machine.key")
    pem = serialization.Encoding.PEM
    found.authority.write_bytes(signed("authority", authority, authority).public_bytes(pem))
    found.certificate.write_bytes(signed("machine", key, authority).public_bytes(pem))
    plain = serialization.NoEncryption()
    found.key.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return found

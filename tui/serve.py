"""`caveat serve`: the screen in a browser. Loopback only and read only, unless asked otherwise.

Any page that a browser has open may send requests to a server on the same machine. So every request must name this
server as its Host (a page of another name that was made to point here does not), and the one that opens a session must
come from a page of this server (its Origin).
"""

import ipaddress
import shlex
import sys
from importlib.resources import files
from urllib.parse import urlsplit

import click

from rules.cli.main import USAGE, complain
from rules.config import load
from rules.errors import RulesError

_HOST, _PORT = "localhost", 8000
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_MOST_PORT = 65_535
_DEFAULT_PORTS = {"http": 80, "https": 443}


@click.command("serve")
@click.argument("sources", nargs=-1, metavar="[FILE]...")
@click.option("--port", default=_PORT, show_default=True, type=click.IntRange(1, _MOST_PORT))
@click.option(
    "--host", default=_HOST, show_default=True, metavar="ADDRESS", help="Other than loopback: see --public-url."
)
@click.option("--public-url", metavar="URL", help="The address that browsers use, where it is another one.")
@click.option("--write", is_flag=True, help="Whoever opens the page may record in the ledger.")
@click.option(
    "--ledger", metavar="PATH|URL", help="A file or a postgresql:// address; default: as for `caveat ledger`."
)
def command(
    sources: tuple[str, ...], port: int, host: str, public_url: str | None, write: bool, ledger: str | None
) -> None:
    """Show the screen in a browser. FILE is an announcement or a folder of them.

    It answers this machine alone, and whoever looks on can neither record anything nor open files or addresses other
    than those named here. There is no password: with --host, everybody who reaches that address sees all of it.

    Example: caveat serve announcements/
    """
    names = allowed(host, port, public_url)
    load()  # a configuration that cannot stand is told here, not in every session
    try:
        from tui.web.server import GuardedServer
    except ImportError as error:
        if error.name and error.name.partition(".")[0] in ("textual_serve", "aiohttp", "aiohttp_jinja2", "jinja2"):
            raise RulesError("Not installed", f"{error.name} is missing; pip install 'caveat[web]'") from None
        raise
    server = GuardedServer(child(sources, write, ledger), host, port, names, str(files("tui") / "web"))
    told = "its visitors may record in the ledger" if write else "read only"
    click.echo(f"caveat: {public_url or f'http://{_spelled(host)}:{port}'} · {told} · Ctrl+C stops", err=True)
    try:
        server.run()
    except OSError as error:
        raise RulesError("Cannot serve", f"{host}:{port}: {error.strerror or error}; choose another --port") from None


def main(words: list[str]) -> int:
    """Run `caveat serve`. Returns the exit code."""
    try:
        command.main(words, prog_name="caveat serve", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.exceptions.Abort:
        return 0
    except RulesError as error:
        return complain(error.title, error.message, USAGE)
    return 0


def child(sources: tuple[str, ...], write: bool, ledger: str | None) -> str:
    """The command line of one session."""
    options = [*(["--write"] if write else []), *(["--ledger", ledger] if ledger else [])]
    return shlex.join([sys.executable, "-m", "tui.served", *options, "--", *sources])


def allowed(host: str, port: int, public_url: str | None) -> frozenset[str]:
    """The origins (scheme, name and port) from which the page may be used. Raises RulesError."""
    names = {f"http://{name}:{port}" for name in _LOOPBACK}
    if not is_loopback(host):
        if public_url is None:
            raise RulesError(
                "Not only this machine",
                f"--host {host} lets others in; say by which address their browsers come, such as"
                f" --public-url http://{_spelled(host)}:{port}",
            )
        names = set()
    if public_url is not None:
        names.add(origin(public_url))
    return frozenset(names | {_short(name) for name in names})


def origin(url: str) -> str:
    """Scheme, name and port of an address. Raises RulesError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise RulesError("Not an address", f"--public-url {url}: write it like https://ratings.example.org")
    return f"{parts.scheme}://{_spelled(parts.hostname)}:{port or _DEFAULT_PORTS[parts.scheme]}"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host.casefold() == _HOST:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _spelled(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _short(name: str) -> str:
    """An origin as browsers write it: without the port that its scheme implies."""
    scheme, _, rest = name.partition("://")
    return name.removesuffix(f":{_DEFAULT_PORTS[scheme]}") if rest else name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`caveat watch`: rate what arrives in a folder or a feed."""

import hashlib
import shlex
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import Unread, is_address
from rules.batch.apart import Apart
from rules.batch.row import whole
from rules.batch.run import LIMIT
from rules.batch.watch import Feed, Folder, Seen, fresh, opened
from rules.batch.worker import Done
from rules.cli.ledger import asker, ledger_option, who_option
from rules.cli.main import DONE, FOUND, UNREAD, complain
from rules.cli.options import chosen_pack, limit_option, pack_option, private_option
from rules.errors import RulesError
from rules.ledger.ledger import Ledger
from rules.render.json import dumps

#: Seconds that a command of --notify may take.
_NOTIFY = 60


@click.command("watch")
@click.argument("source", metavar="FOLDER|FEED")
@click.option("--notify", metavar="CMD", help="Run for each, without a shell, the assessment on its standard input.")
@click.option("--fail-at", type=click.IntRange(1, 5), metavar="LEVEL", help="Notify only at or above it; exit 1 then.")
@click.option("--every", type=click.IntRange(1), default=300, show_default=True, metavar="SECONDS")
@limit_option("announcement", LIMIT)
@click.option("--once", is_flag=True, help="Look once, and end.")
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE", help="What was rated.")
@click.option("--save/--no-save", "save", help="Record each rating in the ledger.  [default: no-save]")
@ledger_option
@who_option
@pack_option
@private_option
def command(
    source: str, notify: str | None, fail_at: int | None, every: int, limit: float, once: bool, state: Path | None,
    save: bool, place: str | None, who: str | None, pack_name: str | None, allow_private: bool,
) -> int:  # fmt: skip
    """Rate new announcements of a folder or a feed as they arrive, each once, and print a line of JSON for each.

    Ends on an interrupt or SIGTERM when the announcement at hand is finished; started again, it goes on. A feed is
    asked only for what is new, and less often while it fails.

    Exit codes: 0 ended; 1 a rating at or above --fail-at; 2 usage or rules; 3 with --once, something was not read.

    Example: caveat watch inbox/ --fail-at 5 --notify 'mail -s "Do not rely" desk@example.com'
    """
    pack = chosen_pack(pack_name)
    pack.refuse_text()
    with ExitStack() as open_:
        stop = open_.enter_context(_stopping())
        ledger = open_.enter_context(_ledger(place)) if save else None
        seen = open_.enter_context(Seen(state or _state(source)))
        apart = open_.enter_context(Apart(pack, limit, save, asker(who)))
        taker = Taker(apart, _words(notify), fail_at, ledger)
        origin = opened(source, seen, once, allow_private)
        while not stop.is_set():
            taker.look(origin, seen, stop)
            if once or stop.wait(origin.pause(every)):
                break
    if taker.found:
        return FOUND
    return UNREAD if once and taker.unread else DONE


class Taker:
    """Rates what is new: the line, the ledger, the notification, in this order."""

    def __init__(self, apart: Apart, notify: list[str], fail_at: int | None, ledger: Ledger | None) -> None:
        self._apart, self._notify, self._least, self._ledger = apart, notify, fail_at, ledger
        self.found = self.unread = False

    def look(self, origin: Folder | Feed, seen: Seen, stop: threading.Event) -> None:
        """Take everything that one look finds, until told to stop. Raises RulesError."""
        try:
            for place, found in fresh(origin, seen):
                if stop.is_set():
                    return  # what was finished is noted by now, and this one comes again
                self._take(place, found)
        except FactsError as error:
            self.unread = True
            complain(error.title, error.message, UNREAD)

    def _take(self, place: str, found: Announcement | Unread) -> None:
        done = Done(whole(place, found)) if isinstance(found, Unread) else self._apart.rate(place, found)
        line = dumps(done.row)
        click.echo(line)
        if "error" in done.row:
            self.unread = True
            complain(done.row["error"]["title"], done.row["error"]["message"], UNREAD)
            return
        if self._ledger is not None and done.draft is not None:
            self._ledger.append(done.draft, once=True)  # a kill before it is noted as seen brings it again
        high = self._least is not None and (done.row.get("level") or 0) >= self._least
        self.found = self.found or high
        if self._notify and (high or self._least is None):
            _notified(self._notify, line)


def _notified(command: list[str], line: str) -> None:
    try:
        ended = subprocess.run(
            command, input=line.encode() + b"\n", timeout=_NOTIFY, stdout=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        complain("not notified", f"{command[0]}: {error}", DONE)
        return
    if ended.returncode:
        complain("not notified", f"{command[0]}: ended with exit code {ended.returncode}", DONE)


def _words(command: str | None) -> list[str]:
    """The command and its arguments, as a shell would split them and without a shell. Raises RulesError."""
    try:
        return shlex.split(command or "")
    except ValueError as error:
        raise RulesError("Not a command", f"--notify {command!r}: {error}") from None


def _ledger(place: str | None) -> Ledger:
    from rules.ledger.place import open_ledger

    return open_ledger(place, write=True)


def _state(source: str) -> Path:
    """A file for each source in the user's state folder."""
    from platformdirs import user_state_path

    known = source if is_address(source) else str(Path(source).resolve())
    return user_state_path("caveat") / f"watch-{hashlib.sha256(known.encode()).hexdigest()[:16]}.jsonl"


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Set by an interrupt or SIGTERM: what is at hand is finished first."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)

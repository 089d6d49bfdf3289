"""The ledger under load and under attack; each option is one measurement.

    python -m benchmarks.ledger --append 2000 --postgres
    python -m benchmarks.ledger --large 100000
    python -m benchmarks.ledger --kill 200
    python -m benchmarks.ledger --kill-server 20
    python -m benchmarks.ledger --mutate 1000
    python -m benchmarks.ledger --replay ../shared/announcements

Exit code 1 if anything was lost, half-written, undetected or not byte-equal. Figures depend on the disk: a durable
append waits for it.
"""

import functools
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import click

from facts.announcement import Announcement
from facts.codec import parse_facts
from rules.assess import evaluate, rate
from rules.ledger.entry import Draft
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from rules.ledger.replay import replay_all
from rules.ledger.signing import new_key
from rules.ledger.verify import sign, verify
from rules.pack import load
from tests.rules.ledger import killing, tampering
from tests.rules.ledger.made import SAMPLES, rated
from tests.rules.ledger.server import Server, binaries, running

_BATCH = 100
#: The contents that differ from one rating to the next.
_OWN = ("document", "text", "reading", "assessment", "who")


@click.command()
@click.option("--append", "appends", default=0, help="Append so many ratings, one a transaction and in batches.")
@click.option("--postgres", is_flag=True, help="--append and --large on a PostgreSQL server, too.")
@click.option("--large", default=0, help="Build a ledger of so many entries; time list, filters and verify.")
@click.option("--kill", default=0, help="Rounds of kill -9 under four writers.")
@click.option("--kill-server", default=0, help="Rounds of kill -9 of a PostgreSQL server under four writers.")
@click.option("--mutate", default=0, help="Mutations of a ledger's file under an exported checkpoint.")
@click.option("--replay", metavar="FOLDER", help="Replay the worked cases and every announcement of a folder.")
@click.option("--seed", default=0, help="Of all that is random.")
def main(
    appends: int, postgres: bool, large: int, kill: int, kill_server: int, mutate: int, replay: str | None, seed: int
) -> None:
    """Measure the ledger."""
    sound = True
    with _folder() as place:
        if appends:
            _append(str(place / "append.db"), appends)
            if postgres:
                with _server() as server:
                    _append(server.address(), appends)
        if large:
            _large(str(place / "large.db"), large)
            if postgres:
                with _server() as server:
                    _large(server.address(), large)
        if kill:
            sound &= _told(killing.kill_writers(place, kill, seed), "writers killed")
        if kill_server:
            with _server() as server:
                sound &= _told(killing.kill_server(server, kill_server, seed), "servers killed")
        if mutate:
            sound &= _mutate(place, mutate, seed)
        if replay:
            sound &= _replay(place / "replay.db", Path(replay))
    sys.exit(0 if sound else 1)


@contextmanager
def _folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="caveat-ledger-"))
    try:
        yield place
    finally:
        shutil.rmtree(place)


@contextmanager
def _server() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        raise click.ClickException("PostgreSQL is not installed: no initdb below /usr/lib/postgresql")
    with running(programs) as server:
        yield server


def _timed(what: str, work: Callable[[], object], count: int = 1) -> None:
    start, busy = time.perf_counter(), time.process_time()
    work()
    spent, busy = time.perf_counter() - start, time.process_time() - busy
    rate = f"  {count / spent:10,.0f}/s" if count > 1 else ""
    click.echo(f"{what:<58} {spent:8.3f} s (processor {busy:7.3f} s){rate}")


def _append(address: str, count: int) -> None:
    with open_ledger(address, write=True) as ledger:
        ledger.append(draft(rated(SAMPLES[0])))  # the pack, once
        kind = ledger.database.dialect
        ratings = [_variant(n) for n in range(2 * count)]

        def single() -> None:
            for each in ratings[:count]:
                ledger.append(each)

        def batched() -> None:
            for at in range(count, 2 * count, _BATCH):
                ledger.append(*ratings[at : at + _BATCH])

        _timed(f"{kind}: {count:,} ratings, each a durable transaction", single, count)
        _timed(f"{kind}: {count:,} ratings, {_BATCH} a transaction", batched, count)


def _variant(number: int) -> Draft:
    """A whole rating of a bundled announcement, made another one by a few words at its end."""
    made = _base(number % (len(SAMPLES) - 1))
    words = f"\nCopy {number}.".encode()
    # What tells ratings apart, and nothing that they share: the pack, and what the reader looked for.
    blobs = {role: data + words if role in _OWN else data for role, data in made.blobs.items()}
    digest = hashlib.sha256(blobs["text"]).hexdigest()
    source = {**made.body["source"], "name": f"copy-{number}.txt", "sha256": digest, "text_sha256": digest}
    return Draft("rating", {**made.body, "source": source}, blobs, f"{number:064x}", made.sketch)


@functools.cache
def _base(number: int) -> Draft:
    return draft(rated(SAMPLES[number]), "ann")


def _large(address: str, count: int) -> None:
    with open_ledger(address, write=True) as ledger:
        click.echo(f"{ledger.database.dialect}:")
        empty, start = _bytes(ledger, address), time.perf_counter()
        for at in range(0, count, 1_000):
            ledger.append(*(_aged(_variant(n), n) for n in range(at, min(at + 1_000, count))))
        spent = time.perf_counter() - start
        click.echo(f"{count:,} entries built in {spent:.0f} s, 1,000 a transaction: {count / spent:,.0f}/s")
        click.echo(f"{(_bytes(ledger, address) - empty) / count:,.0f} bytes a rating, all contents included")
        _queries(ledger)
        key = new_key("example.org/ratings")
        for what, whole in (("entries and checkpoints alone", False), ("contents too", True)):
            _timed(f"verify, {what}", functools.partial(_held, ledger, whole), count)
        _timed("checkpoint", lambda: sign(ledger, key))
        _timed("ids of all, and a window in the middle", lambda: ledger.at(ledger.seqs()[count // 2 :][:50]))
    for words in (("list",), ("list", "--issuer", "issuer 7", "--level", "4"), ("history", "issuer 7")):
        _timed(f"caveat ledger {' '.join(words)} (the whole command)", functools.partial(_command, address, *words))


def _bytes(ledger: Ledger, address: str) -> int:
    if ledger.database.dialect == "postgres":
        ledger.database.execute("VACUUM ANALYZE")  # as the server does by itself, some time later
        return int(ledger.database.execute("SELECT pg_database_size(current_database())")[0][0])
    ledger.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(address).stat().st_size


def _held(ledger: Ledger, with_contents: bool) -> None:
    found = verify(ledger, with_contents=with_contents)
    if not found.holds:
        raise click.ClickException(f"a ledger that nobody touched does not hold: {found.findings[0]}")


def _aged(made: Draft, number: int) -> Draft:
    return Draft(made.kind, {**made.body, "issuer": f"issuer {number % 500}"}, made.blobs, made.key, made.sketch)


def _queries(ledger: Ledger) -> None:
    common, rare = ledger.entry(0).data["cues"][0], ledger.entry(0).data["fired"][0]
    asked = {
        "list, newest 50": Filter(),
        "list --kind rating (all of them)": Filter(kind="rating"),
        "list --kind override (none)": Filter(kind="override"),
        "list --issuer (200 of them)": Filter(issuer="issuer 7"),
        "list --story": Filter(story=ledger.entry(0).data["story"]),
        "list --level 5": Filter(level=5),
        "list --class": Filter(announcement_class="offtake_deal"),
        "list --class --level": Filter(announcement_class="offtake_deal", level=3),
        "list --rule that fires on most": Filter(rule=_most(ledger, "fired")),
        f"list --rule {rare}": Filter(rule=rare),
        "list --rule that never fires": Filter(rule="ZZZ-000"),
        "list --rule --level": Filter(rule=_most(ledger, "fired"), level=5),
        "list --cue that most have": Filter(cue=_most(ledger, "cues")),
        f"list --cue {common}": Filter(cue=common),
        "list --cue FILE": Filter(cue="jurisdiction"),
        "list --name": Filter(name="copy-77.txt"),
        "list --name that is not there": Filter(name="nothing.txt"),
        "list --pack (all of them)": Filter(pack="sha256:"),
        "list --pack that is not there": Filter(pack="sha256:ffff"),
        "list --reader (all of them)": Filter(reader="0."),
        "list --since today": Filter(since=f"{ledger.clock():%Y-%m-%d}"),
        "list, eight filters at once": Filter(
            kind="rating", level=5, rule=_most(ledger, "fired"), cue=_most(ledger, "cues"), reader="0.", pack="sha256:",
            since="2020", before="2099",
        ),
    }  # fmt: skip
    for what, wanted in asked.items():
        _timed(what, functools.partial(_listed, ledger, wanted))


def _most(ledger: Ledger, name: str) -> str:
    """The rule or the cue that most of the first entries have."""
    counted: Counter[str] = Counter(word for entry in ledger.at(range(10)) for word in entry.data.get(name, ()))
    return counted.most_common(1)[0][0]


def _listed(ledger: Ledger, wanted: Filter) -> int:
    """As `caveat ledger list` does: the newest 50 of those that pass, and how many these are."""
    shown, passing = ledger.newest(wanted, 50)
    return passing - len(ledger.at(shown))


def _command(address: str, *words: str) -> None:
    command = [sys.executable, "-m", "rules", "ledger", *words, "--ledger", address]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _told(toll: killing.Toll, what: str) -> bool:
    click.echo(
        f"{toll.rounds} rounds, {what}: {toll.acknowledged:,} entries acknowledged, {toll.recorded:,} recorded"
        f" ({toll.unheard:,} of them not yet told), {len(toll.problems)} problems"
    )
    for problem in toll.problems:
        click.echo(f"  {problem}")
    return not toll.problems


def _mutate(place: Path, count: int, seed: int) -> bool:
    base, copy, key = place / "base.db", place / "copy.db", new_key("example.org/ratings")
    exported = tampering.build(base, key)
    seen: Counter[str] = Counter()
    for number in range(seed, seed + count):
        mutation = tampering.MUTATIONS[number % len(tampering.MUTATIONS)]
        tampering.tampered(base, copy, mutation, number)
        if tampering.found(copy, exported, key):
            seen["detected"] += 1
        else:
            seen["nothing of the ledger changed" if tampering.same(base, copy) else "MISSED"] += 1
    click.echo(f"{count:,} mutations: " + ", ".join(f"{n:,} {what}" for what, n in seen.items()))
    return not seen["MISSED"]


def _replay(place: Path, folder: Path) -> bool:
    with open_ledger(str(place), write=True) as ledger:
        for case in _cases():
            ledger.append(case)
        for path in sorted(folder.rglob("*.txt")):
            text = path.read_text("utf-8", errors="replace")
            ledger.append(draft(rate(Announcement.from_text(text, path.name))))
        facts: Counter[str] = Counter()
        texts: Counter[str] = Counter()
        start = time.perf_counter()
        for each in replay_all(ledger):
            facts[each.facts.outcome] += 1
            texts[each.text.outcome] += 1
        click.echo(f"replayed {facts.total()} ratings in {time.perf_counter() - start:.1f} s")
        click.echo(f"stored facts, stored pack: {dict(facts)}; stored text, today's reader: {dict(texts)}")
        click.echo(f"verify: {verify(ledger).findings or 'holds'}")
    return set(facts) <= {"same"} and set(texts) <= {"same", "no text"}


def _cases() -> Iterator[Draft]:
    pack = load()
    lines = (files("rules") / "packs" / "critical_minerals" / "cases.jsonl").read_text("utf-8").splitlines()
    for line in filter(None, lines):
        case = json.loads(line)
        yield draft(evaluate(parse_facts(case["facts"], f"case {case['case']}", pack.settings.kinds), case["class"]))


if __name__ == "__main__":
    main()

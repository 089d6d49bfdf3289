"""Engines side by side in one run, over the shipped pack and over generated ones, equal firings checked first.

    python -m benchmarks.engine --cases cases.jsonl [--out benchmarks/engine.json] [--rounds 5]

Prints Markdown; `--out` also writes JSON. Every engine gets the same tokens under the same protocol (see
benchmarks/rivals.py) and is driven by the same loop (rules.reason), whose own share is in every figure. Rounds take
turns among the engines, so that what else the machine does falls on all alike; processor time is measured, not the
clock on the wall. An engine that is not installed (pip install clipspy clingo), that cannot express the pack or that
fires differently is left out, with the reason.
"""

import json
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.rivals import LEFT_OUT, RIVALS, Host, NotExpressibleError
from facts.codec import parse_facts
from rules.engine import Durable
from rules.errors import RulesError
from rules.memory import Element, Memory, remember
from rules.pack import Pack, from_files, load
from rules.reason import Trace, reason
from rules.reference import Reference
from rules.trace import Engine

ROOT = Path(__file__).parents[1]
_SIZES = (10, 25, 50, 100, 200, 400)
_RULES = (50, 100, 200, 300, 400, 500, 600)
_ANNOUNCEMENTS = 8
#: Above this, a round of an engine is not repeated: clingo over 400 facts takes seconds.
_SLOW = 2.0

Announcement = tuple[Memory, str]


@click.command()
@click.option(
    "--cases", required=True, type=click.Path(exists=True, path_type=Path), help="JSONL with class and facts."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the figures there as JSON.")
@click.option("--rounds", default=5, show_default=True, help="Rounds over every set of announcements.")
@click.option("--host-only", is_flag=True, hidden=True)
def main(cases: Path, out: Path | None, rounds: int, host_only: bool) -> None:
    """Time the engines on the case file, on 10 to 400 facts, and on packs of 50 rules up to the adapter's limit."""
    pack = load()
    rows = [json.loads(line) for line in cases.read_text().splitlines()]
    announcements = [(remember(parse_facts(row["facts"], "case"), pack.settings), row["class"]) for row in rows]
    if host_only:
        print(json.dumps(_host(pack, announcements, rounds)))
        return
    figures: dict[str, Any] = {"python": platform.python_version(), "left_out": dict(LEFT_OUT)}
    figures["cases"] = _section("The case file (43 announcements)", {"cases": (pack, announcements)}, rounds, figures)
    figures["cases"]["cases"]["durable Host"] = _host_elsewhere(cases, rounds, figures)
    by_size = {f"{size} facts": (pack, _generated(pack, size)) for size in _SIZES}
    figures["facts"] = _section("Generated announcements", by_size, rounds, figures)
    by_rules: dict[str, tuple[Pack, list[Announcement]]] = {}
    for number in _RULES:
        made = _made(number)
        try:
            Durable(made)
        except RulesError as error:
            figures["refusal"] = {"rules": number, "message": str(error)}
            break
        by_rules[f"{number} rules"] = (made, _random_announcements(made, 65))
    figures["rules"] = _section("Generated packs, 65 facts", by_rules, rounds, figures)
    click.echo(_markdown(figures))
    if out is not None:
        out.write_text(json.dumps(figures, indent=2) + "\n")


def _section(
    title: str, parts: dict[str, tuple[Pack, list[Announcement]]], rounds: int, figures: dict[str, Any]
) -> dict[str, dict[str, float | None]]:
    """Median milliseconds an announcement by part and engine."""
    found: dict[str, dict[str, float | None]] = {}
    for name, (pack, announcements) in parts.items():
        print(f"{title}: {name}", file=sys.stderr)
        engines = _engines(pack, announcements, f"{title}, {name}", figures)
        times: dict[str, list[float]] = {engine.name: [] for engine in engines}
        for _ in range(rounds):
            for engine in engines:
                if sum(times[engine.name]) < _SLOW:
                    times[engine.name] += _timed(engine, pack, announcements)
        found[name] = {engine: statistics.median(each) * 1e3 for engine, each in times.items()}
    return found


def _engines(pack: Pack, announcements: Sequence[Announcement], place: str, figures: dict[str, Any]) -> list[Any]:
    """The engines that are here and fire alike; the others are noted with the reason."""
    makers: tuple[Callable[[Pack], Any], ...] = (Durable, Reference, *RIVALS)
    wanted: list[Trace] = []
    found = []
    for make in makers:
        try:
            engine = make(pack)
            got = [reason(pack, memory, name, engine) for memory, name in announcements]
        except (ImportError, NotExpressibleError) as error:
            figures["left_out"][f"{getattr(make, 'name', make)}"] = f"{place}: {error}"
            continue
        wanted = wanted or got
        if got != wanted:
            differing = sum(one != other for one, other in zip(got, wanted, strict=True))
            figures["left_out"][engine.name] = f"{place}: fires differently on {differing} announcements"
            continue
        found.append(engine)
    return found


def _timed(engine: Engine, pack: Pack, announcements: Sequence[Announcement]) -> list[float]:
    times = []
    for memory, name in announcements:
        started = time.process_time()
        reason(pack, memory, name, engine)
        times.append(time.process_time() - started)
    return times


def _host(pack: Pack, announcements: list[Announcement], rounds: int) -> dict[str, Any]:
    """The public Host alone: equal firings, then the time; it keeps its sessions, so there may not be too many."""
    host, reference = Host(pack), Reference(pack)
    rounds = min(rounds, 900 // len(announcements) - 1)
    equal = all(reason(pack, *each, host) == reason(pack, *each, reference) for each in announcements)
    times = [seconds for _ in range(rounds) for seconds in _timed(host, pack, announcements)]
    return {"equal": equal, "median": statistics.median(times) * 1e3}


def _host_elsewhere(cases: Path, rounds: int, figures: dict[str, Any]) -> float | None:
    """The Host in a process of its own: the threads that it starts never end."""
    command = [sys.executable, "-m", "benchmarks.engine", "--cases", str(cases), "--rounds", str(rounds), "--host-only"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        figures["left_out"]["durable Host"] = f"ended with {done.returncode}: {done.stderr.strip()[-200:]}"
        return None
    answer = json.loads(done.stdout.splitlines()[-1])
    if not answer["equal"]:
        figures["left_out"]["durable Host"] = "fires differently"
        return None
    return float(answer["median"])


# generated announcements and packs


def _generated(pack: Pack, size: int) -> list[Announcement]:
    """Announcements of so many random facts of the vocabulary, seen as events."""
    chance = random.Random(size)
    kinds = [kind for kind in pack.settings.kinds if kind not in ("denial", "omission")]
    found = []
    for _ in range(_ANNOUNCEMENTS):
        elements = tuple(_element(pack, chance.choice(kinds), f"f{number}", chance) for number in range(size))
        found.append((Memory(elements, elements, {}), chance.choice(list(pack.settings.classes))))
    return found


def _element(pack: Pack, kind: str, name: str, chance: random.Random) -> Element:
    element: dict[str, str | int | float] = {"kind": kind, "id": name}
    for field, spec in pack.schema[kind].items():
        if spec.type == "enum":
            element[field] = chance.choice(spec.values)
        elif spec.type == "number":
            element[field] = chance.randint(0, 8)
        else:
            element[field] = f"text {chance.randint(0, 20)}"
    return element


def _made(rules: int) -> Pack:
    """A pack over twelve kinds: thresholds, choices, absences, joins, and findings that others read."""
    chance = random.Random(rules)
    head = 'name = "made"\nversion = "1"\ntitle = "t"\nfacts = "own"\ncut_points = [26, 40, 60]\n'
    head += "theme_cut_points = [20, 40, 60, 80]\n"
    head += 'theme = [{ code = "AAA", name = "A", weight = 100, base = 25 }]\n'
    head += 'class = [{ name = "any", label = "l", expects = [] }]\n[evidence]\n'
    level = '[[level]]\nlevel = {}\nname = "n"\ncaution = "c"\nshape = "s"\nmeans = "m"\n'
    head += "".join(level.format(number) for number in range(1, 6))
    words = ", ".join(f'"w{number}"' for number in range(8))
    for number in range(12):
        head += f'[kind.kind{number}]\nform = [{words}]\nstate = [{words}]\nwho = "text"\nsize = "number"\n'
    files = {"pack.toml": head.encode()}
    for number in range(rules):
        files[f"r{number}.toml"] = _rule(number, chance).encode()
    return from_files(files)


def _rule(number: int, chance: random.Random) -> str:
    finding = number % 5 == 0
    concern = '"concern"\ntheme = "AAA"\nseverity = "low"\nweight = 1'
    effect = f'"finding"\nconcludes = "F{number}"' if finding else concern
    text = f'code = "AAA-{number:03}"\ntitle = "t"\nstatus = "stable"\nsince = "1"\nbecause = "b"\nsays = "s"\n'
    text += f'effect = {effect}\n{_pattern("when", chance)}as = "p"\nform = "w{chance.randrange(8)}"\n'
    text += f"size = {{ at_least = {chance.randint(0, 8)} }}\n"
    if number % 3 == 0:
        text += _pattern("when", chance) + 'who = { same_as = "p.who" }\n'
    if number % 2 == 0:
        text += _pattern("unless", chance) + f'state = "w{chance.randrange(8)}"\nsize = {{ above = 6 }}\n'
    if not finding and number > 5 and number % 4 == 1:
        text += f'[[unless]]\nfact = "finding"\nname = "F{5 * chance.randrange(number // 5)}"\n'
    return text


def _pattern(group: str, chance: random.Random) -> str:
    return f'[[{group}]]\nfact = "kind{chance.randrange(12)}"\n'


def _random_announcements(pack: Pack, size: int) -> list[Announcement]:
    chance = random.Random(size)
    kinds = list(pack.settings.kinds)
    found = []
    for _ in range(_ANNOUNCEMENTS):
        elements = tuple(_element(pack, chance.choice(kinds), f"f{number}", chance) for number in range(size))
        found.append((Memory(elements, elements, {}), "any"))
    return found


# the table


def _markdown(figures: dict[str, Any]) -> str:
    lines = []
    for key, title in (
        ("cases", "Case file"),
        ("facts", "Shipped pack, generated facts"),
        ("rules", "Generated packs"),
    ):
        parts: dict[str, dict[str, float | None]] = figures[key]
        engines = list(dict.fromkeys(engine for part in parts.values() for engine in part))
        lines += [f"### {title}: median ms an announcement (and as a multiple of ours)", ""]
        lines += ["| | " + " | ".join(engines) + " |", "|---" * (len(engines) + 1) + "|"]
        for name, part in parts.items():
            ours = part["durable_rules"]
            assert ours is not None
            cells = (
                f"{ms:.3f} ({ms / ours:.1f}x)" if (ms := part.get(engine)) is not None else "-" for engine in engines
            )
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines.append("")
    if "refusal" in figures:
        lines += [f"Refused at {figures['refusal']['rules']} rules: {figures['refusal']['message']}", ""]
    lines += [f"Left out: {name}: {reason}" for name, reason in figures["left_out"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

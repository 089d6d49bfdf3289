"""`caveat info`: what a bug report needs."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from rules.cli.ledger import demanded, form_option, ledger_option
from rules.cli.options import chosen_pack, pack_option
from rules.errors import RulesError
from rules.ownership import check_ownership
from rules.pack import Pack
from rules.render.json import dumps

#: Seconds that a server has to answer: a report is wanted also where it does not.
_PATIENCE = 3.0


@click.command("info")
@form_option("text", "json")
@ledger_option
@pack_option
def command(form: str, place: str | None, pack_name: str | None) -> None:
    """Versions, pack and digests; where the ledger is, what is in it, and which keys are configured.

    Example: caveat info --format json
    """
    check_ownership()
    facts = gather(chosen_pack(pack_name)) | ledger(place)
    if form == "json":
        click.echo(dumps(facts, indent=2))
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):<16}{value}")


def gather(pack: Pack) -> dict[str, Any]:
    """Versions of the program, its engine and Python; the pack, its digest and how many rules it holds."""
    effects: dict[str, int] = {}
    for rule in pack.rules:
        effects[rule.effect] = effects.get(rule.effect, 0) + 1
    return {
        "caveat": version("caveat"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "durable_rules": version("durable_rules"),
        "engine": _engine(pack),
        "pack": pack.title,
        "digest": pack.digest,
        "rules": f"{len(pack.rules)} ({', '.join(f'{n} {effect}' for effect, n in effects.items())})",
    }


def ledger(place: str | None) -> dict[str, str]:
    """Where the ledger is, without a password, and what is in it; the keys. What cannot be told says why."""
    try:
        key = demanded(None)
        keys = {"verifier": _verifier(key) if key else "none: no signature is demanded"}
        return {**_contents(place), **keys, "signing_key": _signing_key()}
    except RulesError as error:  # a broken configuration
        return {"ledger": f"{error.title}: {error.message}"}


def _contents(place: str | None) -> dict[str, str]:
    from rules.ledger.place import address, open_ledger
    from rules.ledger.postgres import redacted
    from rules.ledger.status import status

    shown = redacted(address(place))
    try:
        with open_ledger(place, timeout=_PATIENCE) as opened:
            found = status(opened)
    except RulesError as error:
        return {"ledger": shown, "entries": "none yet" if error.title == "No ledger" else f"{error}"}
    covered = f"{found.checkpoints} checkpoints; {found.uncovered:,} entries under none yet"
    return {"ledger": shown, "entries": f"{found.entries:,}", "checkpoints": covered}


def _verifier(given: str) -> str:
    from rules.ledger.signing import fingerprint, read_verifier

    try:
        key = read_verifier(given)
    except RulesError as error:
        return f"{error}"
    return f"{key.name} (SHA-256 {fingerprint(key)[:16]}…)"


def _signing_key() -> str:
    place = os.environ.get("CAVEAT_SIGNING_KEY", "")
    if not place:
        return "none configured"
    return place if Path(place).is_file() else f"{place}: no such file"


def _engine(pack: Pack) -> str:
    from rules.engine import Durable

    Durable(pack)
    return "loads"

"""`caveat ledger verify|keygen|checkpoint|export`: that the record is what it was, and how others can tell."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from facts.text.visible import one_line
from rules.cli.ledger import demanded, form_option, ledger_option
from rules.cli.main import DONE, LEDGER, USAGE, complain
from rules.cli.options import target
from rules.errors import RulesError
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.render.json import dumps


@click.command("verify")
@click.option(
    "--checkpoint", "exported", multiple=True, metavar="FILE", help="A checkpoint kept elsewhere; repeatable."
)
@click.option(
    "--verifier", metavar="KEY|FILE", help="Demand this key's signature; default: CAVEAT_VERIFIER, the configuration."
)
@click.option("--quick", is_flag=True, help="Entries and checkpoints alone, not the contents.")
@click.option("--proofs", is_flag=True, help="Derive every rating again, too.")
@form_option("text", "json")
@ledger_option
def verify_(
    exported: tuple[str, ...], verifier: str | None, quick: bool, proofs: bool, form: str, place: str | None
) -> int:
    """Check every entry, content and checkpoint. Exit code 4 if anything is wrong.

    Whoever may write the ledger can rewrite what no checkpoint covers, and the checkpoints in it with it: give those
    that were kept elsewhere.

    Example: caveat ledger verify --checkpoint friday.txt --verifier ratings.key.pub
    """
    from rules.ledger.signing import read_checkpoint, read_verifier
    from rules.ledger.verify import verify

    wanted = demanded(verifier)
    key = read_verifier(wanted) if wanted else None
    kept = [read_checkpoint(Path(each)) for each in exported]
    try:
        with open_ledger(place) as ledger:
            found = verify(ledger, kept, key, not quick, _prover(ledger) if proofs else None, _progress())
    except RulesError as error:
        if error.title not in ("Ledger is damaged", "Broken entry"):
            raise
        return complain(error.title, error.message, LEDGER)
    if form == "json":
        click.echo(dumps(found.to_json(), indent=2))
        return DONE if found.holds else LEDGER
    for each in found.findings:
        click.echo(f"WRONG  {each.sort}: {one_line(each.message)}")
    for note in found.notes:
        click.echo(f"note   {one_line(note)}")
    signed = f", each signed by {key.name}" if key and found.checkpoints else ""
    click.echo(f"{found.size:,} entries, {found.checkpoints} checkpoints{signed}; root {found.root.hex()}")
    click.echo(f"{found.uncovered:,} entries are covered by no checkpoint yet")
    click.echo("The ledger holds." if found.holds else f"The ledger does NOT hold: {len(found.findings)} findings.")
    return DONE if found.holds else LEDGER


@click.command("keygen")
@click.argument("name")
@click.option("--out", required=True, metavar="FILE", help="The private key; the public one goes beside it, .pub.")
def keygen(name: str, out: str) -> None:
    """Make a key that signs checkpoints. NAME stands in every signature: no blanks, such as example.org/ratings.

    Example: caveat ledger keygen example.org/ratings --out ratings.key
    """
    from rules.ledger.signing import new_key, write_key

    key = new_key(name)
    public = write_key(key, Path(out))
    click.echo(str(key.verifier))
    click.echo(
        f"caveat: the private key in {out} is yours alone; the verifier key in {public} is for everybody", err=True
    )


@click.command("checkpoint")
@click.option("--key", "key", metavar="FILE", help="The private key; default: CAVEAT_SIGNING_KEY.")
@click.option("--out", metavar="FILE", help="Write the checkpoint there as well as into the ledger.")
@ledger_option
def checkpoint(key: str | None, out: str | None, place: str | None) -> int:
    """Sign the log as it stands, as a note that others keep. It is refused if an earlier checkpoint does not hold.

    Example: caveat ledger checkpoint --key ratings.key --out friday.txt
    """
    from rules.ledger.signing import read_key
    from rules.ledger.verify import sign

    given = key or os.environ.get("CAVEAT_SIGNING_KEY")
    if not given:
        return complain("no key", "name one with --key; `caveat ledger keygen` makes it", USAGE)
    if out not in (None, "-") and Path(str(out)).exists():
        return complain("file exists", f"{out}: an older checkpoint is worth keeping; choose another --out", USAGE)
    with open_ledger(place, write=True, existing=True) as ledger:
        note, findings = sign(ledger, read_key(Path(given)))
    if note is None:
        for each in findings:
            complain(f"not signed: {each.sort}", each.message, LEDGER)
        return LEDGER
    with target(out) as stream:
        stream.write(note)
    return DONE


@click.command("export")
@click.argument("identity", metavar="ID")
@click.option("--out", metavar="FILE", help="Default: caveat-ID.zip here.")
@click.option("--with-who", is_flag=True, help="With the name of who asked.")
@ledger_option
def export_(identity: str, out: str | None, with_who: bool, place: str | None) -> None:
    """Write one rating with all it rests on, its place in the log and a checker that needs only Python.

    Example: caveat ledger export 12 --out acme.zip
    """
    from rules.ledger.bundle import export, write

    with open_ledger(place) as ledger:
        rating = ledger.rating(identity)
        data = export(ledger, rating, with_who)
    place_ = Path(out or f"caveat-{rating.seq}.zip")
    write(data, place_)
    click.echo(f"caveat: {place_}: {len(data):,} bytes; unpack it and run: python3 -I verify.py --key KEY", err=True)


def _progress() -> Callable[[int, int], None] | None:
    """Tells on a terminal how far it is, at every hundredth; nobody else wants to know."""
    if not sys.stderr.isatty():
        return None
    last = -1

    def tell(done: int, total: int) -> None:
        nonlocal last
        if (part := 100 * done // max(total, 1)) > last:
            last = part
            click.echo(f"\r{done:,} of {total:,} entries and contents", nl=done >= total, err=True)

    return tell


def _prover(ledger: Ledger) -> Callable[[Entry], Iterable[str]]:
    """What is wrong with the proof of a rating, if anything."""
    from rules.ledger.record import pack_files
    from rules.ledger.stored import assessment_json, text_of
    from rules.proof import check

    def prove(entry: Entry) -> Iterable[str]:
        pack = ledger.content(entry, "pack")
        if pack is None or ledger.content(entry, "assessment") is None:
            return
        try:
            last = check(assessment_json(ledger, entry), pack_files(pack), text_of(ledger, entry))[-1]
        except ValueError as error:
            yield f"cannot be derived: {error}"
            return
        if not last.holds:
            yield f"{last.name}: derived {last.expected[:200]}; the assessment says {last.found[:200]}"

    return prove

"""`caveat rules schema`: the JSON Schema of rule files, or whether it is current."""

from pathlib import Path

import click

from rules.cli.main import DONE, FOUND
from rules.cli.options import chosen_pack, pack_option, target
from rules.lint.editor import rule_schema
from rules.render.json import dumps

_CHECKED_IN = "docs/rules/rule.schema.json"


@click.command("schema")
@click.option("--out", metavar="FILE", help="Write there instead of standard output.")
@click.option("--check", "only_check", is_flag=True, help=f"Write nothing; exit 1 if {_CHECKED_IN} is not current.")
@pack_option
def command(out: str | None, only_check: bool, pack_name: str | None) -> int:
    """The JSON Schema of rule files, with the kinds, fields and values of the pack, for completion in an editor.

    Example: caveat rules schema --out docs/rules/rule.schema.json
    """
    text = dumps(rule_schema(chosen_pack(pack_name)), indent=2) + "\n"
    if only_check:
        path = Path(out or _CHECKED_IN)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return DONE
        click.echo(f"{path}: not current; run `caveat rules schema --out {path}`")
        return FOUND
    with target(out) as stream:
        stream.write(text)
    return DONE

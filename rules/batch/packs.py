"""The pack of a run, kept under its digest where every worker finds it: what travels is the digest."""

import base64
import functools
import json
from pathlib import Path

from rules.batch.output import replace
from rules.errors import RulesError
from rules.pack import Pack, from_files


def keep_pack(folder: Path, pack: Pack) -> None:
    """Put the pack's files under their digest. Raises OSError."""
    path = _pack_file(str(folder), pack.digest)
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        replace(path, json.dumps({name: base64.b64encode(data).decode() for name, data in pack.files.items()}))


@functools.lru_cache(maxsize=2)
def kept_pack(folder: str, digest: str) -> Pack:
    """The pack of a digest, read once a process. Raises RulesError where it is missing, or is another."""
    path = _pack_file(folder, digest)
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        told = f"{path}: {error}; workers must see the folder of --out under the same path"
        raise RulesError("No pack", told) from None
    pack = from_files({name: base64.b64decode(data) for name, data in content.items()}, examples=False)
    if pack.digest != digest:
        raise RulesError("Wrong pack", f"{path}: holds {pack.digest}, not {digest}; remove it and run again")
    return pack


def _pack_file(folder: str, digest: str) -> Path:
    return Path(folder) / "pack" / f"{digest.rpartition(':')[2]}.json"

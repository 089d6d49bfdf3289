"""Small inputs of every sort, and what a run of them leaves behind."""

import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.generate import announcements
from rules.batch.local import Local
from rules.batch.pool import Workers
from rules.batch.run import Plan, run
from rules.pack import load
from tests.rules.batch.inline import Inline


def texts(count: int, seed: int = 1) -> dict[str, str]:
    """Announcements by file name."""
    return {f"{each['name']}.txt": str(each["text"]) for each in announcements(count, seed)}


def folder_of(place: Path, files: Mapping[str, str]) -> Path:
    """A folder of text files; a name may lead into a folder below."""
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return place


def lines_of(path: Path, count: int, seed: int = 1) -> Path:
    """JSON lines."""
    path.write_text("".join(json.dumps(each) + "\n" for each in announcements(count, seed)))
    return path


def zip_of(path: Path, members: Mapping[str, bytes]) -> Path:
    """A zip archive of these members, whatever their names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tar_of(path: Path, members: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> Path:
    """A tar archive, packed as its ending says; `links` are symbolic links."""
    packing = path.suffix.lstrip(".")
    with tarfile.open(path, f"w:{packing if packing in ('gz', 'xz', 'bz2') else ''}") as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return path


def plan(*inputs: Path, out: Path, workers: int = 0, **more: Any) -> Plan:
    """A run of these inputs; with no workers, in this process."""

    def opened() -> AbstractContextManager[Workers]:
        return Local(workers) if workers else nullcontext(Inline())

    return Plan(tuple(map(str, inputs)), out, load(), opened, **more)


def rows(out: Path) -> list[dict[str, Any]]:
    """Every row of a run as JSON lines, in order."""
    return [json.loads(line) for path in sorted(out.glob("shards/*.jsonl")) for line in path.read_text().splitlines()]


def rated(*inputs: Path, out: Path, **more: Any) -> list[dict[str, Any]]:
    """Run in this process; the rows."""
    run(plan(*inputs, out=out, **more), print)
    return rows(out)


def bytes_of(out: Path) -> dict[str, str]:
    """The digests of the files that must not differ between runs."""
    paths = [*sorted(out.glob("shards/*")), out / "manifest.json"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

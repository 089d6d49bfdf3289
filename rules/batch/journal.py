"""What is done and stays done: a line for every finished shard, forced to the disk after the shard's file was."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from rules.batch.output import UNFINISHED, replace, sync_folder
from rules.batch.receipt import Receipt
from rules.errors import RulesError

SCHEMA = "caveat/batch/1"
_JOURNAL = "journal.jsonl"
MANIFEST = "manifest.json"


class Journal:
    """The folder of a run, held by one command at a time. `run` is what may not change between stop and resumption."""

    def __init__(self, folder: Path, run: Mapping[str, Any]) -> None:
        self.folder, self._run = folder, dict(run)
        self._lock: IO[bytes] | None = None
        self._stream: IO[bytes] | None = None
        self._done: dict[tuple[int, str], Receipt] = {}

    def __enter__(self) -> "Journal":
        """Take the folder, and read what is done. Raises RulesError for a folder in use, or of another run."""
        try:
            (self.folder / "shards").mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / ".lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._read()
            self._clear()
        except BlockingIOError:
            self._release()
            raise RulesError("In use", f"{self.folder}: another command writes there; wait for it") from None
        except (OSError, RulesError) as error:
            self._release()
            raise (cannot_write(self.folder, error) if isinstance(error, OSError) else error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """Let the folder go."""
        self._release()

    def _release(self) -> None:
        for stream in (self._stream, self._lock):
            if stream is not None:
                stream.close()

    def finished(self, number: int, key: str, ledger: str = "") -> Receipt | None:
        """The receipt of a shard with this number and these documents, if its file is there as it was written.

        With a ledger, only if its ratings went into that.
        """
        receipt = self._done.get((number, key))
        if receipt is None or (ledger and receipt.ledger != ledger):
            return None
        try:
            same = (self.folder / "shards" / receipt.file).stat().st_size == receipt.size
        except FileNotFoundError:
            return None
        return receipt if same else None

    def record(self, receipt: Receipt) -> None:
        """Note a finished shard, durably. Raises RulesError."""
        assert self._stream is not None
        self._done[receipt.number, receipt.key] = receipt
        try:
            self._stream.write(json.dumps(receipt.to_json()).encode() + b"\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise cannot_write(self.folder, error) from None

    def complete(self, done: Mapping[int, str]) -> None:
        """Write the manifest of shards by number and key, and remove the files of shards that are no more.

        Raises RulesError.
        """
        receipts = [self._done[number, key] for number, key in sorted(done.items())]
        shards = [{name: getattr(each, name) for name in ("file", "sha256", "size", "rows")} for each in receipts]
        totals = {name: sum(getattr(each, name) for each in receipts) for name in ("rows", "rated", "failed")}
        try:
            for path in set((self.folder / "shards").iterdir()) - {self.folder / "shards" / r.file for r in receipts}:
                path.unlink()
            shutil.rmtree(self.folder / "drafts", ignore_errors=True)
            replace(self.folder / MANIFEST, json.dumps({**self._run, **totals, "shards": shards}, indent=1) + "\n")
        except OSError as error:
            raise cannot_write(self.folder, error) from None

    def _read(self) -> None:
        path = self.folder / _JOURNAL
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith(b"\n")]  # the last may have been cut off with its writer
        if not whole:
            replace(path, json.dumps(self._run) + "\n")
        else:
            self._check(json.loads(whole[0]))
            if len(whole) < len(lines):
                replace(path, b"".join(whole))
        for line in whole[1:]:
            receipt = Receipt.from_json(json.loads(line))
            self._done[receipt.number, receipt.key] = receipt
        self._stream = path.open("ab")

    def _check(self, before: Mapping[str, Any]) -> None:
        differing = [name for name in self._run if before.get(name) != self._run[name]]
        if differing:
            name = differing[0]
            told = f"{name} was {json.dumps(before.get(name))}, is now {json.dumps(self._run[name])}"
            raise RulesError("Another run", f"{self.folder}: holds a run whose {told}; give another --out")

    def _clear(self) -> None:
        """Half-written files of a run that was killed, and the manifest, which tells of a run that is finished."""
        for folder in (self.folder, self.folder / "shards", self.folder / "drafts"):
            for path in folder.glob(f".*{UNFINISHED}"):
                path.unlink(missing_ok=True)
        (self.folder / MANIFEST).unlink(missing_ok=True)
        sync_folder(self.folder)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished run. Raises RulesError where there is none."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        told = f"{folder}: no {MANIFEST}; is it a folder that `caveat batch --out` wrote, and did that finish?"
        raise RulesError("No finished run", told) from None
    except (OSError, ValueError) as error:
        raise RulesError("No finished run", f"{folder / MANIFEST}: {error}") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise RulesError("No finished run", f"{folder / MANIFEST}: not a manifest of {SCHEMA}")
    return found


def shard_files(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Path]:
    """The files of a run's shards, in order."""
    for shard in manifest["shards"]:
        yield folder / "shards" / str(shard["file"])


def cannot_write(folder: Path, error: OSError) -> RulesError:
    """A disk that is full, a folder that is not ours: what was done stays, and can be gone on with."""
    told = f"{folder}: {error.strerror or error}; mend that and run the same command again: what is done stays"
    return RulesError("Cannot write", told)

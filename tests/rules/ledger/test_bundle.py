"""The audit bundle, checked by a bare Python that knows nothing of Caveat."""

import ast
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.ledger import dispute
from rules.ledger.bundle import checker, export
from rules.ledger.ledger import Ledger
from rules.ledger.offline import Wrong, checks
from rules.ledger.place import open_ledger
from rules.ledger.retention import prune
from rules.ledger.signing import SigningKey, new_key
from rules.ledger.verify import sign
from tests.rules.ledger.conftest import Clock
from tests.rules.ledger.made import fill, small

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def shelf(key: SigningKey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The bundled announcements, one of them overridden, all of it under a checkpoint."""
    place = tmp_path_factory.mktemp("shelf") / "ledger.db"
    with open_ledger(str(place), write=True) as ledger:
        fill(ledger)
        dispute.override(ledger, ledger.entry(4), 4, "a reason", who="ann")
        ledger.append(small("after"))
        sign(ledger, key)
        yield ledger


@pytest.fixture(scope="module")
def bundle(shelf: Ledger) -> bytes:
    return export(shelf, shelf.entry(4))


def _bare(place: Path, *arguments: str) -> tuple[int, str]:
    """verify.py under the interpreter that lies below the environment, in isolated mode, elsewhere."""
    python = Path(sys.base_prefix) / "bin" / "python3"
    command = [str(python), "-I", "-S", str(place / "verify.py"), *arguments]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _unpacked(data: bytes, place: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(place)
    return place


def test_a_bare_python_checks_all_of_it_signature_too(bundle: bytes, key: SigningKey, tmp_path: Path) -> None:
    code, said = _bare(_unpacked(bundle, tmp_path / "b"), "--key", str(key.verifier))
    assert code == 0, said
    for told in (
        "ok   document has the digest", "ok   text.txt has the digest", "ok   the assessment follows from its facts",
        "files of the pack have the digest", "ok   entry.json stands in the log",
        "ok   related/6.json stands in the log", "ok   the checkpoint is signed by example.org/ratings",
        "All that was checked holds.",
    ):  # fmt: skip
        assert told in said
    assert "NOT CHECKED" not in said


def test_without_the_key_it_says_plainly_what_was_not_checked(bundle: bytes, tmp_path: Path) -> None:
    code, said = _bare(_unpacked(bundle, tmp_path / "b"))
    assert code == 0
    assert "NOT CHECKED: the signature of the checkpoint; give the log's public key with --key\n" in said


def test_another_key_is_not_taken(bundle: bytes, tmp_path: Path) -> None:
    code, said = _bare(_unpacked(bundle, tmp_path / "b"), "--key", str(new_key("example.org/ratings").verifier))
    assert (code, said.splitlines()[-1]) == (1, "WRONG: the checkpoint is not signed by example.org/ratings")


def test_a_key_that_is_none_is_told_in_words(bundle: bytes, tmp_path: Path) -> None:
    place = _unpacked(bundle, tmp_path / "b")
    code, said = _bare(place, "--key", "nowhere.pub")
    assert (code, said) == (1, "WRONG: [Errno 2] No such file or directory: 'nowhere.pub'\n")
    code, said = _bare(place, "--key", "a+b+c")
    assert (code, said.splitlines()[-1]) == (1, "WRONG: --key: the key is no base64: 'c'")


def test_the_checker_takes_a_zip_that_it_did_not_come_with(bundle: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(bundle)
    (tmp_path / "verify.py").write_text(checker())
    assert _bare(tmp_path, str(tmp_path / "b.zip"))[0] == 0


def _entry(files: Files, **changed: object) -> None:
    files["entry.json"] = json.dumps(json.loads(files["entry.json"]) | changed).encode()


def _lower(files: Files) -> None:
    """A better level in entry and assessment both, its digest made to fit."""
    import hashlib

    files["assessment.json"] = files["assessment.json"].replace(b'"level": 5', b'"level": 3', 1)
    content = json.loads(files["entry.json"])["content"]
    digest = hashlib.sha256(files["assessment.json"]).hexdigest()
    _entry(files, level=3, content=content | {"assessment": digest})


def _other_root(files: Files) -> None:
    lines = files["checkpoint.txt"].decode().split("\n")
    lines[2] = "A" * 43 + "="
    files["checkpoint.txt"] = "\n".join(lines).encode()


_FORGERIES: dict[str, tuple[Callable[[Files], object], str]] = {
    "another text": (lambda f: f.update({"text.txt": b"other"}), "text.txt does not have the digest"),
    "another document": (lambda f: f.update(document=b"other"), "document does not have the digest"),
    "another assessment": (lambda f: f.update({"assessment.json": b"{}"}), "assessment.json does not have the digest"),
    "a better level throughout": (_lower, "level: floors over caps over base level"),
    "a rule less": (lambda f: f.pop(next(n for n in f if "COM-003" in n)), "do not have the digest"),
    "other facts beside": (lambda f: f.update({"facts.json": b"[]"}), "facts.json does not hold the facts"),
    "an edited entry": (lambda f: _entry(f, time="2020-01-01T00:00:00.000000Z"), "entry.json is not in the log"),
    "another root": (_other_root, "entry.json is not in the log"),
    "no checkpoint": (lambda f: f.pop("checkpoint.txt"), "checkpoint.txt"),
    "no entry": (lambda f: f.pop("entry.json"), "entry.json"),
    "no JSON": (lambda f: f.update({"entry.json": b"{"}), "entry.json is no JSON"),
}


@pytest.mark.parametrize("name", _FORGERIES)
def test_a_forged_bundle_is_refused_by_name(name: str, bundle: bytes) -> None:
    forge, told = _FORGERIES[name]
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    assert "NOT CHECKED" in list(checks(files, None))[-1]
    forge(files)
    with pytest.raises((Wrong, KeyError), match=told):
        list(checks(files, None))


def test_what_is_wrong_is_told_in_one_line_and_an_exit_code(bundle: bytes, tmp_path: Path) -> None:
    place = _unpacked(bundle, tmp_path / "b")
    (place / "text.txt").write_text("other")
    (place / "checkpoint.txt").unlink()
    code, said = _bare(place)
    assert code == 1
    assert said.splitlines() == [
        "ok   document has the digest that the entry names",
        "WRONG: text.txt does not have the digest that the entry names",
    ]


def test_the_same_entry_gives_the_same_bytes(bundle: bytes, shelf: Ledger) -> None:
    assert export(shelf, shelf.entry(4)) == bundle


def test_who_asked_leaves_the_house_only_when_told_to(bundle: bytes, shelf: Ledger) -> None:
    assert "who.json" not in zipfile.ZipFile(io.BytesIO(bundle)).namelist()
    with zipfile.ZipFile(io.BytesIO(export(shelf, shelf.entry(4), who=True))) as archive:
        assert json.loads(archive.read("who.json"))["name"] == "ann"


def test_a_pruned_rating_is_exported_with_what_is_left_and_says_so(
    ledger: Ledger, key: SigningKey, clock: Clock
) -> None:
    fill(ledger)
    sign(ledger, key)
    clock.on("2026-06-03")
    prune(ledger, "2026-06-03", ("text", "document"), "a reason")
    with zipfile.ZipFile(io.BytesIO(export(ledger, ledger.entry(4)))) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    said = list(checks(files, str(key.verifier)))
    assert "NOT CHECKED: text.txt: not in the bundle, only its digest is on record" in said
    assert said[-1] == "the checkpoint is signed by example.org/ratings"


def test_a_rating_that_no_checkpoint_covers_cannot_be_exported(ledger: Ledger) -> None:
    ledger.append(small("a"))
    with pytest.raises(RulesError, match="no checkpoint covers entry 0; make one"):
        export(ledger, ledger.entry(0))


def test_the_checker_imports_the_standard_library_alone_and_no_name_twice() -> None:
    tree, names = ast.parse(checker()), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            roots = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            assert {root.partition(".")[0] for root in roots} <= sys.stdlib_module_names
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [each.id for each in targets if isinstance(each, ast.Name)]
    doubled = {name for name in names if names.count(name) > 1} - {"Table"}
    assert doubled == set()

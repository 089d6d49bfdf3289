"""What is shipped, what it is pinned to, and what must not slip into a file."""

import re
import subprocess
import sys
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Pins = dict[str, tuple[Requirement, list[str]]]

PACKAGES = ("facts", "rules", "tui")
DURABLE_FLAG = "-DPyEval_CallObject=PyObject_CallObject"

# One letter of each stands in brackets, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:wor[k]|far[m]|roo[t]|hom[e]|User[s]|op[t]/pypi|tm[p]/bash_jobs)[/.]")
INDEX_HOST = re.compile(r"pyp[i]\.(?:org|python)|pythonhoste[d]\.|piwheel[s]\.|/simpl[e]\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """Every file that is in the repository, or would be after the next commit."""
    if not (root / ".git").exists():
        pytest.skip("this is no git checkout, so nothing tells which files belong to it")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


@pytest.fixture(scope="module")
def pins(root: Path) -> Pins:
    """requirements.txt by name: the pin and its hashes."""
    text = (root / "requirements.txt").read_text().replace("\\\n", " ")
    found: Pins = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pin, *hashes = line.split(" --hash=")
            requirement = Requirement(pin.strip())
            found[canonicalize_name(requirement.name)] = (requirement, [each.strip() for each in hashes])
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_the_name_of_our_package(package: str) -> None:
    owners = set(packages_distributions().get(package, []))

    assert owners <= {"caveat"}, f"{owners - {'caveat'}} also installs `{package}`, and Python may load that one"


def test_the_wheel_holds_the_three_packages_whole_and_nothing_else(wheel: zipfile.ZipFile, root: Path) -> None:
    shipped = {name for name in wheel.namelist() if not name.startswith("caveat-0.1.0.dist-info/")}
    written = {
        path.relative_to(root).as_posix()
        for package in PACKAGES
        for path in (root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }

    assert shipped == written
    assert {name.partition("/")[0] for name in shipped} == set(PACKAGES)


@pytest.mark.parametrize("pattern", ["facts/cues/*.toml", "rules/packs/critical_minerals/**/*.toml", "tui/**/*.tcss"])
def test_the_wheel_holds_data_as_well_as_code(wheel: zipfile.ZipFile, root: Path, pattern: str) -> None:
    written = {path.relative_to(root).as_posix() for path in root.glob(pattern)}

    assert written
    assert written <= set(wheel.namelist())


def test_the_wheel_runs_on_every_python_from_3_11_and_brings_the_command(wheel: zipfile.ZipFile) -> None:
    metadata: Message = Parser().parsestr(wheel.read("caveat-0.1.0.dist-info/METADATA").decode())

    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert "caveat = tui.entry:main" in wheel.read("caveat-0.1.0.dist-info/entry_points.txt").decode()


def test_every_requirement_is_pinned_exactly_and_hashed(pins: Pins) -> None:
    loose = [name for name, (pin, _) in pins.items() if not re.fullmatch(r"==[\w.]+", str(pin.specifier))]
    unhashed = [name for name, (_, hashes) in pins.items() if not hashes]

    assert len(pins) > 50
    assert (loose, unhashed) == ([], [])
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for _, hashes in pins.values() for each in hashes)


def test_the_requirements_name_no_address(root: Path) -> None:
    lines = (root / "requirements.txt").read_text().splitlines()

    assert [line for line in lines if "://" in line or " @ " in line or line.startswith("-")] == []


def test_the_requirements_hold_all_that_the_project_and_its_checks_ask_for(project: dict[str, Any], pins: Pins) -> None:
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    unmet = []
    for requirement in map(Requirement, asked):
        pin, _ = pins.get(canonicalize_name(requirement.name), (None, []))
        version = str(pin.specifier).removeprefix("==") if pin else None
        if version is None or not requirement.specifier.contains(version):
            unmet.append(str(requirement))

    assert unmet == [], "pyproject.toml asks for more than requirements.txt pins: make lock"


def test_durable_rules_can_only_be_built_from_its_source(pins: Pins) -> None:
    pin, hashes = pins["durable-rules"]

    assert str(pin.specifier) == "==2.0.28"
    assert hashes == ["sha256:053b26f5e48d312d4fa27995243f954671be6eece477f150c059c364eb4d7d61"]


def test_make_hands_the_flag_that_mends_durable_rules_to_what_it_runs(root: Path) -> None:
    shown = subprocess.run(
        ["make", "--silent", "-f", "Makefile", "-f", "-", "shown", "CPPFLAGS=-DMINE"],
        input='shown:\n\t@printf "%s" "$$CPPFLAGS"\n',
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert shown.split() == ["-DMINE", DURABLE_FLAG]


def test_uv_builds_durable_rules_with_the_same_flag(project: dict[str, Any]) -> None:
    assert project["tool"]["uv"]["extra-build-variables"] == {"durable_rules": {"CPPFLAGS": DURABLE_FLAG}}


@pytest.mark.parametrize(
    ("pattern", "line", "name"),
    [
        (MACHINE_PATH, "cd /{}/main", "work"),
        (MACHINE_PATH, 'open("/{}/someone/note.txt")', "home"),
        (MACHINE_PATH, "/tmp/{}.0/j1", "bash_jobs"),
        (INDEX_HOST, "pip install -i https://{}.org/", "pypi"),
        (INDEX_HOST, "https://files.{}.org/x.whl", "pythonhosted"),
    ],
)
def test_a_path_or_a_host_would_be_found(pattern: re.Pattern[str], line: str, name: str) -> None:
    assert pattern.search(line.format(name))


def test_an_address_is_no_path_of_a_machine() -> None:
    assert not MACHINE_PATH.search("https://example.com/{}/2026".format("work"))


@pytest.mark.parametrize("pattern", [MACHINE_PATH, INDEX_HOST], ids=["path of a machine", "package index"])
def test_no_file_names_a_machine_or_an_index(tracked: list[Path], root: Path, pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:80]}"
        for path in tracked
        for number, line in enumerate(path.read_bytes().decode(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]

    assert found == []

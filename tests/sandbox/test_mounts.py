"""Mounts: what a jail sees of the host is enough to run, and no more."""

import ast
import os
import sys
import sysconfig
from pathlib import Path

import pytest

from sandbox import mounts
from sandbox.errors import SandboxError
from sandbox.mounts import (
    base_interpreter,
    distribution_entries,
    interpreter_mounts,
    library_entries,
    with_requirements,
)

SOURCES = Path(mounts.__file__).parent


def is_covered(path: str) -> bool:
    """Tell whether a path of the host is visible through the interpreter's binds and not masked."""
    made = interpreter_mounts()
    real = os.path.realpath(path)
    below = [source for source, _ in made.binds if real == source or real.startswith(f"{source}/")]
    masked = [mask for mask in made.masks if real == mask or real.startswith(f"{mask}/")]
    return bool(below) and not masked


def install(folder: Path, name: str, *, record=(), requires=(), has_record: bool = True) -> None:
    """Make an installed distribution out of metadata and empty files."""
    info = folder / f"{name.replace('-', '_').replace('.', '_')}-1.0.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {one}" for one in requires)]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    for path in record:
        file = folder / path
        if not path.startswith(("..", "/")):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
    if has_record:
        (info / "RECORD").write_text("".join(f"{path},sha256=x,0\n" for path in [*record, f"{info.name}/METADATA"]))


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """Return a folder in which distributions can be installed; forget them afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    distribution_entries.cache_clear()


def test_the_base_interpreter_is_no_virtual_environments():
    """The interpreter is a real file with the base's prefix, as a jail has no virtual environment."""
    path = base_interpreter()
    assert os.path.isfile(path)
    assert not os.path.islink(path)
    assert not path.startswith(f"{sys.prefix}/") or sys.prefix == sys.base_prefix


def test_the_standard_library_and_the_interpreter_are_visible():
    """A jail finds the interpreter, pure modules and extension modules."""
    assert is_covered(base_interpreter())
    assert is_covered(os.__file__)
    assert is_covered(ast.__file__)
    assert is_covered(sysconfig.get_path("stdlib"))


def test_installed_packages_are_hidden():
    """No package of the base interpreter, scikit-learn perhaps, is visible."""
    for scheme in ("purelib", "platlib"):
        folder = sysconfig.get_path(scheme, vars={"base": sys.base_prefix, "platbase": sys.base_prefix})
        if os.path.isdir(folder):
            assert not is_covered(os.path.join(folder, "anything"))
    assert all(Path(mask).name in ("site-packages", "dist-packages") for mask in interpreter_mounts().masks)


def test_the_judge_itself_is_hidden():
    """Suites, references, homes and the judge's own environment are not among the mounts."""
    for path in (SOURCES.parent / "problems", SOURCES, Path(sys.prefix) / "lib", Path("/etc/passwd"), Path("/root")):
        assert not is_covered(str(path)), path


def test_each_mount_is_there_and_none_is_inside_another():
    """bwrap is asked to bind only what exists, and nothing twice."""
    made = interpreter_mounts()
    assert all(os.path.exists(source) for source, _ in made.binds)
    assert all(os.path.isdir(mask) for mask in made.masks)
    sources = [source for source, _ in made.binds]
    assert len(set(sources)) == len(sources)
    assert not [(a, b) for a in sources for b in sources if a.startswith(f"{b}/")]
    assert all(source == destination for source, destination in made.binds)


def test_every_mask_is_below_a_mount():
    """A folder that is not mounted needs no mask, and bwrap could not make one there."""
    made = interpreter_mounts()
    for mask in made.masks:
        assert any(mask.startswith(f"{source}/") for source, _ in made.binds), mask


def test_a_distribution_brings_its_packages_and_libraries():
    """NumPy comes with the C libraries beside it, each from where it is installed."""
    entries = distribution_entries("numpy")
    paths = {path for _, path in entries}
    assert "numpy" in paths
    assert all(os.path.exists(source) for source, _ in entries)
    assert all(source.endswith(f"/{path}") for source, path in entries)
    assert not [path for path in paths if path.startswith(("..", "/", "bin"))]
    assert "sklearn" not in paths
    assert "scipy" not in paths


def test_only_what_a_distribution_lists_is_mounted(site):
    """Neighbours in site-packages, scripts outside and files that are gone stay out."""
    record = ["jailed/__init__.py", "jailed/deep/er.py", "single.py", "jailed.libs/libc.so"]
    record += ["../../bin/script", "/etc/absolute", "__pycache__/single.cpython-311.pyc"]
    install(site, "jailed", record=record)
    (site / "neighbour").mkdir()
    (site / "single.py").touch()
    with (site / "jailed-1.0.dist-info" / "RECORD").open("a") as file:
        file.write("gone/__init__.py,sha256=x,0\n")
    assert distribution_entries("jailed") == tuple(
        (str(site / path), path)
        for path in sorted(
            ["__pycache__/single.cpython-311.pyc", "jailed", "jailed-1.0.dist-info", "jailed.libs", "single.py"]
        )
    )


def test_a_distribution_that_is_absent_is_an_error_that_says_so():
    """The message names the distribution and what to do."""
    with pytest.raises(SandboxError, match=r"no-such-distribution is not installed.*pip"):
        distribution_entries("no-such-distribution")


def test_a_distribution_without_a_record_is_an_error_that_says_so(site):
    """Without a list of files nothing could be kept apart, so nothing is mounted."""
    install(site, "unlisted", has_record=False)
    with pytest.raises(SandboxError, match=r"unlisted has no list of its files.*virtual environment"):
        distribution_entries("unlisted")


def test_requirements_are_followed_to_the_end(site):
    """Requirements of requirements are found once each, in a circle too; extras are left out."""
    install(site, "first-one", requires=["second_one>=1.0", "third.one; python_version > '3'"])
    install(site, "second_one", requires=["third.one (>=2,<3)", "first-one"])
    install(site, "third.one", requires=["fourth; extra == 'tests'"])
    found = with_requirements("first-one")
    assert found[0] == "first-one"
    assert sorted(found) == ["first-one", "second_one", "third.one"]


def test_scikit_learn_brings_what_it_imports():
    """The rival's jail gets NumPy and SciPy with scikit-learn, and no tools for tests."""
    found = with_requirements("scikit-learn")
    assert {"scikit-learn", "numpy", "scipy", "joblib", "threadpoolctl"} <= set(found)
    assert "pytest" not in found


def test_the_library_in_a_session_needs_nothing_that_is_not_there():
    """The judge's files that run in a jail import only one another, NumPy and the standard library."""
    entries = library_entries()
    assert all(os.path.exists(source) for source, _ in entries)
    files = {}
    for source, path in entries:
        found = sorted(Path(source).rglob("*.py")) if os.path.isdir(source) else [Path(source)]
        files |= {f"{path}{str(file).removeprefix(source)}": file for file in found}
    # The compiler of the filters lies beside them, and is for who changes the policy.
    del files["sandbox/filters/compile.py"]
    inside = {path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in files}
    for source in files.values():
        for node in ast.walk(ast.parse(source.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name in inside or name.partition(".")[0] in {*sys.stdlib_module_names, "numpy"}, (source, name)

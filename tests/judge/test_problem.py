"""Problems: a folder is read as it is described, or refused with the place and the mend."""

from pathlib import Path

import pytest

from judge.errors import JudgeError, ProblemError
from judge.problem import GROUPS, load_problem
from sandbox.contract import Environment, Limits

MINIMAL = """\
title = "Ridge regression"
entry_points = ["Ridge"]
topics = ["supervised learning"]
minutes = 20
points = {sample = 10, agreement = 90}
"""


def write(folder: Path, toml: str = MINIMAL, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "problem.toml").write_text(toml, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_py", ".py").replace("_md", ".md")).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "linear_models" / "ridge"


def test_a_problem_is_named_for_its_folder(folder):
    """Slug and family are the names of folders."""
    problem = load_problem(write(folder))
    assert (problem.slug, problem.family) == ("ridge", "linear_models")
    assert problem.description.title == "Ridge regression"
    assert problem.description.entry_points == ("Ridge",)


def test_what_is_left_out_has_the_sandboxs_defaults(folder):
    """A problem without limits gets those of the sandbox, NumPy, and no rival."""
    problem = load_problem(write(folder))
    assert problem.limits == Limits()
    assert problem.environment == Environment()
    assert problem.description.rival is None


def test_limits_and_distributions_are_taken_over(folder):
    """What a problem says about its runs is what a session is opened with."""
    more = 'distributions = ["numpy", "pandas"]\n[limits]\nwall_seconds = 5\ncpu_seconds = 2.5\nmemory_mib = 256\n'
    problem = load_problem(write(folder, MINIMAL + more))
    assert problem.limits == Limits(wall_seconds=5.0, cpu_seconds=2.5, memory_mib=256)
    assert problem.environment.distributions == ("numpy", "pandas")
    assert problem.environment.preload == ("numpy", "numpy.linalg", "numpy.random", "pandas")


def test_a_rival_may_be_described(folder):
    """The rival is scikit-learn unless it says otherwise."""
    problem = load_problem(write(folder, MINIMAL + '[rival]\npreload = ["sklearn.linear_model"]\n'))
    assert problem.description.rival is not None
    assert problem.description.rival.distribution == "scikit-learn"
    assert problem.description.rival.preload == ("sklearn.linear_model",)


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_can_have_points(folder, group):
    """The groups of suites and of points are the same."""
    toml = MINIMAL.replace("agreement = 90", f"{group} = 90") if group != "sample" else MINIMAL
    assert group in load_problem(write(folder, toml)).description.points


@pytest.mark.parametrize("field", ["title", "entry_points", "topics", "minutes", "points"])
def test_a_missing_field_is_named(folder, field):
    """The message says which file and which field."""
    toml = "\n".join(line for line in MINIMAL.splitlines() if not line.startswith(field))
    with pytest.raises(ProblemError, match=rf"problem\.toml: .*{field}"):
        load_problem(write(folder, toml))


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        (MINIMAL + 'colour = "red"', "colour"),
        (MINIMAL + "[limits]\nmemory_mb = 256", "memory_mb"),
        (MINIMAL + "[limits]\nmemory_mib = 0", r"limits\.memory_mib"),
        (MINIMAL + "[limits]\nmemory_mib = 0.5", r"limits\.memory_mib"),
        (MINIMAL + "[limits]\nmemory_mib = true", r"limits\.memory_mib"),
        (MINIMAL + "[limits]\nwall_seconds = -1", r"limits\.wall_seconds"),
        (MINIMAL + '[limits]\ncpu_seconds = "2"', r"limits\.cpu_seconds"),
        (MINIMAL + "[rival]\nlimit = 2", "limit"),
        (MINIMAL + "distributions = []", "distributions"),
        (MINIMAL.replace('["Ridge"]', "[]"), "entry_points"),
        (MINIMAL.replace('["Ridge"]', '"Ridge"'), "entry_points"),
        (MINIMAL.replace('["Ridge"]', '[""]'), "entry_points"),
        (MINIMAL.replace('"Ridge regression"', '""'), "title"),
        (MINIMAL.replace("minutes = 20", "minutes = 0"), "minutes"),
        (MINIMAL.replace("minutes = 20", "minutes = 2.5"), "minutes"),
        (MINIMAL.replace("sample = 10", "sample = 0"), "points"),
        (MINIMAL.replace("sample = 10", "speed = 10"), "points"),
    ],
    ids=str,
)
def test_a_wrong_field_is_refused_with_its_place(folder, toml, place):
    """Unknown names, wrong types and numbers out of range are told by file and field."""
    with pytest.raises(ProblemError, match=rf"ridge/problem\.toml: .*{place}"):
        load_problem(write(folder, toml))


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe", b"title = 'a'\ntitle = 'b'"])
def test_a_broken_file_is_a_problem_error(folder, content):
    """What is no TOML or no UTF-8 is told by the file's name."""
    write(folder)
    (folder / "problem.toml").write_bytes(content)
    with pytest.raises(ProblemError, match=r"problem\.toml: it cannot be read"):
        load_problem(folder)


def test_a_folder_without_a_description_is_a_problem_error(tmp_path):
    """No file, no problem; and problem errors are judge errors."""
    with pytest.raises(ProblemError, match="cannot be read"):
        load_problem(tmp_path)
    assert issubclass(ProblemError, JudgeError)


def test_the_files_of_a_problem_are_read_as_text(folder):
    """Statements may hold any character; a file that is missing or no text is named."""
    problem = load_problem(write(folder, statement_md="‖Xw − y‖²"))
    assert problem.text("statement.md") == "‖Xw − y‖²"
    with pytest.raises(ProblemError, match=r"starter\.py: it cannot be read"):
        problem.text("starter.py")
    (folder / "starter.py").write_bytes(b"\xff")
    with pytest.raises(ProblemError, match=r"starter\.py: it cannot be read"):
        problem.text("starter.py")


def test_solutions_are_found_by_kind_and_in_order(folder):
    """Only Python files of the kind's own folder count."""
    problem = load_problem(write(folder))
    for name in ("b.py", "a.py", "notes.txt"):
        write(folder / "solutions" / "wrong_answer")
        (folder / "solutions" / "wrong_answer" / name).touch()
    assert [path.name for path in problem.solutions("wrong_answer")] == ["a.py", "b.py"]
    assert problem.solutions("accepted") == []


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ('["c.py"]', None),
        ("[]", None),
        ('["d.py"]', r"\[adequacy\]: there is no accepted solution 'd.py'"),
        ('["a.py", "b.py"]', "two accepted solutions at least"),
    ],
)
def test_mutants_are_made_of_what_is_not_left_out(folder, names, told):
    """Names are of accepted solutions, and two stay."""
    accepted = write(folder, MINIMAL + f"[adequacy]\nleave_out = {names}\n") / "solutions" / "accepted"
    accepted.mkdir(parents=True)
    for name in ("a.py", "b.py", "c.py"):
        (accepted / name).touch()
    problem = load_problem(folder)
    if told is None:
        left = [path.name for path in problem.mutated]
        assert left == [name for name in ("a.py", "b.py", "c.py") if name not in names]
        return
    with pytest.raises(ProblemError, match=told):
        _ = problem.mutated


def version_of(folder: Path) -> str:
    return load_problem(folder).version


@pytest.mark.parametrize("name", ["suite.py", "rival.py"])
def test_the_version_changes_with_what_decides_a_verdict(folder, name):
    """A changed suite, rival or description is another version."""
    seen = [version_of(write(folder))]
    for text in ("a = 1\n", "a = 2\n"):
        (folder / name).write_text(text)
        seen.append(version_of(folder))
    (folder / "problem.toml").write_text(MINIMAL + "[limits]\nmemory_mib = 256\n")
    seen.append(version_of(folder))
    assert len(set(seen)) == 4


def test_the_version_does_not_change_with_anything_else(folder):
    """A better statement or one more solution leaves the version alone, and so does another place."""
    before = version_of(write(folder, suite_py="a = 1"))
    write(folder, statement_md="clearer", starter_py="class Ridge: ...")
    assert version_of(folder) == before
    assert version_of(write(folder.parent.parent / "elsewhere" / "lasso", suite_py="a = 1")) == before

"""Suites: how cases are marked, found and ordered, and what is refused."""

import sys
from pathlib import Path

import pytest

from judge.errors import ProblemError
from judge.problem import GROUPS
from judge.suite import Case, case, load_suite, race

HEAD = "from judge.suite import Case, case, race\n"


@pytest.fixture
def suite(tmp_path):
    """Give a function that loads a suite's text from a folder of its own."""
    folder = tmp_path / "problem_of_a_test"

    def load(text: str) -> list[Case]:
        folder.mkdir(exist_ok=True)
        (folder / "suite.py").write_text(HEAD + text, encoding="utf-8")
        return load_suite(folder / "suite.py").cases

    yield load
    sys.modules.pop("suite_of_problem_of_a_test", None)


def of(group: str, name: str, docstring: str = "It works") -> str:
    return f'@case("{group}")\ndef test_{name}(submission, rng):\n    """{docstring}"""\n'


def test_a_case_is_what_its_marker_and_its_docstring_say():
    """Name, title, hint, sizes and strategies are kept, and the function is untouched."""

    def function(*_):
        """Ties go to the first

        More that nobody is shown.
        """
        return 5

    strategies = dict
    made = case("edge", hint="Use argmin.", sizes=(2, 9), given=strategies, examples=7)(function)
    assert made == Case(function, "function", "Ties go to the first", "edge", "Use argmin.", (2, 9), strategies, 7)
    assert made.function(None, None) == 5
    assert made.limit is None


def test_a_race_is_a_case_of_the_runtime_group():
    """A race has a limit and a comparison, and is no search."""

    def function(*_):
        """Many samples"""

    def agree(_mine, _rivals):
        return None

    made = race(3.0, agree=agree, hint="Vectorise.")(function)
    assert (made.group, made.limit, made.agree, made.hint) == ("runtime", 3.0, agree, "Vectorise.")
    assert made.title == "Many samples"
    assert made.given is None


def test_cases_are_ordered_by_group_and_then_as_they_stand(suite):
    """Samples come first whatever the file's order, and within a group the file decides."""
    text = of("edge", "z") + of("sample", "y") + of("agreement", "b") + of("sample", "x") + of("agreement", "a")
    cases = suite(text)
    assert [one.name for one in cases] == ["test_y", "test_x", "test_b", "test_a", "test_z"]


def test_all_groups_are_taken_in_their_order(suite):
    """Every group that points can be given for is a group of cases."""
    cases = suite("".join(of(group, group) for group in reversed(GROUPS)))
    assert [one.group for one in cases] == list(GROUPS)


def test_lists_of_cases_are_taken(suite):
    """Common clauses come as a list; other values in a suite are none of the judge's business."""
    text = 'clauses = [Case(print, "one", "One", "edge"), Case(print, "two", "Two", "edge")]\n'
    text += "numbers = [1, 2]\nempty = []\ndef helper(): ...\n" + of("sample", "fit")
    assert [one.name for one in suite(text)] == ["test_fit", "one", "two"]


def test_a_suite_may_hold_dataclasses(suite):
    """Its module can be found by name while it is loaded."""
    text = "import dataclasses\n@dataclasses.dataclass(slots=True)\n"
    text += 'class Data:\n    n: "dataclasses.InitVar[int]" = 3\n'
    assert [one.name for one in suite(text + of("sample", "fit"))] == ["test_fit"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there are no cases"),
        ("numbers = [1, 2]", "there are no cases"),
        (of("speed", "fit"), "test_fit: there is no group 'speed'; the groups are sample, agreement"),
        (of("", "fit"), "test_fit: there is no group ''"),
        ('@case("sample")\ndef test_fit(submission, rng): ...\n', "test_fit: it has no docstring"),
        (of("sample", "fit", "   "), "test_fit: it has no docstring"),
        (of("sample", "fit") + 'more = [Case(print, "test_fit", "One", "edge")]\n', "test_fit is there twice"),
        (of("sample", "fit") + "again = test_fit\n", "test_fit is there twice"),
        ("def broken(:", "the suite does not load: SyntaxError"),
        ("import no_such_module", "the suite does not load: ModuleNotFoundError"),
        ("1 / 0", "the suite does not load: ZeroDivisionError"),
        ("raise Exception('said so')", "the suite does not load: Exception: said so"),
    ],
    ids=str,
)
def test_a_suite_that_is_not_well_formed_is_a_problem_error(suite, text, says):
    """The message names the file, the case and what is wrong."""
    with pytest.raises(ProblemError) as error:
        suite(text)
    assert "problem_of_a_test/suite.py: " in str(error.value)
    assert says in str(error.value)


def test_a_suite_that_is_not_there_is_a_problem_error(tmp_path):
    """A missing file is told by its path."""
    with pytest.raises(ProblemError, match=r"suite\.py: there is no suite here"):
        load_suite(tmp_path / "suite.py")


def test_a_suite_is_loaded_anew_each_time(suite):
    """An edited suite is the one that is judged by."""
    assert [one.title for one in suite(of("sample", "fit", "Before"))] == ["Before"]
    assert [one.title for one in suite(of("sample", "fit", "Quite another"))] == ["Quite another"]


def test_the_folder_of_a_suite_is_not_importable(suite, tmp_path):
    """Loading by path adds nothing to where Python looks for modules."""
    before = list(sys.path)
    suite(of("sample", "fit"))
    assert sys.path == before
    assert str(Path(tmp_path)) not in sys.path

"""`pytest --judge` shows each hidden case of a solution as a test, and runs nothing of the solution itself."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "examples" / "kmeans.py").read_text()
WRONG = (ROOT / "examples" / "wrong" / "kmeans.py").read_text()
pytest_plugins = ["pytester"]


@pytest.fixture
def solution(pytester):
    """Give a function that writes a solution into a folder of its own."""

    def write(text, name="kmeans.py"):
        (pytester.path / name).write_text(text)
        return pytester

    return write


def outcomes(result):
    return {name: count for name, count in result.parseoutcomes().items() if name != "warnings"}


def run(pytester, *arguments):
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


def test_a_right_solution_passes_case_by_case(solution):
    result = run(solution(RIGHT), "--judge", "-v")
    assert outcomes(result)["passed"] > 20
    assert set(outcomes(result)) == {"passed"}
    result.stdout.fnmatch_lines(["*kmeans.py::test_one_step PASSED*"])


def test_a_wrong_solution_fails_where_it_is_wrong_and_says_why(solution):
    result = run(solution(WRONG), "--judge", "--junitxml=out.xml")
    assert outcomes(result)["failed"] >= 5
    assert outcomes(result)["passed"] >= 15
    result.stdout.fnmatch_lines(["*WA A single update, worked out by hand*", "*hint: With max_iter=1*"])
    assert "test_one_step" in (result.outlines and Path("out.xml").read_text())


def test_cases_are_chosen_by_name_and_listed_without_judging(solution):
    pytester = solution("raise SystemExit('loaded')")
    listed = run(pytester, "--judge", "--collect-only", "-q")
    listed.stdout.fnmatch_lines(["kmeans.py::test_one_step"])
    assert "loaded" not in listed.stdout.str()
    chosen = run(solution(RIGHT), "--judge", "-k", "one_step", "-v")
    assert outcomes(chosen)["passed"] == 1


def test_a_file_that_does_not_load_fails_every_case(solution):
    result = run(solution("def f(:\n"), "--judge", "-k", "one_step or two_obvious")
    assert outcomes(result)["failed"] == 2
    result.stdout.fnmatch_lines(["*CE*"])


def test_it_works_with_workers(solution):
    result = run(solution(RIGHT), "--judge", "-n", "2", "--dist", "loadfile", "-k", "edge or one or two")
    assert set(outcomes(result)) == {"passed"}


def test_nothing_is_judged_unasked(solution):
    assert "passed" not in outcomes(run(solution(RIGHT)))


def test_the_solution_runs_in_the_sandbox_only(solution, tmp_path):
    mark = tmp_path / "escaped"
    run(solution(f"open({str(mark)!r}, 'w')\n{RIGHT}"), "--judge", "-k", "one_step")
    assert not mark.exists()


def test_a_folder_named_judge_beside_it_is_not_taken_for_the_judge(solution):
    pytester = solution(RIGHT)
    shadow = pytester.path / "judge"
    shadow.mkdir()
    (shadow / "__init__.py").write_text("")
    (shadow / "cli.py").write_text("def main():\n    print('[]')\n")
    # The script, since `python -m pytest` itself looks for everything here first.
    script = Path(sys.executable).with_name("pytest")
    command = [script, "-p", "no:cacheprovider", "--judge", "-k", "one_step"]
    done = subprocess.run(command, cwd=pytester.path, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout

"""Every problem holds: the proof of `judge problem verify`, on fewer seeds."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from judge.catalogue import Catalogue
from judge.problem import GROUPS
from judge.trials import Trial
from judge.verification import Verification
from sandbox.broker import Broker

CATALOGUE = Catalogue()
SEEDS = 2
# Of garbage, which checks meet that suites share, and of wrong solutions on a second seed each problem meets a part
# here, and another one than its neighbours; `judge problem verify` tries all of them.
PART = 10
# Other tests run beside these where pytest-xdist has workers.
WORKERS = max(1, (os.cpu_count() or 1) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@pytest.mark.spread
@pytest.mark.parametrize("slug", CATALOGUE.slugs())
def test_a_problem_holds(slug: str, broker: Broker) -> None:
    """What is right is accepted, what is wrong is rejected for its reason, every case bites, garbage trips nothing."""
    count = itertools.count(list(CATALOGUE.slugs()).index(slug))

    def is_tried(trial: Trial) -> bool:
        is_repeated = trial.is_wrong_answer and trial.submission.seed > 0
        return not (trial.is_garbage or is_repeated) or next(count) % PART == 0

    defects = Verification([CATALOGUE.problem(slug)], SEEDS, chosen=is_tried).run(broker, WORKERS)
    assert [defect.what for defect in defects] == []


@pytest.mark.parametrize("slug", CATALOGUE.slugs())
def test_points_add_up_to_a_hundred(slug: str) -> None:
    """Groups share 100 points, whatever the problem."""
    points = CATALOGUE.problem(slug).description.points
    assert sum(points.values()) == 100
    assert set(points) <= set(GROUPS)


@pytest.mark.parametrize("slug", CATALOGUE.slugs())
def test_an_editorial_tells_how_it_is_solved(slug: str) -> None:
    """A built-in problem explains its idea, derivation, stable form and cost in two hundred words or more."""
    assert len(CATALOGUE.problem(slug).text("editorial.md").split()) >= 200


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[], Path]:
    """Return a function that copies k-means, with one right and one wrong solution, into a catalogue of its own."""
    import shutil

    def copy() -> Path:
        folder = tmp_path / "clustering" / "kmeans"
        shutil.copytree(CATALOGUE.problem("kmeans").folder, folder)
        for solution in (folder / "solutions").glob("*/*.py"):
            if solution.stem not in ("broadcasting", "mean_inertia"):
                solution.unlink()
        return folder

    return copy


def defects_of(folder: Path, broker: Broker, *, with_garbage: bool) -> str:
    """Verify a copied problem on one seed, with a third of the garbage or none, and return its defects as one text."""
    problem, count = Catalogue(folder.parent.parent).problem("kmeans"), itertools.count()

    def is_tried(trial: Trial) -> bool:
        return not trial.is_garbage or (with_garbage and next(count) % 3 == 0)

    verification = Verification([problem], 1, chosen=is_tried)
    return "\n".join(defect.what for defect in verification.run(broker, WORKERS))


def test_verification_sees_what_is_missing_or_misfiled(copied: Callable[[], Path], broker: Broker) -> None:
    """A right solution filed as wrong, a wrong one filed as right, a mute one and a passing starter are all found."""
    folder = copied()
    solutions = folder / "solutions"
    right = (solutions / "accepted" / "broadcasting.py").read_text()
    wrong = (solutions / "wrong_answer" / "mean_inertia.py").read_text()
    (solutions / "wrong_answer" / "right.py").write_text(right)
    (solutions / "accepted" / "wrong.py").write_text(wrong)
    (solutions / "wrong_answer" / "mute.py").write_text(wrong.split('"""', 2)[2])
    (folder / "starter.py").write_text(right)
    found = defects_of(folder, broker, with_garbage=False)
    assert "wrong_answer/right.py, seed 0: it must get WA, but got AC" in found
    assert "accepted/wrong.py, seed 0: it must be accepted, but got WA" in found
    assert "wrong_answer/mute.py: no docstring explains the mistake" in found
    assert "starter.py, seed 0: it must not be accepted as it is" in found


def test_verification_sees_a_toothless_case_and_a_fragile_suite(copied: Callable[[], Path], broker: Broker) -> None:
    """A case that nothing fails, one that another of its name hides, and one that garbage trips, are found."""
    folder = copied()
    suite = folder / "suite.py"
    suite.write_text(
        suite.read_text()
        + 2 * '\n\n@case("edge")\ndef test_nothing(submission, rng):\n    """Asserts nothing"""\n'
        + '\n\n@case("edge")\ndef test_fragile(submission, rng):\n    """Computes with a raw answer"""\n'
        + "    X = np.zeros((2, 2))\n"
        + "    at_most(float(submission.KMeans(1, init=X[:1]).fit(X).inertia_.sum()), 0.0, 'inertia_')\n"
    )
    found = defects_of(folder, broker, with_garbage=True)
    assert "test_nothing: no wrong solution fails it" in found
    assert "suite.py: test_nothing is there twice, and the first is never run" in found
    assert "test_fragile: judge error" in found

"""A warm verdict on twenty k-means cases, beside the submission's own work on the same inputs (the limit L).

    python bench/warm.py [rounds]

The grader and the zygote are up, as with a server or a watched file; each
round is a whole submission in a session of its own. L is the same calls in this
process, without isolation, checks or a reference. Twice: with the inputs of
test_kmeans_plain.py, on which the work is a few milliseconds and a verdict is
nearly all isolation, and with thirteen times as many samples. There the work
is the 41 ms that the goal of 5 L was set for, on a machine of the speed of the
one it was set on.
"""

import importlib.util
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import numpy as np

from judge.bootstrap import LANES, open_broker
from judge.catalogue import BUILT_IN, Catalogue
from judge.judging import Judge, Submission
from judge.verdict import Verdict

HERE = Path(__file__).parent
SOLUTION = HERE.parent / "examples" / "kmeans.py"
CASES = 20
TIMES_AS_MANY = (1, 13)
# The cases of test_kmeans_plain.py as a suite; the checks are those of the built-in one.
SUITE = """
import numpy as np
from judge.agreement import close_to, equal_to
from judge.suite import case
from reference.cluster import lloyd


def check(submission, seed, times):
    rng = np.random.default_rng(seed)
    n_samples, n_features, n_clusters = times * (20 + 10 * seed), 2 + seed % 4, 2 + seed % 5
    X = rng.normal(size=(n_samples, n_features)) + 5.0 * rng.integers(0, n_clusters, size=(n_samples, 1))
    init = X[:n_clusters].copy()
    model = submission.KMeans(n_clusters=n_clusters, init=init).fit(X)
    right = lloyd(X, init, 300)
    close_to(model.cluster_centers_, right.centers, 1e-6, "cluster_centers_")
    equal_to(model.labels_, right.labels, "labels_")

"""
CASE = '''
@case("agreement")
def test_case_{seed}(submission, rng):
    """Case {seed}"""
    check(submission, {seed}, {times})

'''


def submission_module() -> ModuleType:
    """Import the solution here."""
    spec = importlib.util.spec_from_file_location("solution", SOLUTION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own_work(module: ModuleType, times: int) -> float:
    """Do what the submission does in the twenty cases; return the seconds of the calls."""
    seconds = 0.0
    for seed in range(CASES):
        rng = np.random.default_rng(seed)
        n_samples, n_features, n_clusters = times * (20 + 10 * seed), 2 + seed % 4, 2 + seed % 5
        X = rng.normal(size=(n_samples, n_features)) + 5.0 * rng.integers(0, n_clusters, size=(n_samples, 1))
        began = time.perf_counter()
        module.KMeans(n_clusters=n_clusters, init=X[:n_clusters].copy()).fit(X)
        seconds += time.perf_counter() - began
    return seconds


def measure(folder: Path, times: int, rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of L and of a warm verdict, round by round."""
    shutil.copytree(Catalogue(BUILT_IN).problem("kmeans").folder, folder / "clustering" / "kmeans")
    suite = SUITE + "".join(CASE.format(seed=seed, times=times) for seed in range(CASES))
    (folder / "clustering" / "kmeans" / "suite.py").write_text(suite)
    problem, module, source = Catalogue(folder).problem("kmeans"), submission_module(), SOLUTION.read_text()
    own, judged = [], []
    with open_broker(problem, 1.0) as broker, Judge(broker, lanes=LANES) as judge:
        for index in range(rounds + 2):
            work = own_work(module, times)
            began = time.perf_counter()
            report = judge.judge(Submission(problem, source, index))
            if index >= 2:
                own.append(work)
                judged.append(time.perf_counter() - began)
            assert report.verdict is Verdict.AC, report
    return own, judged


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for times in TIMES_AS_MANY:
        with tempfile.TemporaryDirectory() as folder:
            own, judged = measure(Path(folder), times, rounds)
        limit, verdict = statistics.median(own), statistics.median(judged)
        ratio = statistics.median(theirs / mine for theirs, mine in zip(judged, own, strict=True))
        facts = f"L {limit * 1e3:5.1f} ms, a warm verdict {verdict * 1e3:5.1f} ms, {ratio:.1f} L"
        print(f"{times:>2} times the samples: {facts}")


if __name__ == "__main__":
    main()

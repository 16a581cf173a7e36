"""Ten solutions graded at once by `judge ci`, beside ten times `judge submit`, from a cold start each.

    python bench/grading.py [rounds]

The goal is at most 0.6 of the time on two cores.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from judge.catalogue import Catalogue

JUDGE = str(Path(sys.executable).with_name("judge"))
SLUGS = (
    *("kmeans", "pca", "linear_regression", "ridge_regression", "roc_auc"),
    *("standard_scaler", "gaussian_naive_bayes", "welch_t_test", "tfidf", "softmax_cross_entropy"),
)


def seconds(*arguments: str, folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run([JUDGE, *arguments], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    catalogue, apart, together = Catalogue(), [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for slug in SLUGS:
            (folder / f"{slug}.py").write_text(catalogue.problem(slug).solutions("accepted")[0].read_text())
        for _ in range(rounds):
            apart.append(sum(seconds("submit", f"{slug}.py", folder=folder) for slug in SLUGS))
            together.append(seconds("ci", folder=folder))
    ratios = [both / alone for both, alone in zip(together, apart, strict=True)]
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    print(f"ten times judge submit {statistics.median(apart):6.2f} s")
    print(f"judge ci               {statistics.median(together):6.2f} s   {statistics.median(ratios):.2f}  ({spread})")


if __name__ == "__main__":
    main()

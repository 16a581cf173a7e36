"""How long an answer takes from a cold start, beside what a user would write instead (the yardstick P).

Runs plain pytest, `judge test` and `judge submit` in turn, several rounds, and
prints each one's median and the median of its ratios to P within a round.
    python bench/startup.py [rounds]
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SOLUTION = HERE.parent / "examples" / "kmeans.py"
JUDGE = Path(sys.executable).with_name("judge")
COMMANDS = {
    "plain pytest (P)": [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        str(HERE / "test_kmeans_plain.py"),
    ],
    "judge test": [str(JUDGE), "test", str(SOLUTION)],
    "judge submit": [str(JUDGE), "submit", str(SOLUTION)],
}


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOLUTION": str(SOLUTION)})
    return time.perf_counter() - started


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for index in range(rounds + 1):
        for name, command in COMMANDS.items():
            elapsed = seconds(command)
            # The first round warms the disk's cache for all three.
            if index:
                times[name].append(elapsed)
    yardstick = times["plain pytest (P)"]
    for name, measured in times.items():
        ratios = [mine / theirs for mine, theirs in zip(measured, yardstick, strict=True)]
        spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
        print(f"{name:<18} {statistics.median(measured):6.2f} s   {statistics.median(ratios):5.2f} P  ({spread})")


if __name__ == "__main__":
    main()

"""Feeds the targets of `fuzz_targets` a million inputs each, guided by coverage; `make nightly` runs it.

    coverage_guided.py                          every target, one after the other
    coverage_guided.py TARGET [-runs=N] …       one target, with options of libFuzzer
    coverage_guided.py TARGET FILE              one input again, such as a crash's

An exception that a target does not document ends the run; its input is kept
beside the corpus, in `.fuzz/`.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import atheris

# Targets do far more in modules that are not ours: only our branches guide.
with atheris.instrument_imports(include=["sandbox", "judge"]):
    from fuzz_targets import LENGTHS, ODD_TEXTS, TAGS, TARGETS, Target, framed, spoiled_data

FOLDER = Path(".fuzz")
OPTIONS = {
    "-runs": "1000000",
    "-max_len": "8192",
    # Python, NumPy and this take 80 MiB; no input of 8 KiB may come near the rest.
    "-rss_limit_mb": "512",
    "-timeout": "10",
    "-print_final_stats": "1",
    "-print_funcs": "0",
}


def main(arguments: list[str]) -> int:
    """Fuzz one target, or all of them in processes of their own: libFuzzer ends the process it runs in."""
    if arguments and arguments[0] in TARGETS:
        fuzz(TARGETS[arguments[0]], arguments[1:])
    failed = []
    for name in TARGETS:
        started = time.monotonic()
        if subprocess.run([sys.executable, __file__, name, *arguments], check=False).returncode:
            failed.append(name)
        print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201 - it is a command
    return f"an input that breaks {', '.join(failed)} is in {FOLDER}/" if failed else 0


def fuzz(target: Target, arguments: list[str]) -> None:
    """Fuzz one target; does not return."""
    corpus = FOLDER / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    dictionary = FOLDER / "dictionary"
    dictionary.write_text("".join(f"{_quoted(word)}\n" for word in _words()), encoding="ascii")

    given = {argument.split("=")[0] for argument in arguments}
    options = [f"{name}={value}" for name, value in OPTIONS.items() if name not in given]
    options += [f"-dict={dictionary}", f"-artifact_prefix={FOLDER}/{target.name}-"]
    is_replay = any(os.path.isfile(argument) for argument in arguments)
    places = ["-runs=1"] if is_replay else [str(corpus)]

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        rng = random.Random(seed)  # noqa: S311 - mutations are to be repeatable
        made = _mutated(data, target.kind, max_size, rng)
        return made if len(made) <= max_size else made[:max_size]

    atheris.Setup([sys.argv[0], *options, *arguments, *places], lambda data: _feed(target, data), custom_mutator=mutate)
    atheris.Fuzz()


def _feed(target: Target, data: bytes) -> None:
    target(data)


def _mutated(data: bytes, kind: str, max_size: int, rng: random.Random) -> bytes:
    """Change bytes anywhere, or the JSON as a tree, or a frame's text and then its lengths."""
    chance = rng.random()
    if chance < 0.3:
        return atheris.Mutate(data, max_size)
    if chance < 0.6 and kind == "frame" and len(data) >= LENGTHS.size:
        size, announced = LENGTHS.unpack(data[: LENGTHS.size])
        text, body = data[LENGTHS.size : LENGTHS.size + size], data[LENGTHS.size + size :]
        return framed(atheris.Mutate(text, max_size), body, announced if chance < 0.35 else None)
    for _ in range(rng.choice((1, 1, 2, 4))):
        data = spoiled_data(data, kind, rng)
    return data


def _words() -> list[bytes]:
    tags = [b'"' + tag.encode() + b'"' for tag in TAGS]
    return [*tags, *(text for text in ODD_TEXTS if len(text) < 32), b'{"', b'":', b"[[", b"]]", b"\\ud800", b"\n"]


def _quoted(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

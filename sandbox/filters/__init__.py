"""The system calls that a jail may make: `policy.toml` says which and why, and is compiled for each architecture."""

import platform
from pathlib import Path

ARCHITECTURES = ("x86_64", "aarch64")
FILTERS = ("jail", "timed", "grader")
FOLDER = Path(__file__).parent


def program_path(name: str, architecture: str) -> Path:
    """Return the file of a compiled filter: a classic BPF program, see `man 2 seccomp`."""
    return FOLDER / f"{name}-{architecture}.bpf"


def is_supported() -> bool:
    """Tell whether this machine's architecture has filters."""
    return platform.machine() in ARCHITECTURES

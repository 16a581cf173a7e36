"""Compiles `policy.toml` for every architecture with libseccomp: `python -m sandbox.filters.compile`.

Only who changes the policy needs libseccomp; sessions use the compiled programs.
"""

import errno
import tempfile
import tomllib
from typing import Any

import pyseccomp

from sandbox.filters import ARCHITECTURES, FILTERS, FOLDER, program_path

_MACHINES = {"x86_64": pyseccomp.Arch.X86_64, "aarch64": pyseccomp.Arch.AARCH64}
# A tree of comparisons instead of a chain: some 250 calls are told apart.
_BINARY_TREE = 2

Toml = dict[str, Any]


def compiled(name: str, architecture: str) -> bytes:
    """Return a filter of the policy as a classic BPF program for one architecture."""
    policy = tomllib.loads((FOLDER / "policy.toml").read_text(encoding="utf-8"))[name]
    made = pyseccomp.SyscallFilter(_action(policy["otherwise"]))
    made.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    made.set_attr(pyseccomp.Attr.CTL_OPTIMIZE, _BINARY_TREE)
    if pyseccomp.system_arch() != _MACHINES[architecture]:
        made.add_arch(_MACHINES[architecture])
        made.remove_arch(pyseccomp.system_arch())
    for rule in policy.get("allow", []):
        _add(made, pyseccomp.ALLOW, rule)
    for rule in policy.get("refuse", []):
        _add(made, _action(rule["error"]), rule)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()


def _action(name: str) -> int:
    return pyseccomp.ALLOW if name == "allow" else pyseccomp.ERRNO(getattr(errno, name))


def _add(made: pyseccomp.SyscallFilter, action: int, rule: Toml) -> None:
    """Add a rule for each of its calls, once for each value that its argument may have."""
    conditions: list[list[pyseccomp.Arg]] = [[]]
    if "equals" in rule:
        mask = rule.get("mask", 0xFFFFFFFF)
        conditions = [[pyseccomp.Arg(rule["argument"], pyseccomp.MASKED_EQ, mask, value)] for value in rule["equals"]]
    for call in rule["calls"]:
        for condition in conditions:
            made.add_rule(action, call, *condition)


if __name__ == "__main__":
    for filter_name in FILTERS:
        for machine in ARCHITECTURES:
            program_path(filter_name, machine).write_bytes(compiled(filter_name, machine))

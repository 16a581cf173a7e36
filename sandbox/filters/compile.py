"""Compiles `policy.toml` for every architecture with libseccomp: `python -m sandbox.filters.compile`.

Only who changes the policy needs libseccomp; sessions use the compiled programs.
"""

import errno
import tempfile
import tomllib
from itertools import product
from typing import Any

import pyseccomp

from sandbox.filters import ARCHITECTURES, FILTERS, FOLDER, program_path

_MACHINES = {"x86_64": pyseccomp.Arch.X86_64, "aarch64": pyseccomp.Arch.AARCH64}
# A tree of comparisons instead of a chain: some 250 calls are told apart.
_BINARY_TREE = 2
# Integers are half of a register; what lies above is not the kernel's business, nor ours.
_WHOLE_WORD = 0xFFFFFFFF

Toml = dict[str, Any]


def compiled(name: str, architecture: str) -> bytes:
    """Return a filter of the policy as a classic BPF program for one architecture."""
    policy = _policy(name)
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


def _policy(name: str) -> Toml:
    """Return a filter's rules; one that is like another allows more, and refuses the less."""
    policies = tomllib.loads((FOLDER / "policy.toml").read_text(encoding="utf-8"))
    own = policies[name]
    if "like" not in own:
        return own
    base, allowed = policies[own["like"]], own["allow"]
    freed = {call for rule in allowed for call in rule["calls"]}
    kept = [{**rule, "calls": [call for call in rule["calls"] if call not in freed]} for rule in base["refuse"]]
    return {**base, "allow": base["allow"] + allowed, "refuse": kept}


def _action(name: str) -> int:
    return pyseccomp.ALLOW if name == "allow" else pyseccomp.ERRNO(getattr(errno, name))


def _add(made: pyseccomp.SyscallFilter, action: int, rule: Toml) -> None:
    """Add a rule for each of its calls, once for each way of choosing values for its arguments."""
    mask = rule.get("mask", _WHOLE_WORD)
    places = [[(int(place), value) for value in values] for place, values in rule.get("where", {}).items()]
    for call, chosen in product(rule["calls"], product(*places)):
        made.add_rule(
            action, call, *(pyseccomp.Arg(place, pyseccomp.MASKED_EQ, mask, value) for place, value in chosen)
        )


if __name__ == "__main__":
    for filter_name in FILTERS:
        for machine in ARCHITECTURES:
            program_path(filter_name, machine).write_bytes(compiled(filter_name, machine))

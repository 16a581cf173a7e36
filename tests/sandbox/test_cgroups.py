"""Control groups: version 2 on a folder that behaves like one, version 1 where this machine lets us write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import cgroups
from sandbox.cgroups import GroupV1, GroupV2, find
from sandbox.errors import SandboxError


@pytest.fixture
def group(tmp_path: Path) -> GroupV2:
    """Make the files that the kernel would show for a group of version 2."""
    for name, text in {
        "memory.current": "10485760\n",
        "memory.events": "low 0\nhigh 0\nmax 3\noom 1\noom_kill 1\n",
        "cpu.stat": "usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n",
    }.items():
        (tmp_path / name).write_text(text)
    return GroupV2(tmp_path)


def test_limits_of_version_2_close_swap_and_leave_room_for_init(group, tmp_path):
    """The submission's limit is what it may use beside the processes that are ours."""
    group.limit(memory_mib=100, processes=10)
    assert int((tmp_path / "memory.max").read_text()) > 100 << 20
    assert (tmp_path / "memory.swap.max").read_text() == "0"
    assert int((tmp_path / "pids.max").read_text()) > 10


def test_version_2_measures_from_the_run_s_beginning(group, tmp_path):
    """What a former run used, and whom the kernel killed then, is not this one's."""
    group.begin()
    assert (group.cpu_seconds, group.peak_mib, group.is_out_of_memory) == (0, 0, False)
    (tmp_path / "cpu.stat").write_text("usage_usec 4000000\n")
    (tmp_path / "memory.current").write_text(str(30 << 20))
    assert group.cpu_seconds == pytest.approx(1.5)
    assert group.peak_mib == pytest.approx(20)
    (tmp_path / "memory.current").write_text(str(15 << 20))
    assert group.peak_mib == pytest.approx(20)
    (tmp_path / "memory.events").write_text("oom_kill 2\n")
    assert group.is_out_of_memory


def test_version_2_steps_aside_to_hand_controllers_on(tmp_path):
    """A group with processes of its own cannot have children with controllers."""
    own = tmp_path / "user.slice"
    own.mkdir()
    (own / "cgroup.subtree_control").write_text("")
    made = cgroups._version_2(tmp_path, {"": "user.slice"})
    assert (own / "judge" / "cgroup.procs").read_text() == str(os.getpid())
    assert (own / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert made.version == "cgroup v2"


def test_groups_of_dead_judges_are_swept(tmp_path):
    """A judge that was killed leaves empty groups; a living one's stay."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f"judge-{dead.pid}-0").mkdir()
    (tmp_path / f"judge-{os.getpid()}-0").mkdir()
    (tmp_path / "judge-other").mkdir()
    cgroups._sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"judge-{os.getpid()}-0", "judge-other"]


def test_a_hierarchy_that_shows_only_our_group_is_its_own_base(tmp_path):
    """In a container our path is that of the machine, and is not there."""
    (tmp_path / "ours").mkdir()
    assert cgroups._base(tmp_path, "ours") == tmp_path / "ours"
    assert cgroups._base(tmp_path, "docker/4711") == tmp_path


def test_own_paths_are_read_for_both_versions(tmp_path):
    """The table names several controllers in one line, and version 2 by an empty name."""
    table = tmp_path / "cgroup"
    table.write_text("4:memory:/judge\n2:cpu,cpuacct:/\n0::/user.slice\n")
    assert cgroups._own_paths(str(table)) == {"memory": "judge", "cpu": "", "cpuacct": "", "": "user.slice"}


def test_without_any_hierarchy_there_are_no_groups(tmp_path):
    """Then limits are those of single processes."""
    assert find(tmp_path) is None


def test_a_group_that_cannot_be_made_is_the_sandboxs_failure(tmp_path):
    """The message says so."""
    found = cgroups.Cgroups("cgroup v2", lambda name: GroupV2(tmp_path / "nowhere" / name))
    with pytest.raises(SandboxError, match="control group cannot be made"):
        found.make(64, 8)


@pytest.mark.skipif(find() is None, reason="no control groups are ours on this machine")
def test_a_real_group_counts_a_process_and_is_removed():
    """CPU time and memory of a process in it are seen from outside, and nothing stays behind."""
    found = find()
    assert found is not None
    made = found.make(memory_mib=256, processes=8)
    try:
        made.begin()
        code = "import sys; sys.stdin.read(1); x = b'x' * (64 << 20); t = sum(i * i for i in range(10**6)); print(t)"
        process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        made.add(process.pid)
        process.communicate(b"1")
        assert made.cpu_seconds > 0.01
        assert not made.is_out_of_memory
        if isinstance(made, GroupV1):
            assert made.peak_mib > 60
    finally:
        made.remove()
    folders = made.folders.values() if isinstance(made, GroupV1) else [made.folder]
    assert not any(folder.exists() for folder in folders)

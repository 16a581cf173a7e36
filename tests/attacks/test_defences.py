"""Every defence bears load: with it switched off, an attack no longer gets the verdict of its folder.

What runs inside a jail is switched off in a copy of the judge's files that is
mounted in place of them; what is done from outside, where it is done.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from judge.catalogue import Catalogue
from judge.judging import Judge, Submission
from judge.problem import Problem
from judge.verdict import Verdict
from sandbox import bubblewrap, library, local
from sandbox.broker import Broker
from sandbox.bubblewrap import Bubblewrap
from sandbox.mounts import with_requirements
from sandbox.walls import candidates

HERE = Path(__file__).parent
NAMESPACES = "0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000"

Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Defence:
    """A defence, an attack that only it holds, and how it is switched off: inside by new text, outside by a patch."""

    name: str
    attack: str
    inside: tuple[tuple[str, str, str], ...] = ()
    outside: tuple[Patch, ...] = field(default=())


def session_with(**changes: Any) -> Patch:
    """Return a patch of what a session is told."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        usual = bubblewrap.session_config
        monkeypatch.setattr(bubblewrap, "session_config", lambda limits, **jail: {**usual(limits, **jail), **changes})

    return patch


def without_rlimit(name: str) -> Patch:
    """Return a patch that leaves out a limit of single processes."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        usual = bubblewrap.session_config

        def changed(limits: Any, **jail: Any) -> Any:
            session = usual(limits, **jail)
            others = {key: old for key, old in session["rlimits"].items() if key != name}
            return {**session, "rlimits": others}

        monkeypatch.setattr(bubblewrap, "session_config", changed)

    return patch


def no_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find no control groups."""
    monkeypatch.setattr(bubblewrap.cgroups, "find", lambda: None)


def no_sampling(monkeypatch: pytest.MonkeyPatch) -> None:
    """See no memory from outside."""
    usual = local.consumption
    monkeypatch.setattr(local, "consumption", lambda pids, _=0.0: replace(usual(pids), memory_mib=0.0))


def no_output_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs print without end."""
    monkeypatch.setattr(local.LocalRun, "_read_output", lambda _: None)


def shared_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the outer jail in the machine's network."""
    usual = bubblewrap._namespaces
    monkeypatch.setattr(bubblewrap, "_namespaces", lambda: [o for o in usual() if o != "--unshare-net"])


def visible_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bind the folder that holds the suite."""
    usual, folder = bubblewrap._filesystem, str(Catalogue().problem("kmeans").folder)
    monkeypatch.setattr(bubblewrap, "_filesystem", lambda wanted: ["--ro-bind", folder, "/problem", *usual(wanted)])


def scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mount scikit-learn for everyone."""
    usual, more = bubblewrap._filesystem, with_requirements("scikit-learn")
    monkeypatch.setattr(bubblewrap, "_filesystem", lambda wanted: usual(replace(wanted, distributions=more)))


INIT, KERNEL, ZYGOTE = "jail/init.py", "jail/kernel.py", "jail/zygote.py"
UNFILTERED = (INIT, "if jail_filter:", "if False:")
DEFENCES = [
    Defence("system call filter", "RTE/unshares_namespaces", (UNFILTERED,)),
    Defence("system call filter, for what outlives a run", "RTE/leaves_a_message", (UNFILTERED,)),
    Defence("system call filter, for the process that starts runs", "RTE/limits_its_parent", (UNFILTERED,)),
    Defence(
        "network namespaces",
        "RTE/lists_network_interfaces",
        ((KERNEL, NAMESPACES, NAMESPACES.removesuffix(" | 0x40000000")),),
        (shared_network,),
    ),
    Defence(
        "process namespace",
        "RTE/kills_everything",
        (
            (KERNEL, NAMESPACES, NAMESPACES.replace(" | 0x20000000", "")),
            (ZYGOTE, 'kernel.mount("proc", "/proc")\n            init', "init"),
        ),
    ),
    Defence("mount namespace", "RTE/finds_the_suite", outside=(visible_problem,)),
    Defence(
        "dropped capabilities", "RTE/takes_capabilities", ((INIT, "kernel.drop_capabilities()", "pass"), UNFILTERED)
    ),
    Defence(
        "unreadable first process",
        "RTE/reads_its_parents_memory",
        ((INIT, "kernel.set_dumpable(value=False)", "kernel.set_dumpable(value=True)"),),
    ),
    Defence(
        "closed control socket",
        "RTE/scans_its_descriptors",
        ((INIT, "for descriptor in own:", "for descriptor in ():"),),
    ),
    Defence(
        "emptied folders",
        "RTE/leaves_a_file",
        ((INIT, "for _ in range(2):", "for _ in ():"), (INIT, "return not os.listdir(folder)", "return True")),
    ),
    Defence("folders without marks", "RTE/leaves_a_mark_on_its_folder", ((INIT, "os.utime(folder, (0, 0))", "pass"),)),
    Defence(
        "death of what is left over",
        "RTE/daemon_that_goes_on",
        (
            (INIT, "_kill_all()\n        _, status", "os.kill(self.pid, 9)\n        _, status"),
            (
                INIT,
                "while True:\n                _kill_all()\n                os.wait()",
                "while os.waitpid(-1, 1)[0]:\n                pass",
            ),
        ),
    ),
    Defence("size of folders", "RTE/fills_the_disk", outside=(session_with(disk_mib=1 << 14), no_groups)),
    Defence("number of files", "RTE/many_small_files", outside=(session_with(files=1 << 30), no_groups)),
    Defence(
        "size of a file", "RTE/one_big_file", outside=(without_rlimit("RLIMIT_FSIZE"), session_with(disk_mib=1 << 14))
    ),
    Defence("number of processes", "RTE/fork_bomb", outside=(without_rlimit("RLIMIT_NPROC"), no_groups, no_sampling)),
    Defence(
        "memory of one process",
        "MLE/two_gigabytes",
        ((INIT, 'self._session["memory"],', "(1 << 44),"),),
        (no_groups, no_sampling),
    ),
    Defence("memory of all processes", "MLE/many_processes", outside=(no_groups, no_sampling)),
    Defence("memory that no process has mapped", "MLE/hoards_in_memory_files", (UNFILTERED,), (no_groups,)),
    Defence("amount of output", "OLE/floods_from_a_child", outside=(no_output_cap,)),
    Defence("absence of other libraries", "CE/imports_scikit_learn", outside=(scikit_learn,)),
]


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda defence: defence.name)
def test_without_it_an_attack_is_not_held(
    defence: Defence,
    strict_kmeans: Problem,
    text_of: Callable[[Path], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same attack gets its folder's verdict in `test_attacks.py`, where the defence is on."""
    for patch in (inside(defence, tmp_path), *defence.outside):
        patch(monkeypatch)
    source = text_of(HERE / f"{defence.attack}.py")
    assert verdict_of(source, strict_kmeans) is not Verdict(defence.attack.partition("/")[0])


def inside(defence: Defence, folder: Path) -> Patch:
    """Return a patch that mounts the judge's files with a defence taken out of their text."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        for path in library.paths():
            (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
        for name, old, new in defence.inside:
            text = (folder / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{name} no longer says {old!r}"
            (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        entries = tuple((str(folder / path.name), f"sandbox/{path.name}") for path in library.paths())
        monkeypatch.setattr(bubblewrap, "library_entries", lambda: entries)

    return patch


def verdict_of(source: str, problem: Problem) -> Verdict:
    """Judge a source on a sandbox of its own."""
    broker = Broker(Bubblewrap(candidates()[0]))
    try:
        with Judge(broker) as judge:
            return judge.judge(Submission(problem, source, 0, groups=("sample", "edge"))).verdict
    finally:
        broker.close()

"""The compiled filters, run by an interpreter of classic BPF: which system calls pass, which fail and how."""

import errno
import platform
import struct
from dataclasses import dataclass

import pytest

from sandbox.filters import ARCHITECTURES, FILTERS, is_supported, program_path
from sandbox.filters.compile import compiled

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000

CLONE_THREAD_FLAGS = 0x003D0F00  # what pthread_create asks for: VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, …
FORK_FLAGS = 0x01200011  # what fork asks for: CHILD_CLEARTID, CHILD_SETTID and SIGCHLD
VFORK_FLAGS = 0x00004111  # what posix_spawn asks for: VM, VFORK and SIGCHLD
NAMESPACES = {
    "NEWNS": 0x00020000,
    "NEWCGROUP": 0x02000000,
    "NEWUTS": 0x04000000,
    "NEWIPC": 0x08000000,
    "NEWUSER": 0x10000000,
    "NEWPID": 0x20000000,
    "NEWNET": 0x40000000,
}
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK = 1, 2, 10, 16, 17, 40


@dataclass(frozen=True)
class Machine:
    """An architecture by the kernel's own tables, written down a second time."""

    audit: int
    numbers: dict[str, int]


# arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
MACHINES = {
    "x86_64": Machine(
        0xC000003E,
        {"read": 0, "write": 1, "mmap": 9, "ioctl": 16, "madvise": 28, "getpid": 39, "socket": 41, "sendmsg": 46}
        | {"recvmsg": 47, "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62}
        | {"ptrace": 101, "syslog": 103, "personality": 135, "pivot_root": 155, "prctl": 157, "chroot": 161}
        | {"mount": 165, "umount2": 166, "swapon": 167, "reboot": 169, "sethostname": 170, "iopl": 172, "ioperm": 173}
        | {"init_module": 175, "futex": 202, "exit_group": 231, "mbind": 237, "kexec_load": 246, "add_key": 248}
        | {"request_key": 249, "keyctl": 250, "openat": 257, "unshare": 272, "perf_event_open": 298}
        | {"open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312}
        | {"finit_module": 313, "seccomp": 317, "getrandom": 318, "memfd_create": 319, "kexec_file_load": 320}
        | {"bpf": 321, "userfaultfd": 323},
    ),
    "aarch64": Machine(
        0xC00000B7,
        {"ioctl": 29, "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "openat": 56, "read": 63}
        | {"write": 64, "personality": 92, "exit_group": 94, "unshare": 97, "futex": 98, "kexec_load": 104}
        | {"init_module": 105, "syslog": 116, "ptrace": 117, "kill": 129, "reboot": 142, "sethostname": 161}
        | {"prctl": 167, "getpid": 172, "socket": 198, "socketpair": 199, "sendmsg": 211, "recvmsg": 212}
        | {"add_key": 217, "request_key": 218, "keyctl": 219, "clone": 220, "execve": 221, "mmap": 222, "swapon": 224}
        | {"madvise": 233, "mbind": 235, "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268}
        | {"process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "finit_module": 273, "seccomp": 277}
        | {"getrandom": 278, "memfd_create": 279, "bpf": 280, "userfaultfd": 282, "kexec_file_load": 294},
    ),
}
# From 424 on, all architectures share their numbers.
SHARED = {"pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427}
SHARED |= {"open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433}
SHARED |= {"pidfd_open": 434, "clone3": 435, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442}

FREE = ["read", "write", "mmap", "madvise", "getpid", "sendmsg", "recvmsg", "execve", "kill"]
FREE += ["futex", "exit_group", "openat", "getrandom"]
DENIED = ["ptrace", "syslog", "personality", "pivot_root", "chroot", "mount", "umount2", "swapon", "reboot"]
DENIED += ["sethostname", "init_module", "finit_module", "kexec_load", "kexec_file_load", "mbind", "add_key"]
DENIED += ["request_key", "keyctl", "unshare", "setns", "perf_event_open", "open_by_handle_at", "process_vm_readv"]
DENIED += ["process_vm_writev", "kcmp", "bpf", "userfaultfd", "memfd_create"]
DENIED += [name for name in SHARED if name != "clone3"]
TIOCSTI, TIOCLINUX, TCGETS = 0x5412, 0x541C, 0x5401


def run(program: bytes, number: int, arguments=(), *, audit: int) -> int:
    """Interpret a program on one system call (`struct seccomp_data`) and return what it answers."""
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=IIQ6Q", number & 0xFFFFFFFF, audit, 0, *padded)
    instructions = list(struct.iter_unpack("=HBBI", program))
    accumulator, place = 0, 0
    while True:
        code, if_true, if_false, value = instructions[place]
        place += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", data, value)
            case 0x15:
                place += if_true if accumulator == value else if_false
            case 0x35:
                place += if_true if accumulator >= value else if_false
            case 0x25:
                place += if_true if accumulator > value else if_false
            case 0x45:
                place += if_true if accumulator & value else if_false
            case 0x54:
                accumulator &= value
            case 0x05:
                place += value
            case 0x06:
                return value
            case _:
                raise AssertionError(f"instruction {code:#x} is not one that the filters need")


@dataclass(frozen=True)
class Filter:
    """A program on one machine, asked by the names of system calls."""

    machine: Machine
    program: bytes

    def on(self, name: str, *arguments: int) -> int:
        return run(self.program, (self.machine.numbers | SHARED)[name], arguments, audit=self.machine.audit)

    def on_number(self, number: int) -> int:
        return run(self.program, number, audit=self.machine.audit)


def made_for(architecture: str, name: str) -> Filter:
    return Filter(MACHINES[architecture], program_path(name, architecture).read_bytes())


@pytest.fixture(params=ARCHITECTURES)
def jail(request) -> Filter:
    return made_for(request.param, "jail")


@pytest.fixture(params=ARCHITECTURES)
def timed(request) -> Filter:
    return made_for(request.param, "timed")


@pytest.fixture(params=[(architecture, name) for architecture in ARCHITECTURES for name in FILTERS], ids=str)
def either(request) -> Filter:
    return made_for(*request.param)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_compiled_filters_are_those_of_the_policy(architecture, name):
    """Who changes the policy compiles it: `make filters`."""
    assert program_path(name, architecture).read_bytes() == compiled(name, architecture)


@pytest.mark.parametrize("name", DENIED)
def test_a_denied_call_is_not_permitted(jail, name):
    """Whatever its arguments, a call of the list fails with EPERM."""
    assert jail.on(name) == ERRNO | errno.EPERM
    assert jail.on(name, *[2**64 - 1] * 6) == ERRNO | errno.EPERM


@pytest.mark.parametrize("name", FREE)
def test_ordinary_calls_pass_both_filters(either, name):
    """What NumPy and the interpreter live on is allowed."""
    assert either.on(name) == ALLOW
    assert either.on(name, *[2**64 - 1] * 6) == ALLOW


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_grader_may_do_one_thing_more_than_a_run(architecture):
    """It makes the files that large requests cross in; whatever else a run is refused, a grader is."""
    grader, jail = made_for(architecture, "grader"), made_for(architecture, "jail")
    differing = [number for number in range(1024) if grader.on_number(number) != jail.on_number(number)]
    assert differing == [grader.machine.numbers["memfd_create"]]
    assert grader.on("memfd_create") == ALLOW


@pytest.mark.parametrize("name", ["iopl", "ioperm"])
def test_ports_are_out_of_reach_on_x86(name):
    """The two calls that only x86 has are denied there."""
    assert made_for("x86_64", "jail").on(name) == ERRNO | errno.EPERM


def test_clone3_seems_not_to_exist(jail):
    """ENOSYS makes libc fall back to clone, whose flags can be read; EPERM would break threads."""
    assert jail.on("clone3") == ERRNO | errno.ENOSYS


@pytest.mark.parametrize("flag", NAMESPACES.values(), ids=NAMESPACES)
@pytest.mark.parametrize("others", [0, FORK_FLAGS, CLONE_THREAD_FLAGS])
def test_clone_makes_no_namespace(jail, flag, others):
    """One namespace flag among any others is enough to be refused."""
    assert jail.on("clone", flag | others) == ERRNO | errno.ENOSYS


@pytest.mark.parametrize("flags", [FORK_FLAGS, VFORK_FLAGS, CLONE_THREAD_FLAGS])
def test_a_jail_can_fork_and_start_threads(jail, flags):
    """Processes and threads without namespaces of their own are allowed; their number has a limit elsewhere."""
    assert jail.on("clone", flags) == ALLOW


@pytest.mark.parametrize("family", [0, AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK, 2**32 - 1])
def test_no_socket_can_be_made_that_reaches_others(jail, family):
    """Every address family is unknown in a jail; connected pairs are made by another call."""
    assert jail.on("socket", family, 1, 0) == ERRNO | errno.EAFNOSUPPORT


def test_a_process_decides_for_itself_only(jail):
    """The process that starts runs has the same user, so limits and priorities of others are out of reach."""
    numbers = {"x86_64": {"setpriority": 141, "prlimit64": 302, "sched_setaffinity": 203}}
    numbers["aarch64"] = {"setpriority": 140, "prlimit64": 261, "sched_setaffinity": 122}
    own = next(numbers[name] for name, machine in MACHINES.items() if machine is jail.machine)

    def answer(name, *arguments):
        return run(jail.program, own[name], arguments, audit=jail.machine.audit)

    assert answer("prlimit64", 0, 7) == answer("sched_setaffinity", 0) == answer("setpriority", 0, 0, 5) == ALLOW
    for arguments in ((1, 7), (2**32 - 1, 7)):
        assert answer("prlimit64", *arguments) != ALLOW
        assert answer("sched_setaffinity", *arguments) != ALLOW
    for arguments in ((0, 1, 5), (1, 0, 5), (2, 0, 5)):
        assert answer("setpriority", *arguments) != ALLOW


def test_pairs_of_sockets_are_local(jail):
    """Other kinds would load kernel modules."""
    assert jail.on("socketpair", AF_UNIX, 1, 0) == ALLOW
    assert jail.on("socketpair", AF_INET, 1, 0) == ERRNO | errno.ENOSYS


@pytest.mark.parametrize("request_code", [TIOCSTI, TIOCLINUX, TIOCSTI | 1 << 32, 0])
def test_nothing_is_typed_into_a_terminal(jail, request_code):
    """Requests that feed a terminal are not among the few that pass, with rubbish in the upper half neither."""
    assert jail.on("ioctl", 0, request_code) == ERRNO | errno.ENOSYS
    assert jail.on("ioctl", TIOCSTI, TCGETS) == ALLOW


@pytest.mark.parametrize(
    ("option", "passes"), [(15, True), (4, True), (22, True), (24, False), (47, False), (1, False)]
)
def test_a_process_changes_little_about_itself(jail, option, passes):
    """Its name and a stricter filter, but neither capabilities nor how it dies."""
    assert jail.on("prctl", option) == (ALLOW if passes else ERRNO | errno.ENOSYS)


def test_a_foreign_architecture_is_killed(either):
    """A call by another architecture's numbers, such as 32-bit x86, ends the process."""
    others = [0x40000003, 0x40000028, 0, *(m.audit for m in MACHINES.values() if m is not either.machine)]
    for audit in others:
        assert run(either.program, either.machine.numbers["read"], audit=audit) == KILL


@pytest.mark.parametrize("name", FILTERS)
def test_the_x32_numbers_end_the_process(name):
    """The second set of numbers on x86-64, through which the list could be passed by, is a foreign architecture."""
    made = made_for("x86_64", name)
    for number in (0x40000000, 0x40000000 + 101, 0x40000000 + 520):
        assert made.on_number(number) == KILL


def test_a_timed_run_can_start_threads(timed):
    """A clone that shares the process is allowed."""
    assert timed.on("clone", CLONE_THREAD_FLAGS) == ALLOW


@pytest.mark.parametrize("flags", [0, FORK_FLAGS, VFORK_FLAGS, 0xFFFEFFFF])
def test_a_timed_run_can_start_no_process(timed, flags):
    """A clone without CLONE_THREAD fails as if there were too many processes."""
    assert timed.on("clone", flags) == ERRNO | errno.EAGAIN


@pytest.mark.parametrize("name", ["fork", "vfork"])
def test_the_old_ways_to_fork_are_closed_in_a_timed_run(name):
    """fork and vfork, which only x86 has, fail as if there were too many processes; a plain jail allows them."""
    assert made_for("x86_64", "timed").on(name) == ERRNO | errno.EAGAIN
    assert made_for("x86_64", "jail").on(name) == ALLOW


def test_every_path_of_a_filter_ends(either):
    """The kernel takes a program only if it jumps forward, inside itself, and ends with a return."""
    instructions = list(struct.iter_unpack("=HBBI", either.program))
    assert len(instructions) <= 4096
    assert instructions[-1][0] == 0x06
    for place, (code, if_true, if_false, value) in enumerate(instructions):
        if code == 0x05:
            assert place + 1 + value < len(instructions)
        elif code & 0x07 == 0x05:
            assert place + 1 + max(if_true, if_false) < len(instructions)
        if code == 0x20:
            assert value % 4 == 0
            assert value < 64


def test_every_number_ends_in_a_known_answer(jail):
    """No system call falls through to an answer that is neither allowed nor an error of the list."""
    answers = {jail.on_number(number) for number in range(512)}
    assert answers == {ALLOW, *(ERRNO | e for e in (errno.EPERM, errno.ENOSYS, errno.EAFNOSUPPORT, errno.ENOLCK))}


def test_calls_of_newer_kernels_are_closed(jail):
    """It is a list of what passes: a call that nobody had thought of seems not to exist."""
    assert {jail.on_number(number) for number in range(452, 1024)} == {ERRNO | errno.ENOSYS}


@pytest.mark.parametrize(("name", "has_one"), [("x86_64", True), ("aarch64", True), ("riscv64", False), ("", False)])
def test_other_architectures_have_no_filter(monkeypatch, name, has_one):
    """Where no filter is known, that is said instead of leaving the jail open."""
    monkeypatch.setattr(platform, "machine", lambda: name)
    assert is_supported() is has_one

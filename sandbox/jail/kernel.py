"""The kernel's calls that the standard library does not offer, through libc."""

import ctypes
import os
import resource
import signal

NEW_NAMESPACES = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
"""CLONE_NEW{NS,UTS,IPC,USER,PID,NET}, see `man 2 clone`."""

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER = 1, 4, 22, 36
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION_3 = 0x20080522

_CLONE = {"x86_64": 56, "aarch64": 220}

_libc = ctypes.CDLL(None, use_errno=True)
# Keeps hold of the interpreter's lock, which a fork must not lose.
_python = ctypes.PyDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def _prctl(what: str, option: int, *arguments: object) -> None:
    padding = (0,) * (4 - len(arguments))
    _check(_libc.prctl(option, *arguments, *padding), what)


def fork_into(namespaces: int) -> int:
    """Fork a child that is the first process of new namespaces; return as `os.fork` does.

    By `unshare` a process would have to fork twice, each time copying the page
    tables of the whole interpreter. The C library is not told of this fork; all
    that it would note is the child's thread id, which is 1 before and after when
    the first process of one namespace forks that of another.
    """
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = _python.syscall(_CLONE[os.uname().machine], namespaces | signal.SIGCHLD, 0, 0, 0, 0)
    error = ctypes.get_errno()
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(error, f"clone: {os.strerror(error)}")
    return pid


def map_user(process: int | str, inside: int, user: int, group: int) -> None:
    """Map the one user, and its group, that are known in a process's user namespace to those outside."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{inside} {user} 1"), ("gid_map", f"{inside} {group} 1")):
        file = os.open(f"/proc/{process}/{name}", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)


def own_mounts() -> None:
    """Move this process, of one thread, into namespaces where it may mount without being root; its user stays."""
    user, group = os.geteuid(), os.getegid()
    _check(_libc.unshare(_NEW_MOUNTS | _NEW_USER), "unshare")
    map_user("self", user, user, group)


def mount(kind: str, target: str, options: str = "") -> None:
    """Mount a fresh file system that holds no program and no device."""
    flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    names = [text.encode() for text in (kind, target, kind)]
    _check(_libc.mount(*names, flags, options.encode()), f"mount {target}")


def die_with_parent() -> None:
    """Have this process killed when its parent dies."""
    _prctl("PR_SET_PDEATHSIG", _PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of all descendants whose own parent dies."""
    _prctl("PR_SET_CHILD_SUBREAPER", _PR_SET_CHILD_SUBREAPER, 1)


def set_dumpable(*, value: bool) -> None:
    """Let processes of the same user read this one's memory, or not."""
    _prctl("PR_SET_DUMPABLE", _PR_SET_DUMPABLE, int(value))


def drop_capabilities() -> None:
    """Give up all capabilities, and every way of gaining privileges by starting a program."""
    _prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)
    _prctl("PR_CAP_AMBIENT", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def read_filter(folder: str, name: str) -> bytes:
    """Return one filter for this machine; an empty one where there is no folder."""
    with open(f"{folder}/{name}-{os.uname().machine}.bpf" if folder else os.devnull, "rb") as program:
        return program.read()


def install_filter(program: bytes) -> None:
    """Put this process under a system call filter, a classic BPF program, for good."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    _prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)
    argument = ctypes.byref(Program(len(program) // 8, program))
    _prctl("PR_SET_SECCOMP", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, argument)


def address_space() -> int:
    """Return the bytes of address space that this process has in use."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()

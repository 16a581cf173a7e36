"""Errors of the sandbox itself.

BaseException
└── SandboxError          the sandbox failed; never the submission's fault
Exception
└── WireError             bytes that are not a frame of the protocol

`SandboxError` derives from `BaseException` so that a search for failing inputs
never takes a broken sandbox for a failing input.
"""


class SandboxError(BaseException):
    """The sandbox could not do its work; the message says what to do about it."""


class WireError(Exception):
    """A frame was malformed, too large, or of a kind that is not allowed."""

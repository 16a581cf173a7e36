"""What can be wrong with a request; `api.app` writes each as an RFC 9457 problem document.

JudgeError
└── UsageError
    └── RequestError     refused, with an HTTP status
"""

from judge.errors import UsageError


class RequestError(UsageError):
    """A request that is refused; the message says why and what to do."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        """Refuse with a status; `headers` go along, underscores for hyphens."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

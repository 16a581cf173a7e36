"""What can be wrong with a service.

JudgeError
└── ServiceError     it cannot be reached, refuses for a reason of its own, or sends what is not understood
"""

from judge.errors import JudgeError


class ServiceError(JudgeError):
    """The service did not do its part; the message says what to do."""

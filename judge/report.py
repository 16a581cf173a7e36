"""What the judge says about a submission: plain data that every door shows and every format is made from.

`Report.from_json` checks what a grader sends, so that a door never works on
something half right. Values inside transcripts are the JSON of `judge.values`.
"""

import math
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from judge.errors import JudgeError
from judge.verdict import Verdict

SCHEMA_VERSION = 1

Json = Any
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Agreement:
    """The largest error of a compared quantity, in units where `tolerance` is allowed."""

    error: float
    tolerance: float
    quantity: str


@dataclass(frozen=True, slots=True)
class Race:
    """CPU time of the submission over the rival's, with a 95 % interval, and what is allowed."""

    ratio: float
    low: float
    high: float
    limit: float


@dataclass(frozen=True, slots=True)
class MetricScore:
    """A metric on hidden data, beside what the baseline and the reference reach.

    `share` is how much of the way from the baseline to the reference it came, and `needed` how much is asked for.
    `n_samples` counts the samples that it was measured on; older reports do not tell, and have 1.
    """

    metric: str
    value: float
    baseline: float
    reference: float
    share: float
    needed: float
    n_samples: int = 1

    @property
    def credit(self) -> float:
        """Return the share of a case's points that it is worth, from 0 to 1."""
        return min(max(self.share, 0.0), 1.0)

    @property
    def words(self) -> str:
        """Return it as a line to be shown."""
        return (
            f"{self.metric} {self.value:.4g}, reference {self.reference:.4g}, baseline {self.baseline:.4g}: "
            f"{self.credit:.0%} of the way, {self.needed:.0%} asked for"
        )


@dataclass(frozen=True, slots=True)
class TracebackLine:
    """One line of the submission in a traceback."""

    line: int
    function: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What came of one case; `transcript` and what follows it are empty where they are withheld.

    `agreement` is the comparison nearest to its tolerance; `agreements` has one
    of every quantity, where a request asks for them. `metric` belongs to cases
    that are scored, and is told where values are withheld too.
    """

    name: str
    title: str
    group: str
    verdict: Verdict
    points: float
    max_points: float
    seconds: float = 0.0
    memory_mib: float = 0.0
    message: str = ""
    hint: str = ""
    agreement: Agreement | None = None
    race: Race | None = None
    traceback: tuple[TracebackLine, ...] = ()
    printed: str = ""
    inputs: str = ""
    expected: Json = None
    transcript: tuple[Json, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    metric: MetricScore | None = None


@dataclass(frozen=True, slots=True)
class SandboxFacts:
    """How the submission was kept from the machine; `limits` says what held all its processes together to limits."""

    name: str
    isolated: bool
    limits: str


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """The safety limits that held, `scale` times the problem's own on a slow machine."""

    wall_seconds: float
    cpu_seconds: float
    memory_mib: int
    scale: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A known mistake that answers like the submission."""

    mistake: str
    explanation: str
    case: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A case drawn from the submission's answers and from the right ones: PNG images in base64."""

    case: str
    title: str
    actual: str
    expected: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer."""

    problem: str
    verdict: Verdict
    score: float
    max_score: float
    seed: int
    feedback: str
    message: str
    sandbox: SandboxFacts
    limits: LimitFacts
    cases: tuple[CaseReport, ...]
    diagnosis: Diagnosis | None = None
    drawing: Drawing | None = None
    versions: dict[str, str] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def to_json(self) -> Json:
        """Return the report as one JSON document."""
        return as_json(self)

    @classmethod
    def from_json(cls, document: Json) -> "Report":
        """Check a document and return its report; raise JudgeError where it is none."""
        report = _checked(document, cls)
        if not (math.isfinite(report.score) and math.isfinite(report.max_score)):
            raise JudgeError("a score must be a finite number")
        if report.schema_version != SCHEMA_VERSION:
            raise JudgeError(f"a report of schema {report.schema_version} cannot be read here; {SCHEMA_VERSION} can")
        return report


def as_json(told: object) -> Json:
    """Return dataclasses as JSON holds them, without the copies that `asdict` makes; numbers may be NumPy's."""
    return msgspec.to_builtins(told, enc_hook=lambda number: number.item())


def case_from_json(document: Json) -> CaseReport:
    """Check one case's document; raise JudgeError where it is none."""
    return _checked(document, CaseReport)


def _checked(document: Json, kind: type[T]) -> T:
    try:
        return msgspec.convert(document, kind)
    # Where it wants UTF-8, msgspec raises an error of Python's for lone surrogates.
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise JudgeError(f"this is not a report of schema {SCHEMA_VERSION}: {error}") from error

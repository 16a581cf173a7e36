"""Grades one submission in the grader: its cases in order, their verdicts and explanations."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from judge.attempts import Attempt, Contender, StartsRuns, attempt_case, load_only
from judge.diagnosis import SECONDS, diagnose, known_mistakes
from judge.errors import JudgeError, UsageError, did_you_mean
from judge.explanation import explain
from judge.lanes import Lane, side_by_side
from judge.messages import Request, Runs
from judge.pictures import draw
from judge.race import PATIENCE, RivalFailed, run_race
from judge.report import CaseReport, Diagnosis, Drawing, LimitFacts, MetricScore, Race, as_json
from judge.search import climb, search
from judge.sharing import SharedRun
from judge.suite import Case, Picture, load_suite
from judge.telling import told_of, withheld
from judge.transcript import Transcript
from judge.twins import Comparison, compare
from judge.verdict import Verdict, of_report
from sandbox.contract import Environment, Limits
from sandbox.errors import SandboxError
from sandbox.link import RemoteSession

# Two cases that ran into a limit are enough to know: each costs its whole limit.
_EXHAUSTED_CAP = 2

Json = Any
Emit = Callable[[Json], None]
OpenSession = Callable[[Limits, Environment], RemoteSession]
Done = TypeVar("Done")


@dataclass(slots=True)
class Grading:
    """One submission being graded; `emit` sends progress to the door, `open_session` gives (kept) sessions.

    Cases run side by side in `lanes`; what is timed runs alone, in a kept session.
    """

    request: Request
    emit: Emit
    open_session: OpenSession
    lanes: Sequence[Lane]
    _reports: list[CaseReport] = field(default_factory=list)
    _first_failed: tuple[Case, Attempt] | None = None
    _shared: dict[RemoteSession, SharedRun] = field(default_factory=dict)
    _has_failed: bool = False
    _transcripts: list[Transcript] = field(default_factory=list)

    def grade(self) -> Json:
        """Run the suite and return the report's parts that the grader knows."""
        suite = load_suite(Path(self.request.folder) / "suite.py")
        cases = self._chosen(suite.cases)
        self.emit({"suite": [case.name for case in cases]})
        refusal, verdict = self._load()
        if refusal is not None:
            self._reports = [self._not_run(case, cases) for case in cases]
            return self._report(verdict, refusal, None, None)
        for is_race, together in groupby(cases, key=lambda case: case.limit is not None):
            self._run(list(together), cases, self.lanes[:1] if is_race else self.lanes)
        if self.request.twins:
            self.emit({"compared": as_json(self._compared())})
        verdict = of_report(report.verdict for report in self._reports)
        drawing = self._drawing(suite.picture, cases) if suite.picture and self.request.is_drawn else None
        return self._report(verdict, CaseReport("", "", "", verdict, 0, 0), self._diagnosis(), drawing)

    def _chosen(self, cases: list[Case]) -> list[Case]:
        request = self.request
        chosen = [case for case in cases if case.group in request.groups]
        if request.cases:
            unknown = set(request.cases) - {case.name for case in chosen}
            if unknown:
                near = did_you_mean(min(unknown), [case.name for case in chosen])
                raise UsageError(f"{request.problem} has no case named {min(unknown)}.{near}")
            chosen = [case for case in chosen if case.name in request.cases]
        return chosen

    def _contender(self, runs: StartsRuns, source: str) -> Contender:
        """Return a source that is judged as the submission is."""
        return Contender(runs, source, self.request.problem, self.request.limits.wall_seconds)

    @property
    def _own_runs(self) -> StartsRuns:
        """Return what starts runs in the kept session."""
        return self._runs_of(self.open_session(self.request.limits, self.request.environment))

    def _runs_of(self, session: RemoteSession) -> StartsRuns:
        """Return what starts the runs of a session: itself, or what shares one run among attempts."""
        if self.request.runs is Runs.FRESH:
            return session
        return self._shared.setdefault(session, SharedRun(session))

    def _rival(self) -> Contender:
        request = self.request
        if request.rival is None:
            raise JudgeError(f"{request.folder}: problem.toml has no [rival], but the suite has a race")
        source = (Path(request.folder) / "rival.py").read_text(encoding="utf-8")
        session = self.open_session(request.limits, request.rival)
        return Contender(session, source, "rival", request.limits.wall_seconds)

    def _load(self) -> tuple[CaseReport | None, Verdict]:
        """Load the source once; return what is wrong with it, told as a case, and the verdict."""
        runs = self._own_runs
        attempt, names = _again_if_ours(
            lambda: load_only(self._contender(runs, self.request.source), self.request.seed)
        )
        if isinstance(runs, SharedRun):
            runs.settle(attempt)
        verdict, message = attempt.verdict, explain(attempt, self.request.limits, None)
        if attempt.raised is not None:
            verdict = Verdict.MLE if "MemoryError" in attempt.raised.bases else Verdict.CE
        missing = [name for name in self.request.entry_points if name not in names]
        if verdict is Verdict.AC and missing:
            verdict, message = Verdict.CE, self._missing(missing[0], names)
        if verdict is Verdict.AC:
            return None, verdict
        return replace(told_of(attempt), verdict=verdict, message=message), verdict

    def _missing(self, name: str, names: list[str]) -> str:
        if not names:
            return f"It defines nothing; {name} was asked for."
        near = [other for other in names if other.lower() == name.lower()]
        hint = f" Did you mean {near[0]}?" if near else did_you_mean(name, names)
        return f"It does not define {name}, which the problem asks for.{hint}"

    def _run(self, together: list[Case], cases: list[Case], lanes: Sequence[Lane]) -> None:
        """Attempt cases side by side and report them in their order."""
        outcomes = side_by_side(self._outcome, together, lanes)
        for case in together:
            if not self._is_over:
                self.emit({"started": case.name})
            match next(outcomes):
                # Some may have been tried before it was known that they need not be.
                case _ if self._is_over:
                    self._done(self._not_run(case, cases))
                case str(message):
                    self._done(self._judge_error(case, cases, message))
                case (attempt, race):
                    if attempt.verdict is not Verdict.AC and self._first_failed is None:
                        self._first_failed = (case, attempt)
                    self._done(self._case_report(case, cases, attempt, race))

    @property
    def _is_over(self) -> bool:
        """Tell whether the cases that are left need not be run."""
        reports = self._reports
        if self.request.until_failure and any(report.verdict is not Verdict.AC for report in reports):
            return True
        return sum(r.verdict in (Verdict.TLE, Verdict.MLE) and r.race is None for r in reports) >= _EXHAUSTED_CAP

    def _outcome(self, session: RemoteSession, case: Case) -> tuple[Attempt, Race | None] | str:
        """Attempt a case; return what came of it, or a judge error in words."""
        # A lane begins its next case before the last one is told.
        if self._is_over or (self._has_failed and self.request.until_failure):
            return ""
        try:
            attempt, race = _again_if_ours(lambda: self._attempt(session, case))
        except (JudgeError, SandboxError) as error:
            return str(error)
        except Exception:  # noqa: BLE001 - a crashed check is a judge error, never a verdict
            return "The suite itself failed; this is the judge's fault.\n" + traceback.format_exc(limit=-4)
        self._has_failed |= attempt.verdict is not Verdict.AC
        return attempt, race

    def _judge_error(self, case: Case, cases: list[Case], message: str) -> CaseReport:
        return replace(self._not_run(case, cases), verdict=Verdict.JE, message=message)

    def _attempt(self, session: RemoteSession, case: Case) -> tuple[Attempt, Race | None]:
        runs = self._runs_of(session)
        if case.limit is not None:
            limits, contenders = self._limits_of(case), (self._contender(runs, self.request.source), self._rival())
            mine, rival = (replace(contender, wall_seconds=limits.wall_seconds) for contender in contenders)
            return run_race(mine, rival, case, self.request.seed, limits.cpu_seconds)
        if not isinstance(runs, SharedRun):
            return self._tried(runs, case), None
        # The first failure decides the verdict; the others only tell which cases fail as well.
        is_confirmed = self.request.runs is Runs.CONFIRMED and not self._has_failed
        attempt = runs.attempt(
            lambda chosen: self._tried(chosen, case), is_one_run=case.given is None, is_confirmed=is_confirmed
        )
        return attempt, None

    def _limits_of(self, case: Case) -> Limits:
        """Return a case's limits: a race is about CPU seconds, and may wait for longer."""
        limits = self.request.limits
        return limits if case.limit is None else replace(limits, wall_seconds=PATIENCE * limits.wall_seconds)

    def _tried(self, runs: StartsRuns, case: Case) -> Attempt:
        contender, seed = self._contender(runs, self.request.source), self.request.seed
        if self.request.twins:
            contender = replace(contender, on_calls=self._transcripts.append)
        if case.given is not None:
            return search(contender, case, seed, shrink=self.request.is_explained)
        return climb(contender, case, seed)

    def _compared(self) -> Comparison:
        """Ask the twins what the submission was asked in all cases."""
        session, limits = self.lanes[0].session, self.request.limits
        # One conversation with a twin holds what was many with the submission.
        seconds = limits.wall_seconds * len(self._reports)
        twins = [Contender(session, source, self.request.problem, seconds) for source in self.request.twins]
        return compare(self._transcripts, twins, self.request.seed)

    def _not_run(self, case: Case, cases: list[Case]) -> CaseReport:
        return CaseReport(case.name, case.title, case.group, Verdict.NOT_RUN, 0.0, self._worth(case, cases))

    def _worth(self, case: Case, cases: list[Case]) -> float:
        """Share a group's points equally among its cases."""
        return self.request.points.get(case.group, 0.0) / sum(other.group == case.group for other in cases)

    def _case_report(self, case: Case, cases: list[Case], attempt: Attempt, race: Race | None) -> CaseReport:
        verdict, worth = attempt.verdict, self._worth(case, cases)
        request = self.request
        told = told_of(attempt, is_explained=request.is_explained, lists_agreements=request.lists_agreements)
        hint = (attempt.finding.hint if attempt.finding else "") or case.hint
        report = replace(
            told,
            name=case.name,
            title=case.title,
            group=case.group,
            points=_earned(worth, told.metric) if verdict is Verdict.AC else 0.0,
            max_points=worth,
            message=explain(attempt, self._limits_of(case), race),
            hint=hint if verdict is not Verdict.AC else "",
            race=race,
        )
        return report if self._is_open(case) else withheld(report, attempt)

    def _is_open(self, case: Case) -> bool:
        return self.request.feedback == "full" or case.group == "sample"

    def _done(self, report: CaseReport) -> None:
        self._reports.append(report)
        self.emit({"case": as_json(report)})

    def _diagnosis(self) -> Diagnosis | None:
        """Compare the first failed case with the known mistakes, where practice feedback is wanted."""
        if self._first_failed is None or not self.request.is_explained or self.request.feedback != "full":
            return None
        case, failed = self._first_failed
        right = self._right()
        if case.limit is not None or failed.verdict is not Verdict.WA or right is None:
            return None
        mistakes, runs = known_mistakes(Path(self.request.folder)), self._own_runs
        wrong = [(mistake, self._contender(runs, mistake.source)) for mistake in mistakes]
        replay = partial(self._replayed, case, failed.arguments)
        seconds = SECONDS * self.request.scale
        try:
            found = _again_if_ours(lambda: diagnose(failed, replay, right, wrong, seconds))
        except SandboxError:
            # Every verdict is known by now, and none depends on this.
            return None
        return Diagnosis(found.name, found.explanation, case.name) if found else None

    def _drawing(self, picture: Picture, cases: list[Case]) -> Drawing | None:
        """Draw the first failed case or, where none failed, the last that agrees and is no search."""
        right, chosen = self._right(), self._to_be_drawn(cases)
        if right is None or chosen is None or self.request.feedback != "full":
            return None
        case, arguments = chosen
        mine = self._contender(self._own_runs, self.request.source)
        try:
            transcripts = [self._replayed(case, arguments, one).transcript for one in (mine, right)]
        except SandboxError:
            return None
        return draw(picture, case, *transcripts)

    def _to_be_drawn(self, cases: list[Case]) -> tuple[Case, dict[str, Any]] | None:
        if self._first_failed is not None:
            case, failed = self._first_failed
            return (case, failed.arguments) if case.limit is None else None
        plain = [case for case in cases if case.group in ("sample", "agreement") and case.given is None]
        if not plain:
            return None
        return plain[-1], {"size": plain[-1].sizes[-1]} if plain[-1].sizes else {}

    def _right(self) -> Contender | None:
        """Return an accepted solution, for what is told once every verdict is known."""
        accepted = sorted((Path(self.request.folder) / "solutions" / "accepted").glob("*.py"))
        return self._contender(self._own_runs, accepted[0].read_text(encoding="utf-8")) if accepted else None

    def _replayed(self, case: Case, arguments: dict[str, Any], contender: Contender) -> Attempt:
        return attempt_case(contender, case, self.request.seed, arguments)

    def _report(
        self, verdict: Verdict, refusal: CaseReport, diagnosis: Diagnosis | None, drawing: Drawing | None
    ) -> Json:
        request = self.request
        limits = request.limits
        parts = {
            "problem": request.problem,
            "verdict": verdict,
            "score": round(sum(report.points for report in self._reports), 6),
            "max_score": round(sum(report.max_points for report in self._reports), 6),
            "seed": request.seed,
            "feedback": request.feedback,
            "message": refusal.message,
            "limits": LimitFacts(limits.wall_seconds, limits.cpu_seconds, limits.memory_mib, request.scale),
            "cases": [refusal, *self._reports] if refusal.name else self._reports,
            "diagnosis": diagnosis,
            "drawing": drawing,
        }
        return as_json(parts)


def _again_if_ours(action: Callable[[], Done]) -> Done:
    """Do something with runs, and once more when the sandbox or the rival failed: never the submission's fault."""
    try:
        return action()
    except (SandboxError, RivalFailed):
        return action()


def _earned(worth: float, metric: MetricScore | None) -> float:
    return worth if metric is None else round(worth * metric.credit, 6)

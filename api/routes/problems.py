"""Problems, what a solver begins with, and leaderboards."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import select

from api.accounts import Scope
from api.errors import RequestError
from api.models import Account, Submission
from api.routes import errors
from api.schemas import Leaderboard, ProblemAnswer, ProblemSummary, Slug, Standing, moment
from api.service import By, Here, Reading, Service
from judge.errors import UsageError
from judge.problem import Problem

router = APIRouter(tags=["problems"])

_STANDINGS = 100


@router.get("/problems", responses=errors())
def list_problems(service: Here, _: By) -> list[ProblemSummary]:
    """List the problems."""
    return [ProblemSummary(**_described(problem)) for problem in service.catalogue.all()]


@router.get("/problems/{slug}", responses=errors(404, 422))
def read_problem(slug: Slug, service: Here, _: By) -> ProblemAnswer:
    """Read a problem's statement and starter."""
    problem = _known(service, slug)
    statement, starter = problem.text("statement.md"), problem.text("starter.py")
    return ProblemAnswer(**_described(problem), statement=statement, starter=starter)


def _known(service: Service, slug: str) -> Problem:
    try:
        return service.catalogue.problem(slug)
    except UsageError as error:
        raise RequestError(404, str(error)) from None


def _described(problem: Problem) -> dict[str, Any]:
    description = problem.description
    names = ("title", "topics", "minutes", "prerequisites", "entry_points")
    return {"slug": problem.slug, "family": problem.family, **{name: getattr(description, name) for name in names}}


@router.get("/leaderboards/{slug}", responses=errors(403, 404, 422))
def read_leaderboard(slug: Slug, service: Here, caller: By, session: Reading) -> Leaderboard:
    """Read who of the caller's team did best, of those who chose a pseudonym; the earlier of equals comes first."""
    caller.demand(Scope.READ)
    _known(service, slug)
    rows = session.execute(
        select(Submission.account_id, Account.pseudonym, Submission.score, Submission.max_score, Submission.finished_at)
        .join(Account, Account.id == Submission.account_id)
        .where(
            Submission.problem == slug,
            Submission.team_id == caller.account.team_id,
            Submission.score.is_not(None),
            Account.pseudonym.is_not(None),
            Account.is_active,
        )
        .order_by(Submission.score.desc(), Submission.finished_at)
    )
    best: dict[int, Standing] = {}
    for account, name, score, max_score, reached in rows:
        if account not in best and len(best) < _STANDINGS:
            place = len(best) + 1
            facts = {"name": name, "score": score, "max_score": max_score, "reached_at": moment(reached)}
            best[account] = Standing.model_validate({"place": place, **facts})
    return Leaderboard(problem=slug, standings=list(best.values()))

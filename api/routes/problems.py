"""Problems, what a solver begins with, and leaderboards."""

from fastapi import APIRouter
from sqlalchemy import select

from api.accounts import Scope
from api.models import Account, Submission
from api.routes import errors
from api.schemas import Leaderboard, ProblemAnswer, ProblemSummary, Slug, Standing, moment
from api.service import By, Here, Reading

router = APIRouter(tags=["problems"])

_STANDINGS = 100


@router.get("/problems", responses=errors())
def list_problems(service: Here, _: By) -> list[ProblemSummary]:
    """List the problems."""
    return [ProblemSummary.model_validate(problem.summary) for problem in service.catalogue.all()]


@router.get("/problems/{slug}", responses=errors(404, 422))
def read_problem(slug: Slug, service: Here, _: By) -> ProblemAnswer:
    """Read a problem's statement and starter."""
    problem = service.problem(slug)
    statement, starter = problem.text("statement.md"), problem.text("starter.py")
    return ProblemAnswer.model_validate({**problem.summary, "statement": statement, "starter": starter})


@router.get("/leaderboards/{slug}", responses=errors(403, 404, 422))
def read_leaderboard(slug: Slug, service: Here, caller: By, session: Reading) -> Leaderboard:
    """Read who of the caller's team did best, of those who chose a pseudonym; the earlier of equals comes first."""
    caller.demand(Scope.READ)
    service.problem(slug)
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

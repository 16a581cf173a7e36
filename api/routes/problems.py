"""Problems, what a solver begins with, and leaderboards."""

import json

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import aliased

from api import packs
from api.accounts import Scope
from api.models import Account, Submission
from api.routes import errors
from api.schemas import Leaderboard, ProblemAnswer, ProblemSummary, Slug, Standing
from api.service import By, Here, Reading

router = APIRouter(tags=["problems"])

_STANDINGS = 100


@router.get("/problems", responses=errors())
def list_problems(service: Here, caller: By, session: Reading) -> list[ProblemSummary]:
    """List the problems, at the end those of the caller's team."""
    summaries = [problem.summary for problem in service.catalogue.all()]
    summaries += packs.summaries(session, caller.account.team_id)
    return [ProblemSummary.model_validate(summary) for summary in summaries]


@router.get("/problems/{slug}", responses=errors(404, 422))
def read_problem(slug: Slug, service: Here, caller: By) -> ProblemAnswer:
    """Read a problem's statement and starter."""
    pack = service.pack(caller, slug)
    if pack is not None:
        texts = {"statement": pack.statement, "starter": pack.starter}
        return ProblemAnswer.model_validate({**json.loads(pack.summary), **texts})
    problem = service.problem(slug)
    statement, starter = problem.text("statement.md"), problem.text("starter.py")
    return ProblemAnswer.model_validate({**problem.summary, "statement": statement, "starter": starter})


@router.get("/leaderboards/{slug}", responses=errors(403, 404, 422))
def read_leaderboard(slug: Slug, service: Here, caller: By, session: Reading) -> Leaderboard:
    """Read who of the caller's team did best, of those who chose a pseudonym; the earlier of equals comes first."""
    caller.demand(Scope.READ)
    service.pack(caller, slug)
    own = aliased(Submission)
    best = (
        select(own.seq)
        .where(own.account_id == Account.id, own.problem == slug, own.score.is_not(None))
        .order_by(own.score.desc(), own.finished_at)
        .limit(1)
    )
    # One look into an index for each account of the team, however many submissions there are.
    rows = session.execute(
        select(Account.pseudonym, Submission)
        .join(Submission, Submission.seq == best.correlate(Account).scalar_subquery())
        .where(Account.team_id == caller.account.team_id, Account.pseudonym.is_not(None), Account.is_active)
        .order_by(Submission.score.desc(), Submission.finished_at)
        .limit(_STANDINGS)
    )
    standings = [Standing.of(place, str(name), row) for place, (name, row) in enumerate(rows, 1)]
    return Leaderboard(problem=slug, standings=standings)

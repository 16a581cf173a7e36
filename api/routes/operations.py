"""For whoever runs the service: is it alive, is it ready, what does it do."""

from fastapi import APIRouter, Response
from sqlalchemy import text

from api.metrics import exposition
from api.routes import errors
from api.schemas import Health
from api.service import Here, Reading

router = APIRouter(tags=["operations"])


@router.get("/healthz")
def healthz() -> Health:
    """Tell that the process answers."""
    return Health(status="ok")


@router.get("/readyz", responses={503: errors()[503]})
def readyz(session: Reading) -> Health:
    """Tell that the database answers too."""
    session.execute(text("SELECT 1"))
    return Health(status="ok")


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}, 503: errors()[503]})
def metrics(service: Here, session: Reading) -> Response:
    """Read the service's figures in Prometheus' text format."""
    body, media_type = exposition(session, service.refused)
    return Response(body, media_type=media_type)

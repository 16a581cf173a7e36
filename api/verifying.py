"""Verifies packs beside a worker's submissions, one at a time, in a process without secrets."""

import logging
import threading
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api import packs
from api.database import AWAY, write_patiently
from api.packs import Task
from judge.errors import JudgeError
from judge.packs import read_zip
from judge.verifier import Abandoned, Order, verify

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Verifier:
    """Takes up packs that wait, and writes whether they hold."""

    engine: Engine
    lease_seconds: float

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what is under way then is left to another."""
        while not stop.wait(_LOOK_SECONDS):
            try:
                self._look(stop)
            except SQLAlchemyError:
                log.warning("the database cannot be asked for packs", exc_info=True)

    def _look(self, stop: threading.Event) -> None:
        with Session(self.engine) as session, session.begin():
            packs.end_hopeless(session, self.lease_seconds)
            task = packs.claim(session, self.lease_seconds)
        if task is not None:
            self._verify(task, stop)

    def _verify(self, task: Task, stop: threading.Event) -> None:
        order = Order(task.slug, task.version, read_zip(task.content, task.slug))
        try:
            defects = verify(order, lambda: not stop.is_set() and self._beat(task))
        except JudgeError as error:
            if not isinstance(error, Abandoned):
                log.warning("%s cannot be verified here: %s", task.slug, error)
            write_patiently(self.engine, lambda session: packs.give_back(session, task), stop)
            return
        write_patiently(self.engine, lambda session: packs.settle(session, task, defects), stop)

    def _beat(self, task: Task) -> bool:
        try:
            with Session(self.engine) as session, session.begin():
                return packs.beat(session, task)
        except AWAY as error:
            log.warning("the database does not answer: %s", error)
            return True

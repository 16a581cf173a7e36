"""Private packs: which are let in, who sees them, that they are verified first, and what hostile ones cannot do."""

import hashlib
import io
import json
import os
import stat
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api import packs, submissions
from api.accounts import Role
from api.models import ProblemPack, Submission
from api.packs import QUEUED, READY
from api.queueing import Looking
from api.service import Service
from api.worker import Worker
from judge.bootstrap import jailed_graders
from judge.packs import FILES_CAP, ZIP_CAP, read_zip
from judge.verifier import Abandoned, Order, verify
from sandbox.broker import Broker
from sandbox.processes import descendants

ClientOf = Callable[..., TestClient]
ZIP = {"Content-Type": "application/zip"}
SLUG = "doubling"
SOLUTION = "def double(x):\n    return 2 * x\n"
SUITE = '''
from judge.agreement import close_to, number
from judge.suite import case

@case("sample")
def test_a_number(submission, rng):
    """A number is doubled"""
    x = float(rng.uniform(3.0, 4.0))
    close_to(number(submission.double(x), "double"), FACTOR * x, 1e-9, "double")
'''
WRONG = {"triples": "3 * x", "adds_two": "x + 2", "squares": "x * x", "negates": "-2 * x", "halves": "x / 2"}
FILES = {
    "problem.toml": """
title = "Doubling"
entry_points = ["double"]
topics = ["optimisation"]
minutes = 5
points = { sample = 100.0 }
""",
    "statement.md": "Write `double(x)`, which returns twice the number `x`. " * 5,
    "starter.py": '"""Doubling."""\n\n\ndef double(x):\n    """Return twice x."""\n',
    "suite.py": SUITE.replace("FACTOR", "2"),
    "solutions/accepted/product.py": SOLUTION,
    "solutions/accepted/sum.py": "def double(x):\n    return x + x\n",
    **{
        f"solutions/wrong_answer/{name}.py": f'"""It {name}."""\n\n\ndef double(x):\n    return {value}\n'
        for name, value in WRONG.items()
    },
}


def zipped(files: Mapping[str, str | bytes] = FILES, **more: str | bytes) -> bytes:
    """Return a zip of files; `more` go instead, by name with __ for dots."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **{key.replace("__", "."): value for key, value in more.items()}}.items():
            # Without a date, so that equal files are equal bytes.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def put(client: TestClient, content: bytes, slug: str = SLUG, headers: Mapping[str, str] = ZIP):
    return client.put(f"/problems/{slug}", content=content, headers=headers)


def bring(service: Service, client: TestClient, content: bytes) -> str:
    """Put a pack, and have it found good without looking."""
    version = put(client, content).json()["version"]
    with Session(service.engine) as session, session.begin():
        session.execute(update(ProblemPack).where(ProblemPack.version == version).values(state=READY))
    return version


@contextmanager
def worker(service: Service, broker: Broker) -> Iterator[Worker]:
    """Have submissions judged during the block, by one jailed grader."""
    stop = threading.Event()
    with jailed_graders(10.0) as graders:
        made = Worker(service.engine, service.catalogue, Looking(), broker, 1.0, 1, 30.0, graders)
        thread = threading.Thread(target=made.run, args=(stop,))
        thread.start()
        try:
            yield made
        finally:
            stop.set()
            thread.join()


def judged(client: TestClient, problem: str = SLUG, source: str = SOLUTION):
    """Submit, wait for the end, and return what came of it."""
    made = client.post("/submissions", json={"problem": problem, "source": source})
    assert made.status_code == 202, made.text
    client.get(f"/submissions/{made.json()['id']}/events")
    return client.get(f"/submissions/{made.json()['id']}").json()


def test_a_pack_waits_to_be_verified(client_of: ClientOf):
    """Until then nobody can submit to it."""
    setter = client_of("sara", Role.SETTER)
    answer = put(setter, zipped())
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert setter.get(answer.headers["Location"].removeprefix("/api/v1")).json()["version"] == answer.json()["version"]
    assert setter.post("/submissions", json={"problem": SLUG, "source": SOLUTION}).status_code == 404


def test_the_same_bytes_are_the_same_version(client_of: ClientOf):
    """Sending them again changes nothing, and other bytes are a new version beside it."""
    setter = client_of("sara", Role.SETTER)
    first, again = (put(setter, zipped()).json()["version"] for _ in range(2))
    assert first == again
    put(setter, zipped(statement__md="Other words. " * 20))
    assert len(setter.get(f"/problems/{SLUG}/versions").json()) == 2
    assert first == hashlib.sha256(zipped()).hexdigest()


def test_only_the_team_sees_a_pack(client_of: ClientOf, service: Service):
    """For all others there is no such problem, in lists, to submit to, and in the public figures."""
    setter, member = client_of("sara", Role.SETTER), client_of("mike")
    stranger = client_of("olga", Role.SETTER, "other team")
    bring(service, setter, zipped())
    assert member.get(f"/problems/{SLUG}").json()["starter"] == FILES["starter.py"]
    assert SLUG in {problem["slug"] for problem in member.get("/problems").json()}
    assert SLUG not in {problem["slug"] for problem in stranger.get("/problems").json()}
    for path in (f"/problems/{SLUG}", f"/problems/{SLUG}/versions", f"/leaderboards/{SLUG}"):
        assert stranger.get(path).status_code == 404
    assert stranger.post("/submissions", json={"problem": SLUG, "source": SOLUTION}).status_code == 404
    assert stranger.delete(f"/problems/{SLUG}").status_code == 404
    assert member.post("/submissions", json={"problem": SLUG, "source": SOLUTION}).status_code == 202
    with Session(service.engine) as session, session.begin():
        job = submissions.claim(session, "test")
        assert job is not None
        submissions.finish(session, job, {"verdict": "AC", "score": 1.0, "max_score": 1.0})
    assert SLUG not in member.get("/metrics").text


def test_only_setters_bring_packs(client_of: ClientOf):
    """And only as zips, and not under a built-in problem's name."""
    setter = client_of("sara", Role.SETTER)
    assert put(client_of("mike"), zipped()).status_code == 403
    assert put(setter, zipped(), headers={"Content-Type": "text/plain"}).status_code == 415
    assert put(setter, zipped(), slug="kmeans").status_code == 409
    assert put(setter, zipped()).status_code == 202


def test_a_withdrawn_pack_takes_no_more_submissions(client_of: ClientOf, service: Service):
    """It is written down, and the pack comes back when it is put again."""
    setter, admin = client_of("sara", Role.SETTER), client_of("root", Role.ADMIN)
    bring(service, setter, zipped())
    assert setter.delete(f"/problems/{SLUG}").status_code == 204
    assert setter.post("/submissions", json={"problem": SLUG, "source": SOLUTION}).status_code == 404
    assert {"pack.put", "pack.withdraw"} <= {entry["act"] for entry in admin.get("/audit").json()["items"]}
    assert put(setter, zipped()).json()["state"] == READY
    assert setter.post("/submissions", json={"problem": SLUG, "source": SOLUTION}).status_code == 202


def linked() -> bytes:
    """Return a pack whose statement is a link to a file of the machine."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in FILES.items():
            entry = zipfile.ZipInfo(name)
            is_linked = name == "statement.md"
            if is_linked:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, "/etc/passwd" if is_linked else content)
    return made.getvalue()


def doubled() -> bytes:
    """Return a pack with two suites."""
    made = io.BytesIO(zipped())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr("suite.py", "other")
    return made.getvalue()


def lying(content: bytes) -> bytes:
    """Return a zip that says of its largest file that it is small."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        largest = max(entry.file_size for entry in archive.infolist())
    return content.replace(largest.to_bytes(4, "little"), (100).to_bytes(4, "little"))


BOMB = b"#" * (20 << 20)
TOML = FILES["problem.toml"]
BAD = {
    "no zip": (lambda: b"PK nonsense", "cannot be read"),
    "cut off": (lambda: zipped()[:-30], "cannot be read"),
    "a link": (linked, "no links"),
    "a path upwards": (lambda: zipped({**FILES, "../suite.py": "x"}), "no such file"),
    "an absolute path": (lambda: zipped({**FILES, "/etc/cron.d/x": "x"}), "no such file"),
    "a folder of its own": (lambda: zipped({**FILES, "solutions/accepted/deep/x.py": "x"}), "no such file"),
    "a module beside the suite": (lambda: zipped({**FILES, "conftest.py": "x"}), "no such file"),
    "one name twice": (doubled, "twice"),
    "too many files": (lambda: zipped({f"solutions/accepted/s{i}.py": "" for i in range(FILES_CAP + 1)}), "at most"),
    "a bomb": (lambda: zipped(statement__md=BOMB), "when unzipped"),
    "a bomb that lies about its size": (lambda: lying(zipped(statement__md=BOMB)), "cannot be read|when unzipped"),
    "no text": (lambda: zipped(statement__md=b"\xff\xfe"), "UTF-8"),
    "no suite": (lambda: zipped({k: v for k, v in FILES.items() if k != "suite.py"}), "suite.py is missing"),
    "unknown fields": (lambda: zipped(problem__toml=TOML + "more = 1\n"), "more"),
    "nested without end": (lambda: zipped(problem__toml="a = " + "[" * 100_000), "cannot be read"),
    "a number of many digits": (lambda: zipped(problem__toml="a = " + "9" * 100_000), "cannot be read"),
    "much memory": (lambda: zipped(problem__toml=TOML + "limits = { memory_mib = 100000 }\n"), "at most"),
    "much time": (lambda: zipped(problem__toml=TOML + "limits = { wall_seconds = 1e9 }\n"), "at most"),
    "the judge itself": (lambda: zipped(problem__toml=TOML + 'distributions = ["ml-coding-judge"]\n'), "may use"),
    "any module": (lambda: zipped(problem__toml=TOML + 'rival = { preload = ["antigravity"] }\n'), "may use"),
}


@pytest.mark.parametrize(("make", "reason"), BAD.values(), ids=BAD)
def test_what_is_no_pack_is_refused(client_of: ClientOf, service: Service, make: Callable[[], bytes], reason: str):
    """With its reason, and without a trace."""
    answer = put(client_of("sara", Role.SETTER), make())
    assert answer.status_code == 422, answer.text
    assert any(part in answer.json()["detail"] for part in reason.split("|")), answer.text
    with Session(service.engine) as session:
        assert session.scalars(select(ProblemPack)).all() == []


def test_a_pack_beyond_the_cap_is_refused(client_of: ClientOf):
    """Before it is unzipped."""
    assert put(client_of("sara", Role.SETTER), b"\0" * (ZIP_CAP + 1)).status_code == 422
    assert put(client_of("sam", Role.SETTER), b"\0" * (2 << 20)).status_code == 413


def test_a_zip_of_the_folder_itself_is_taken_too():
    """As `zip -r` makes it."""
    assert read_zip(zipped({f"{SLUG}/{name}": text for name, text in FILES.items()}), SLUG) == FILES


def test_old_submissions_are_rejudged_by_their_own_version(client_of: ClientOf, service: Service, broker: Broker):
    """A later version changes no verdict; neither does withdrawing."""
    setter = client_of("sara", Role.SETTER)
    bring(service, setter, zipped())
    with worker(service, broker):
        old = judged(setter)
        bring(service, setter, zipped(suite__py=SUITE.replace("FACTOR", "3")))
        new = judged(setter)
        setter.delete(f"/problems/{SLUG}")
        again = setter.post(f"/submissions/{old['id']}/rejudge").json()["id"]
        setter.get(f"/submissions/{again}/events")
        rejudged = setter.get(f"/submissions/{again}").json()
    assert [answer["verdict"] for answer in (old, new, rejudged)] == ["AC", "WA", "AC"]
    assert rejudged["report"]["versions"]["suite"] == old["report"]["versions"]["suite"]


HOSTILE = {
    "loops": "while True: pass",
    "dies": "import os; os._exit(0)",
    "kills its parent": "import os, time; os.kill(os.getppid(), 9); time.sleep(600)",
    "claims another submission's verdict": """
import json, socket, sys
door = socket.socket(fileno=int(sys.argv[1]))
door.sendall(b'{"case": {}}' + b'\\n')
import time
time.sleep(60)
""",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_suite_harms_nobody_else(client_of: ClientOf, service: Service, broker: Broker, code: str):
    """Its own submission is a judge error, told once and for all; that of another team is judged right."""
    setter, other = client_of("sara", Role.SETTER), client_of("olga", Role.MEMBER, "other team")
    bring(service, setter, zipped(suite__py=code + SUITE.replace("FACTOR", "2")))
    right = service.catalogue.problem("welch_t_test").solutions("accepted")[0].read_text()
    with worker(service, broker):
        bad = judged(setter)
        good = judged(other, "welch_t_test", right)
    assert (bad["state"], bad["verdict"]) == ("done", "JE")
    assert (good["state"], good["verdict"]) == ("done", "AC")


def ordered(**more: str) -> Order:
    return Order(SLUG, "version", read_zip(zipped(**more), SLUG), seeds=1, seconds=120.0, patience_seconds=5.0)


def test_verifying_tells_a_pack_that_holds_from_one_that_does_not():
    """An honest one has no defect; one that doubles by three has, and so has one that never ends or does not parse."""
    assert verify(ordered()) == []
    assert any("must be accepted" in defect for defect in verify(ordered(suite__py=SUITE.replace("FACTOR", "3"))))
    assert any("longer than" in defect for defect in verify(ordered(suite__py="while True: pass")))


def test_a_verification_that_is_given_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No process, and no copy of the pack."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, until = set(descendants(os.getpid())), time.monotonic() + 4.0
    with pytest.raises(Abandoned):
        verify(ordered(suite__py="while True: pass"), lambda: time.monotonic() < until)
    deadline = time.monotonic() + 5.0
    while (left := set(descendants(os.getpid())) - before) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == set()
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_breaks_the_parser_is_a_defect():
    """It breaks a process that holds nothing."""
    files = {**FILES, "solutions/accepted/product.py": "x = " + "-" * 2_000_000 + "1"}
    order = Order(SLUG, "version", files, seeds=1, seconds=60.0, patience_seconds=5.0)
    assert verify(order)


def test_a_verification_whose_worker_died_is_taken_up_again(client_of: ClientOf, service: Service):
    """Three times at most; what its first worker then says is refused."""
    put(client_of("sara", Role.SETTER), zipped())

    def claimed(lease_seconds: float) -> packs.Task | None:
        with Session(service.engine) as session, session.begin():
            packs.end_hopeless(session, lease_seconds)
            return packs.claim(session, lease_seconds)

    first = claimed(60.0)
    assert first is not None
    assert claimed(60.0) is None
    second = claimed(-1.0)
    assert second is not None
    with Session(service.engine) as session, session.begin():
        packs.settle(session, first, [])
        assert not packs.beat(session, first)
        assert packs.beat(session, second)
    assert claimed(-1.0) is not None
    assert claimed(-1.0) is None
    with Session(service.engine) as session:
        row = session.scalars(select(ProblemPack)).one()
        assert (row.state, json.loads(row.defects or "")) == ("refused", ["verifying it failed three times"])
    assert row.state != QUEUED
    assert session.scalars(select(Submission)).all() == []

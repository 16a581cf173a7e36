"""The last submission: kept whole, or not at all."""

import dataclasses
import json
import stat
from pathlib import Path

import pytest

from judge.errors import UsageError
from judge.report import LimitFacts, Report, SandboxFacts
from judge.saved import Saved, load_last, save
from judge.verdict import Verdict


def saved(source: str = "x = 1") -> Saved:
    report = Report(
        problem="ridge",
        verdict=Verdict.AC,
        score=100.0,
        max_score=100.0,
        seed=3,
        feedback="full",
        message="",
        sandbox=SandboxFacts("bubblewrap", isolated=True, limits="cgroup v2"),
        limits=LimitFacts(20.0, 20.0, 1024, 1.0),
        cases=(),
    )
    return Saved("/home/me/ridge.py", source, "/problems", report)


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch) -> Path:
    """Return the folder below which state is kept in these tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def kept(state: Path) -> Path:
    (path,) = state.rglob("last.json")
    return path


def test_what_was_saved_is_loaded():
    """File, source, folder and report come back equal, whatever the source's characters."""
    for source in ("x = 1", "", "naïve = '\u202e\ud800\0'"):
        save(saved(source))
        assert load_last() == saved(source)


def test_only_the_last_is_kept(state):
    """A second submission takes the place of the first, and nothing is left beside it."""
    save(saved("first"))
    save(saved("second"))
    assert load_last().source == "second"
    assert [path.name for path in kept(state).parent.iterdir()] == ["last.json"]


def test_others_cannot_read_it(state):
    """A submission is its author's own."""
    save(saved())
    assert stat.S_IMODE(kept(state).stat().st_mode) & 0o077 == 0


def test_nothing_to_replay_is_a_usage_error():
    """Before the first submission, the message says what to do."""
    with pytest.raises(UsageError, match=r"no earlier submission.*name the file and the seed"):
        load_last()


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[]", b'{"file": "a"}', b"\xff\xfe", b'"text"'])
def test_a_broken_file_is_as_good_as_none(state, content):
    """What is no JSON, or of an older form, is never a traceback."""
    save(saved())
    kept(state).write_bytes(content)
    with pytest.raises(UsageError, match="no earlier submission"):
        load_last()


def test_a_file_that_is_half_right_is_as_good_as_none(state):
    """A verdict that does not exist makes the whole file unusable."""
    save(saved())
    document = json.loads(kept(state).read_text())
    document["report"]["verdict"] = "OK"
    kept(state).write_text(json.dumps(document))
    with pytest.raises(UsageError):
        load_last()


def test_a_disk_that_cannot_be_written_costs_only_the_convenience(state):
    """Where no folder can be made, saving is silently left out."""
    state.write_text("a file where a folder should be")
    save(saved())
    with pytest.raises(UsageError):
        load_last()


def test_a_saved_submission_has_what_a_replay_needs():
    """The text that was judged is kept, since the file may have changed since."""
    assert [field.name for field in dataclasses.fields(Saved)] == ["file", "source", "problems", "report"]

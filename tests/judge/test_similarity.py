"""Copies are found whatever was renamed, reformatted or commented; independent solutions are told apart from them."""

import io
import json
import keyword
import re
import tokenize
from itertools import pairwise
from pathlib import Path

import pytest

from judge.catalogue import BUILT_IN, Catalogue
from judge.cli.comparing import similar
from judge.errors import UsageError
from judge.similarity import LENGTH, WINDOW, fingerprints, pairs

RIGHT = sorted(path for path in BUILT_IN.glob("*/*/solutions/accepted/*.py"))
KMEANS = [path.read_text() for path in Catalogue().problem("kmeans").solutions("accepted")]


def disguised(source):
    """Rename every name but keywords, add remarks and blank lines, and change every number."""
    out = []
    for one in tokenize.generate_tokens(io.StringIO(source).readline):
        text = one.string
        if one.type == tokenize.NAME and not keyword.iskeyword(text):
            text = f"other_{sum(map(ord, text))}"
        if one.type == tokenize.NUMBER:
            text = "12345"
        out.append((one.type, text))
    return "# my own work\n\n" + tokenize.untokenize(out).replace("\n", "\n\n")


def share(first, second):
    found = pairs([fingerprints("a", first), fingerprints("b", second)], 0.0)
    return found[0].share if found else 0.0


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_a_disguised_copy_is_found(path):
    assert share(path.read_text(), disguised(path.read_text())) == 1.0


def test_solutions_by_other_methods_share_less_than_copies():
    for first, second in pairwise(KMEANS):
        assert share(first, second) < 0.8


def test_a_run_of_tokens_of_the_guaranteed_length_is_always_found():
    passage = " ".join(f"a{i} {'+-*/'[i % 4]}" for i in range((LENGTH + WINDOW) // 2)) + " b"
    first = f"x = [1, 2]\ny = {passage}\nprint(x)\n"
    second = f"def f():\n    while True:\n        return {{3: {passage}}}\n"
    assert share(first, second) > 0.0


def test_what_everybody_has_does_not_count():
    starter = Catalogue().problem("kmeans").text("starter.py")
    known = fingerprints("starter.py", starter).lines
    assert not fingerprints("a", starter, known).lines


def test_what_is_no_python_is_told():
    with pytest.raises(UsageError, match="not Python"):
        fingerprints("a.py", "x = '''")


def test_a_course_is_compared_problem_by_problem(tmp_path, capsys):
    for student, source in (("ada", KMEANS[0]), ("bob", disguised(KMEANS[0])), ("eve", KMEANS[1])):
        (tmp_path / student).mkdir()
        (tmp_path / student / "kmeans.py").write_text(source)
    (tmp_path / "eve" / "pca.py").write_text("x = '''")
    (tmp_path / "eve" / "notes.py").write_text(KMEANS[0])
    (tmp_path / "eve" / "knn.py").symlink_to(tmp_path / "ada" / "kmeans.py")
    similar(BUILT_IN, [tmp_path], least=0.9, as_json=True)
    tree = json.loads(capsys.readouterr().out)
    assert [(Path(pair["first"]).parent.name, Path(pair["second"]).parent.name) for pair in tree["pairs"]] == [
        ("ada", "bob")
    ]
    assert tree["files"] == 3
    assert "pca.py" in tree["left_out"][0]
    similar(BUILT_IN, [tmp_path], least=0.9, as_json=False)
    printed = capsys.readouterr().out
    assert re.search(r"100%\s+\S+ada/kmeans.py\s+\S+bob/kmeans.py", printed)
    assert "no proof" in printed

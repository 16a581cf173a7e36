"""`%%judge` submits a cell and shows a page that can run nothing."""

from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from judge.integrations import jupyter

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "examples" / "kmeans.py").read_text()


@pytest.fixture(scope="module")
def notebook():
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "judge.integrations.jupyter")
    return shell


def test_a_cell_is_submitted_and_its_report_shown(notebook):
    shown = notebook.run_cell_magic("judge", "kmeans", RIGHT)
    assert "AC accepted" in repr(shown)
    assert shown._repr_html_().startswith("<iframe sandbox srcdoc=")
    assert "<script" not in shown._repr_html_()


def test_options_are_those_of_submit(notebook):
    shown = notebook.run_cell_magic("judge", "kmeans --seed 5", RIGHT)
    assert "seed 5" in repr(shown)


@pytest.mark.parametrize(("line", "said"), [("", "usage"), ("--seed 3", "usage"), ("kmean", "kmeans")])
def test_what_is_asked_wrongly_is_said(line, said, capsys):
    assert jupyter.judge(line, RIGHT) is None
    assert said in capsys.readouterr().out


def test_what_a_cell_prints_stays_text_in_the_page(notebook):
    shown = notebook.run_cell_magic("judge", "kmeans", "print('</iframe><script>x</script>')\n1/0")
    assert "CE" in repr(shown)
    assert "</iframe><script>" not in shown._repr_html_()

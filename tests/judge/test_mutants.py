"""Mutants: what is changed, what is left alone, and names that outlive edits."""

import ast

import pytest

from judge.catalogue import Catalogue
from judge.mutants import Mutant, mutants_of


def made(source: str) -> list[Mutant]:
    return list(mutants_of("one.py", source))


def changes(source: str) -> set[str]:
    return {f"{mutant.original} -> {mutant.mutated}" for mutant in made(source)}


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("a + b", {"a + b -> a - b"}),
        ("a @ b", {"a @ b -> a * b"}),
        ("a ** 2", {"a ** 2 -> a * 2", "a ** 2 -> a ** 3", "a ** 2 -> a ** 1"}),
        ("a < b", {"a < b -> a <= b", "a < b -> a > b"}),
        ("a == b", {"a == b -> a != b"}),
        ("a and b", {"a and b -> a or b"}),
        ("not a", {"not a -> a"}),
        ("~a", {"~a -> a"}),
        ("a & b", {"a & b -> a | b"}),
        ("f(1e-9)", {"f(1e-09) -> f(2e-09)"}),
        ("f(0.0)", {"f(0.0) -> f(1.0)"}),
        ("f(0)", {"f(0) -> f(1)"}),
        ("f(keepdims=True)", {"keepdims=True -> keepdims=False"}),
        ("X.sum(axis=0)", {"X.sum(axis=0) -> X.mean(axis=0)", "axis=0 -> axis=1"}),
        ("np.argmin(d)", {"np.argmin(d) -> np.argmax(d)"}),
        ("max(a, b)", {"max(a, b) -> min(a, b)"}),
        ("a[b:]", {"a[b:] -> a[:]"}),
        ("a[:, None]", {"a[:, None] -> a[None, :]"}),
        ("a if b else c", {"a if b else c -> a if not b else c"}),
        ("[x for x in a if x]", {"[x for x in a if x] -> [x for x in a]"}),
    ],
)
def test_an_operator_makes_these_changes(expression: str, wanted: set[str]):
    """Besides the statement that is left out, an expression has exactly its operators' mutants."""
    assert changes(f"y = {expression}\n") == wanted | {f"y = {ast.unparse(ast.parse(expression))} -> pass"}


def test_a_condition_is_negated_and_what_it_guards_is_left_out():
    """An `elif` too, whose text cannot be replaced as a whole."""
    found = changes("if a:\n    b()\nelif c.d:\n    e()\n")
    assert {"if a -> if not a", "if a -> if False", "if c.d -> if not c.d", "if c.d -> if False"} <= found


def test_what_says_nothing_of_the_algorithm_is_left_alone():
    """Docstrings, annotations, decorators, imports, texts of errors and the main block have no mutants."""
    source = '''
"""A docstring."""
import numpy as np

class A:
    """Another."""

    @property
    def f(self, x: tuple[1, 2]) -> "a < 3":
        """A third."""
        raise ValueError("at least " + str(1))

if __name__ == "__main__":
    A(1 + 2)
'''
    assert changes(source) == {"raise ValueError('at least ' + str(1)) -> pass"}


def test_a_change_keeps_its_place_among_operators():
    """Where a replaced operator binds less, it is put in parentheses."""
    sources = {mutant.source for mutant in made("y = (a + b) * c\nz = a * b ** c\n")}
    assert "y = (a - b) * c\nz = a * b ** c\n" in sources
    assert "y = (a + b) * c\nz = a * (b * c)\n" in sources


def test_columns_after_wide_letters_are_counted_right():
    """Positions in a syntax tree are bytes, in a text letters."""
    assert 'y = f("ä", a - b)\n' in {mutant.source for mutant in made('y = f("ä", a + b)\n')}


def test_a_name_outlives_edits_elsewhere():
    """Lines move, names stay; only what is alike is counted on, function by function."""
    source = "def f(a):\n    return a + 1\n\n\ndef g(a):\n    return a + 1, a + 1\n"
    names = [mutant.name for mutant in made(source)]
    assert [mutant.name for mutant in made('"""New."""\n\nNEW = old\n\n' + source)][1:] == names
    assert names.count("one.py g: a + 1 -> a - 1") == names.count("one.py g: a + 1 -> a - 1 #2") == 1


@pytest.mark.parametrize("slug", ["kmeans", "standard_scaler", "two_proportion_z"])
def test_mutants_of_real_solutions_are_sound(slug: str):
    """Each parses, is like no other, and has a short key of its own and the changed lines as its diff."""
    for path in Catalogue().problem(slug).solutions("accepted"):
        source = path.read_text(encoding="utf-8")
        mutants = list(mutants_of(path.name, source))
        trees = {ast.dump(ast.parse(mutant.source)) for mutant in mutants}
        assert len(trees | {ast.dump(ast.parse(source))}) == len(mutants) + 1
        assert len({mutant.key for mutant in mutants}) == len({mutant.name for mutant in mutants}) == len(mutants)
        assert all(mutant.diff.startswith("-") and "\n+" in mutant.diff for mutant in mutants)

"""Mutants: a solution with one small mistake each, made from its syntax tree.

Docstrings, texts, annotations, decorators, imports, what is raised and
`__main__` blocks stay as they are. A mutant is known by what was changed and in
which function, not by its line, so that its name outlives edits elsewhere.
"""

import ast
import difflib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

# Where a node stands: fields and indices on the way from the module to it.
_Path = tuple[str | int, ...]

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_PAIRS = (
    ("sum", "mean"), ("min", "max"), ("argmin", "argmax"), ("minimum", "maximum"), ("any", "all"), ("std", "var"),
    ("floor", "ceil"), ("zeros", "ones"), ("zeros_like", "ones_like"), ("logical_and", "logical_or"),
)  # fmt: skip
_ONE_WAY = {"cumsum": "cumprod", "prod": "sum", "median": "mean", "abs": "square", "sqrt": "square"}
_FUNCTIONS = _ONE_WAY | dict(_PAIRS) | {second: first for first, second in _PAIRS}
_BUILT_IN = frozenset({"min", "max", "any", "all"})
# What `not` before the test says in other words than a comparison's own mutants.
_OPPOSED = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
_SIMPLE = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Delete,
)  # fmt: skip
_LEFT_ALONE = frozenset({"annotation", "returns", "decorator_list", "exc", "type_params", "ctx"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed solution; `line` is where the change stands now, `diff` the lines before and after it."""

    solution: str
    function: str
    original: str
    mutated: str
    occurrence: int
    line: int
    source: str
    diff: str

    @property
    def name(self) -> str:
        """Return what the mutant is known by."""
        nth = f" #{self.occurrence}" if self.occurrence > 1 else ""
        return f"{self.solution} {self.function}: {self.original} -> {self.mutated}{nth}"

    @property
    def key(self) -> str:
        """Return a short hash of the name, to be typed."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class _Place:
    """A node that may be changed."""

    path: _Path
    node: Any
    function: str


def mutants_of(solution: str, source: str) -> Iterator[Mutant]:
    """Yield the mutants of a source in the order of its text; of those with equal trees the first."""
    tree = ast.parse(source)
    seen = {ast.dump(tree)}
    counts: Counter[tuple[str, str, str]] = Counter()
    for place in _places(tree, (), "module"):
        for new in _rewrites(place.node):
            changed = _with(source, place.path, new)
            dump = ast.dump(changed)
            if dump in seen:
                continue
            seen.add(dump)
            shown = _shown(tree, place)
            told = (place.function, _text(_at(tree, shown)), _text(_at(changed, shown)))
            counts[told] += 1
            text = _spliced(source, place.node, new, dump)
            yield Mutant(solution, *told, counts[told], place.node.lineno, text, _diff(source, text))


def _places(node: ast.AST, path: _Path, function: str) -> Iterator[_Place]:
    """Yield the nodes below one in the order of the text, without what is left alone."""
    if hasattr(node, "lineno"):
        yield _Place(path, node, function)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = node.name if function == "module" else f"{function}.{node.name}"
    for name, value in ast.iter_fields(node):
        if name in _LEFT_ALONE:
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield from _places(child, (*path, name, *([] if index is None else [index])), function)


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _rewrites(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node is changed to."""
    for kinds, rewrite in _OPERATORS:
        if isinstance(node, kinds):
            yield from rewrite(node)


def _arithmetic(node: Any) -> Iterator[ast.AST]:
    if type(node.op) in _ARITHMETIC:
        yield _changed(node, op=_ARITHMETIC[type(node.op)]())


def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for index, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:
            yield _changed(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        if value > 0:
            yield ast.Constant(value - 1)
    elif isinstance(value, float):
        yield ast.Constant(2 * value if value else 1.0)


def _reduction(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in _FUNCTIONS and isinstance(node.ctx, ast.Load):
        yield _changed(node, attr=_FUNCTIONS[node.attr])


def _built_in(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in _BUILT_IN:
        yield _changed(node, id=_FUNCTIONS[node.id])


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _and_or(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _slice(node: ast.Subscript) -> Iterator[ast.AST]:
    """Leave out a bound or the step of a slice, or swap the first two indices."""
    indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for number, index in enumerate(indices):
        if not isinstance(index, ast.Slice):
            continue
        for bound in ("lower", "upper", "step"):
            if getattr(index, bound) is not None:
                yield _indexed(node, [*indices[:number], _changed(index, **{bound: None}), *indices[number + 1 :]])
    if len(indices) > 1:
        yield _indexed(node, [indices[1], indices[0], *indices[2:]])


def _indexed(node: ast.Subscript, indices: list[Any]) -> ast.AST:
    index = ast.Tuple(indices, ast.Load()) if len(indices) > 1 else indices[0]
    return _changed(node, slice=index)


def _condition(node: Any) -> Iterator[ast.AST]:
    """Negate a condition, and leave out what stands under an `if`."""
    test = node.test
    is_opposed = isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _OPPOSED)
    # The mutants of a comparison, of `not` and of a constant are its negations.
    if not is_opposed and not isinstance(test, ast.UnaryOp | ast.Constant):
        yield _changed(node, test=ast.UnaryOp(ast.Not(), test))
    if isinstance(node, ast.If):
        yield _changed(node, test=ast.Constant(value=False))


def _filters(node: Any) -> Iterator[ast.AST]:
    for index, one in enumerate(node.generators):
        if one.ifs:
            without = _changed(one, ifs=[])
            yield _changed(node, generators=[*node.generators[:index], without, *node.generators[index + 1 :]])


def _deletion(_: ast.stmt) -> Iterator[ast.AST]:
    yield ast.Pass()


_OPERATORS: tuple[tuple[Any, Callable[[Any], Iterator[ast.AST]]], ...] = (
    (_SIMPLE, _deletion),
    (ast.BinOp | ast.AugAssign, _arithmetic),
    (ast.Compare, _comparison),
    (ast.Constant, _constant),
    (ast.Attribute, _reduction),
    (ast.Name, _built_in),
    (ast.UnaryOp, _unary),
    (ast.BoolOp, _and_or),
    (ast.Subscript, _slice),
    (ast.If | ast.While | ast.IfExp, _condition),
    (ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, _filters),
)


def _changed(node: ast.AST, **fields: Any) -> Any:
    """Return a copy of a node with other fields."""
    return type(node)(**(dict(ast.iter_fields(node)) | fields))


def _at(tree: ast.AST, path: _Path) -> Any:
    def child(node: Any, step: str | int) -> Any:
        return node[step] if isinstance(step, int) else getattr(node, step)

    return reduce(child, path, tree)


def _with(source: str, path: _Path, new: ast.AST) -> ast.Module:
    """Return a fresh tree of a source in which one node is another."""
    tree = ast.parse(source)
    *way, last = path
    holder: Any = _at(tree, tuple(way))
    if isinstance(last, int):
        holder[last] = new
    else:
        setattr(holder, last, new)
    return tree


def _shown(tree: ast.Module, place: _Place) -> _Path:
    """Return the path of what is shown for a change: a number or a name says little without what it stands in."""
    if not isinstance(place.node, ast.Constant | ast.Attribute | ast.Name):
        return place.path
    above = place.path[:-2] if isinstance(place.path[-1], int) else place.path[:-1]
    return above if isinstance(_at(tree, above), (ast.expr, ast.keyword, *_SIMPLE)) else place.path


def _text(node: ast.AST) -> str:
    """Return a node in one line, and of an `if` its head."""
    if isinstance(node, ast.If | ast.While):
        return f"{type(node).__name__.lower()} {ast.unparse(node.test)}"
    return " ".join(ast.unparse(node).split())


def _spliced(source: str, node: Any, new: ast.AST, dump: str) -> str:
    """Return a source with one node's text replaced; `dump` is that of the tree that must come of it."""
    if isinstance(node, ast.If | ast.While):
        # Only the head changes; what stands below it is not written anew.
        node, new = node.test, new.test  # type: ignore[attr-defined]  # it is of the kind of node
    plain = ast.unparse(ast.fix_missing_locations(new))
    text = _replaced(source, node, plain)
    try:
        is_right = ast.dump(ast.parse(text)) == dump
    except SyntaxError:
        is_right = False
    return text if is_right else _replaced(source, node, f"({plain})")


def _replaced(source: str, node: Any, text: str) -> str:
    # The tree counts columns in bytes.
    lines = source.encode().splitlines(keepends=True)
    before = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
    after = lines[node.end_lineno - 1][node.end_col_offset :] + b"".join(lines[node.end_lineno :])
    return (before + text.encode() + after).decode()


def _diff(before: str, after: str) -> str:
    """Return the lines that differ, without what is around them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))

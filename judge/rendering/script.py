"""A failed case as a plain Python script: inputs, calls, what was expected."""

from pathlib import Path

from judge.errors import UsageError
from judge.rendering.calls import runnable
from judge.rendering.text import printable
from judge.report import CaseReport, Report
from judge.values import to_source

_TEMPLATE = '''"""{title}

{name} of {problem} at seed {seed}, written by `judge replay --export`.
{message}
"""

import importlib.util
import sys

import numpy as np


def load(path):
    """Load the solution the way the judge does."""
    spec = importlib.util.spec_from_file_location({problem!r}, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[{problem!r}] = module
    spec.loader.exec_module(module)
    return module


def read_only(array):
    """Return an array that may not be written to."""
    array.flags.writeable = False
    return array


def show(name, value):
    """Print an answer with its type and shape."""
    array = np.asarray(value)
    print(f"{{name}}: {{type(value).__name__}}, shape {{array.shape}}, dtype {{array.dtype}}")
    print(value)


submission = load(sys.argv[1] if len(sys.argv) > 1 else {file!r})
{calls}
{expected}'''


def write_script(report: Report, case: CaseReport, file: Path) -> str:
    """Return the script for a case; raise UsageError when its inputs are too large to be written out."""
    statements = runnable(case.transcript)
    if not statements or any("left_out(" in statement for statement in statements):
        raise UsageError(f"{case.name}: its calls are too large, or too few, to be written as a script")
    calls = []
    for statement, call in zip(statements, case.transcript, strict=True):
        is_answer = "raised" not in call and not call.get("assigned")
        calls.append(f"answer = {statement}\nshow({call['expression']!r}, answer)" if is_answer else statement)
    wanted = "" if case.expected is None else f'print("expected:")\nprint({to_source(case.expected)})\n'
    quiet = printable(case.message).replace("\\", "\\\\").replace('"""', "'''")
    return _TEMPLATE.format(
        title=case.title,
        name=case.name,
        problem=report.problem,
        seed=report.seed,
        message=quiet,
        file=str(file),
        calls="\n".join(calls),
        expected=wanted,
    )

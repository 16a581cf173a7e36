"""Pictures: what a problem draws of a case, once of the submission's answers and once of the right ones.

A suite declares one, a function of axes and answers (`judge.suite.picture`). It
is given arrays and numbers, as any check is, and decides nothing: what cannot
be drawn is left out.
"""

import base64
import io
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import numpy as np

from judge.report import Drawing
from judge.suite import Case, Picture
from judge.transcript import Call, Transcript
from judge.values import elements

_INCHES = (4.2, 3.4)
_DOTS_PER_INCH = 120
# More than this takes seconds to draw, and nobody sees more.
_ELEMENTS_CAP = 200_000


@dataclass(frozen=True, slots=True)
class Answers:
    """The calls of one attempt as a picture asks for them."""

    transcript: Transcript

    def __getitem__(self, name: str) -> Any:
        """Return the last answer of an attribute, method or function as an array of floats.

        Raises KeyError where there is none.
        """
        return np.asarray(self._last(name).returned, dtype=float)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an answer of that name: a case that fails does not ask for the rest."""
        return any(_is(call, name) for call in self.transcript.calls)

    def given(self, name: str, place: int | str) -> Any:
        """Return what the last call of a method or function was given, by position or name, as an array of floats.

        Raises KeyError or IndexError where there is no such call or argument.
        """
        positional, keywords = self._last(name, is_call=True).arguments or ((), {})
        return np.asarray(keywords[place] if isinstance(place, str) else positional[place], dtype=float)

    def _last(self, name: str, *, is_call: bool = False) -> Call:
        for call in reversed(self.transcript.calls):
            if _is(call, name) and (call.arguments is not None or not is_call):
                return call
        raise KeyError(name)


def _is(call: Call, name: str) -> bool:
    return call.raised is None and call.expression.rpartition(".")[2] == name


def draw(picture: Picture, case: Case, mine: Transcript, right: Transcript) -> Drawing | None:
    """Draw a case from two transcripts, both on the same axes' ranges; None where that cannot be done."""
    if max(elements([call.returned for call in one.calls]) for one in (mine, right)) > _ELEMENTS_CAP:
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvases = [FigureCanvasAgg(Figure(_INCHES, _DOTS_PER_INCH, layout="constrained")) for _ in range(2)]
    axes = [canvas.figure.add_subplot() for canvas in canvases]
    try:
        for one, transcript in zip(axes, (mine, _as_far(right, mine)), strict=True):
            picture.function(one, Answers(transcript))
        # The right answers say which part is worth seeing, so that the two can be laid side by side.
        axes[0].set(xlim=axes[1].get_xlim(), ylim=axes[1].get_ylim())
        images = [_png(canvas) for canvas in canvases]
    except Exception:  # noqa: BLE001 - answers may be anything, and a picture is no verdict
        return None
    return Drawing(case.name, picture.title, *images)


def _as_far(right: Transcript, mine: Transcript) -> Transcript:
    """Cut the right calls where the others broke off, but for attributes that would have been read next."""
    done, more = right.calls[: len(mine.calls)], right.calls[len(mine.calls) :]
    return Transcript([*done, *takewhile(lambda call: call.arguments is None, more)])


def _png(canvas: Any) -> str:
    image = io.BytesIO()
    canvas.print_png(image)
    return base64.b64encode(image.getvalue()).decode()

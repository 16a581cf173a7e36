"""Makes foreign text safe to show: a terminal obeys what it is sent."""

import unicodedata

# Control characters move the cursor and set colours, format characters (bidi, zero width) hide text, and line and
# paragraph separators are line ends to some readers.
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    """Return `text` with control and format characters written out, all but newlines and tabs."""
    return "".join(
        letter if letter in "\n\t" or unicodedata.category(letter) not in _HIDDEN else ascii(letter)[1:-1]
        for letter in text
    )

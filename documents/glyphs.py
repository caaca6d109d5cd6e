"""Owns which signs a paper can bear: those that both of its faces have, so that every machine prints the same."""

import re
import unicodedata
from typing import Final

#: What stands on screen and on paper in place of a sign that the face has no picture of.
MISSING: Final = "[?]"

#: Stands at the end of a paper that bears it.
SAID: Final = f"Chỗ ghi {MISSING} là ký hiệu không in được."

#: First and last of each stretch that Times New Roman and Liberation Serif have in all four faces.
_KNOWN: Final = (
    "\t\n", " ~", "\u00a0\u036f", "\u0384\u0513", "\u1e00\u1e9b", "\u1ea0\u1ef9", "\u2000\u200a",
    "\u2010\u2010", "\u2012\u2022", "\u2026\u2026", "\u202f\u2030", "\u2032\u2034", "\u2039\u203a",
    "\u2044\u2044", "\u2070\u2079", "\u2080\u2089", "\u20ab\u20ac", "\u2116\u2116", "\u2122\u2122",
    "\u2153\u2154", "\u215b\u215e", "\u2190\u2195", "\u2202\u2202", "\u2206\u2206", "\u220f\u220f",
    "\u2211\u2212", "\u2215\u2215", "\u2219\u221a", "\u221e\u221f", "\u2229\u2229", "\u222b\u222b",
    "\u2248\u2248", "\u2260\u2261", "\u2264\u2265", "\u25a0\u25a1", "\u25aa\u25ac", "\u25b2\u25b2",
    "\u25ba\u25ba", "\u25bc\u25bc", "\u25c4\u25c4", "\u25ca\u25cb", "\u25cf\u25cf", "\u2640\u2640",
    "\u2642\u2642", "\u2660\u2660", "\u2663\u2663", "\u2665\u2666", "\ufb01\ufb02",
)  # fmt: skip
_STRANGE = re.compile("[^" + "".join(f"{ends[0]}-{ends[-1]}" for ends in _KNOWN) + "]+")


def shown(text: str) -> str:
    """The text as it is shown everywhere: a stretch of signs without a picture is `MISSING`, never silently gone."""
    return _STRANGE.sub(lambda found: MISSING if any(map(_seen, found[0])) else found[0], text)


def strange(text: str) -> tuple[str, ...]:
    """Each sign that cannot be printed, once, in order."""
    found = (sign for stretch in _STRANGE.findall(text) for sign in stretch if _seen(sign))
    return tuple(dict.fromkeys(found))


def _seen(sign: str) -> bool:
    """Joiners, direction marks and selectors have no picture anywhere."""
    return unicodedata.category(sign) not in ("Cc", "Cf", "Mn", "Me")

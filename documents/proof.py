"""What stands below a sealed paper: its code in the book and a square that leads to the page which checks it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import segno
from django.utils.html import escape

#: Read out instead of the square.
QR_SAID: Final = "Mã QR dẫn tới trang đối chiếu sổ biên bản"


@dataclass(frozen=True, slots=True)
class Proof:
    """`code`, `number`: of the paper's entry in the book; `address`: where that is checked, empty where the server has
    no address of its own. `wrong`: that the paper is not what was sealed; it then bears no code at all.

    The sealed bytes cannot hold it, for it is computed from them: it is added whenever the paper is written out.
    """

    code: str = ""
    number: int = 0
    address: str = ""
    wrong: str = ""

    @property
    def sentence(self) -> str:
        return f"Mã kiểm tra: {self.code} (mục số {self.number} trong sổ biên bản của chi bộ)"


def above(proof: Proof | None) -> str:
    return f'<p class="paper-wrong">{escape(proof.wrong)}</p>\n' if proof is not None and proof.wrong else ""


def below(proof: Proof | None) -> str:
    if proof is None or proof.wrong:
        return ""
    return f'\n<div class="paper-proof">{square(proof)}<p>{escape(proof.sentence)}</p></div>'


def square(proof: Proof) -> str:
    """As inline SVG: nothing is fetched, and it is as sharp on paper as on the screen."""
    if not proof.address:
        return ""
    drawn = _code(proof.address).svg_inline(border=0, omitsize=True, title=QR_SAID)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{QR_SAID}" ', 1)


def picture(proof: Proof) -> bytes:
    """The same square as PNG, for what cannot draw."""
    held = BytesIO()
    _code(proof.address).save(held, kind="png", border=0, scale=10)
    return held.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)

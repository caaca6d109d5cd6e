"""How each kind of order is made: from what it holds to the bytes of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from book.volume import write
from book.yearly import volume_of
from documents.docx import to_docx_at_leisure
from documents.large import reckoned
from documents.model import from_json
from documents.pdf import to_pdf_at_leisure
from documents.proof import Proof
from members.models import Organisation
from printing.models import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    Tick = Callable[[int, int], None]  # how many pages are laid out, and of how many


def make(kind: str, asked: dict[str, Any], tick: Tick) -> bytes:
    """The file. Raises TooMuch, Endless, Changed, and whatever `tick` raises."""
    return MAKERS[Kind(kind)](asked, tick)


def _paper(asked: dict[str, Any], tick: Tick) -> bytes:
    document = from_json(asked["document"])
    proof = Proof(**asked["proof"]) if asked["proof"] is not None else None
    total, laid = reckoned(document), 0

    def watch(page: int | None) -> None:
        nonlocal laid
        laid = page or laid
        tick(laid, max(total, laid))

    writer = to_docx_at_leisure if asked["form"] == "docx" else to_pdf_at_leisure
    return writer(document, proof, watch)


def _year(asked: dict[str, Any], tick: Tick) -> bytes:
    cell = Organisation.objects.get(pk=asked["cell"])
    return write(volume_of(cell, asked["year"], asked["links"], asked["head"], asked["others"]), tick)


MAKERS: dict[Kind, Callable[[dict[str, Any], Tick], bytes]] = {Kind.PAPER: _paper, Kind.YEAR: _year}

"""What a sealed paper says of itself wherever it is shown: its code in the book, or that it is not what was sealed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from book.kinds import KINDS, sha256
from book.models import Link
from book.verify import wrong_with
from documents.model import Document, from_json, para
from documents.proof import Proof
from documents.sealed import Rendered, rendered, rendered_once
from members.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable

WRONG = (
    "NỘI DUNG ĐANG LƯU KHÔNG KHỚP SỔ BIÊN BẢN: đã bị thay đổi sau khi ký, không dùng được. "
    "Xin báo chi uỷ và cấp uỷ cấp trên."
)


_LINKS = Asked(lambda kinds, keys: Link.objects.filter(kind__in=kinds, thing_pk__in=keys).order_by())


def of(kind: str, row: Any, beside: Iterable[tuple[str, Any]] = ()) -> Proof:
    """One question to the database. `beside`: other sealed rows that are shown with it, each with its kind."""
    shown = [(kind, row), *beside]
    links = _links_of(shown)
    return proof_by(links[kind, row.pk]) if _all_stand(shown, links) else Proof(wrong=WRONG)


def newest_among(shown: Iterable[tuple[str, Any]]) -> Proof:
    """By the last of their entries: whoever has its code on paper can prove each entry before it as well."""
    rows = list(shown)
    links = _links_of(rows)
    if not _all_stand(rows, links):
        return Proof(wrong=WRONG)
    return proof_by(max(links.values(), key=lambda link: link.number)) if links else Proof()


def _links_of(shown: Iterable[tuple[str, Any]]) -> dict[tuple[str, int], Link]:
    """Of these rows alone, by kind and key. One question for all of them."""
    wanted = {(name, one.pk) for name, one in shown}
    kinds, keys = sorted({name for name, _ in wanted}), sorted({key for _, key in wanted if key is not None})
    found = {(link.kind, link.thing_pk): link for link in _LINKS(kinds, keys)}
    return {place: link for place, link in found.items() if place in wanted}


def _all_stand(shown: Iterable[tuple[str, Any]], links: dict[tuple[str, int], Link]) -> bool:
    return not any(_is_wrong(links.get((name, one.pk)), one) for name, one in shown)


def proof_by(link: Link) -> Proof:
    base, query = settings.BASE_ADDRESS, f"?code={link.code}"
    address = f"{base}{reverse('book', args=[link.cell_id])}{query}" if base else ""
    return Proof(code=link.code, number=link.number, address=address)


def stands(kind: str, row: Any) -> bool:
    """Whether the book knows it as sealed, whatever the row says of itself."""
    return bool(_links_of([(kind, row)]))


def wrong_among(shown: Iterable[tuple[str, Any]]) -> str:
    """In red, where one of these rows is not what was sealed: for what is shown of them without being a paper."""
    rows = list(shown)
    return of(*rows[0], rows[1:]).wrong if rows else ""


def _is_wrong(link: Link | None, row: Any) -> bool:
    """The same bytes as the seal says, by the link and by the row's own fingerprint, and a link that is what it was."""
    if link is None or link.computed() != link.hash or wrong_with(link, row):
        return True
    kind = KINDS[link.kind]
    return bool(kind.text and hasattr(row, "fingerprint") and row.fingerprint != sha256(kind.text_of(row)))


def sealed_paper(kind: str, row: Any, beside: Iterable[tuple[str, Any]] = ()) -> Rendered:
    """A stored paper as it is shown, with its proof. What is encrypted at rest is never kept rendered.

    What cannot be read any more is a paper as well, which says so.
    """
    proof = of(kind, row, beside)
    try:
        text = KINDS[kind].text_of(row)
        paper = rendered(from_json(text)) if KINDS[kind].closed else rendered_once(text)
    except Exception:
        if not proof.wrong:
            raise
        paper = rendered(_UNREADABLE)
    return paper.proved(proof)


_UNREADABLE = Document(
    "khong-doc-duoc",
    "Không đọc được nội dung đang lưu",
    date(2026, 1, 1),
    (para("Nội dung đang lưu không còn đọc được, nên không có gì để hiển thị."),),
)

"""A sealed paper is rendered once: its place on a page in each process, its PDF in a file of this server.

Both are found by the paper itself, by every letter of it: nobody can ask for what is kept here without already
holding the whole paper, and who may hold it is decided before, at each request.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import weasyprint
from django.core.cache import caches

from documents.html import in_parts, to_fragment
from documents.model import Document, fingerprint, from_json
from documents.pdf import to_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.safestring import SafeString

    from documents.proof import Proof

IN_MEMORY = 64  # papers in one process, some 100 kB each


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper with what a page shows of it, `fragment` and `parts` written when they are first asked for.

    `proof`: what a sealed one says of itself; it is no part of the paper.
    """

    document: Document
    fingerprint: str
    fragment: Callable[[], SafeString]
    parts: Callable[[], tuple[tuple[str, SafeString], ...]]
    sealed: bool = False
    proof: Proof | None = None

    def proved(self, proof: Proof) -> Rendered:
        return replace(self, proof=proof)


def rendered(document: Document, *, shown_as: Callable[[Document], Document] | None = None) -> Rendered:
    """`shown_as`: what it bears while it is not signed; the fingerprint is of the paper itself."""
    shown = shown_as(document) if shown_as is not None else document
    return Rendered(shown, fingerprint(document), partial(to_fragment, shown), partial(in_parts, shown))


@lru_cache(IN_MEMORY)
def rendered_once(text: str) -> Rendered:
    """Of a sealed paper, from the JSON that is stored of it."""
    document = from_json(text)
    fragment, parts = cache(partial(to_fragment, document)), cache(partial(in_parts, document))
    return Rendered(document, fingerprint(document), fragment, parts, sealed=True)


def pdf_of(paper: Rendered, write: Callable[[Document, Proof | None], bytes] | None = None) -> bytes:
    """Written once where the paper is sealed and what was sealed, each time otherwise. `write`: as to_pdf() does."""
    proof, write = paper.proof, write or to_pdf
    if not _is_kept(paper):
        return write(paper.document, proof)
    found = kept_pdf(paper)
    if found is None:
        found = write(paper.document, proof)
        caches["papers"].set(_key(paper), found)
    return found


def kept_pdf(paper: Rendered) -> bytes | None:
    """What is there already."""
    found: bytes | None = caches["papers"].get(_key(paper)) if _is_kept(paper) else None
    return found


def _is_kept(paper: Rendered) -> bool:
    return paper.sealed and not (paper.proof is not None and paper.proof.wrong)


def _key(paper: Rendered) -> str:
    bears = hashlib.sha256(repr(paper.proof).encode()).hexdigest()[:16]
    return f"{writer()}-{paper.fingerprint}-{bears}"


@lru_cache(1)
def writer() -> str:
    """Another version of what writes papers writes them anew."""
    sources = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(sources + weasyprint.__version__.encode()).hexdigest()[:16]

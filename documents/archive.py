"""Owns how several papers leave as one archive: written to a temporary file, never cached."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse

from documents.model import Document
from documents.pdf import to_pdf
from documents.sealed import Rendered, pdf_of

IN_MEMORY = 8_000_000  # bytes


def archive_response(name: str, papers: Iterable[tuple[str, Document | Rendered]]) -> FileResponse:
    """`papers`: the file's stem as people read it, and the paper; each goes in as a PDF."""
    held = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # the response closes it
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for stem, paper in papers:
            archive.writestr(f"{file_name(stem)}.pdf", pdf_of(paper) if isinstance(paper, Rendered) else to_pdf(paper))
    held.seek(0)
    response = FileResponse(held, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(stem: str) -> str:
    """Vietnamese letters stay; what a file system takes for a path or a wildcard does not."""
    kept = "".join(" " if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in normalize("NFC", stem))
    return " ".join(kept.split()).strip(". ") or "giay-to"

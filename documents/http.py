"""Owns how a paper leaves over HTTP: never cached, never guessed to be something else."""

from django.http import HttpResponse

from documents.model import Document
from documents.pdf import to_pdf
from documents.sealed import Rendered, pdf_of


def pdf_response(paper: Document | Rendered, *, download: bool = False) -> HttpResponse:
    """A paper as a file; what is sealed is not written anew."""
    document, pdf = (paper.document, pdf_of(paper)) if isinstance(paper, Rendered) else (paper, to_pdf(paper))
    disposition = "attachment" if download else "inline"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'{disposition}; filename="{document.name}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )

"""Owns how a paper leaves over HTTP: never cached, never guessed to be something else."""

from django.http import HttpResponse

from documents.model import Document
from documents.pdf import to_pdf


def pdf_response(document: Document, *, download: bool = False) -> HttpResponse:
    disposition = "attachment" if download else "inline"
    return HttpResponse(
        to_pdf(document),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'{disposition}; filename="{document.name}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )

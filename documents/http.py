"""Owns how a paper leaves over HTTP, as print or in Word: never cached, never guessed to be something else."""

from typing import Final, Literal

from django.http import HttpRequest, HttpResponse

from documents.docx import CONTENT, to_docx
from documents.model import Document
from documents.pdf import to_pdf
from documents.sealed import Rendered, pdf_of

#: What the address of a paper has besides when it is asked for in Word: who may read it in one form may in the other.
WORD: Final = "dang=docx"


def form_of(request: HttpRequest) -> Literal["pdf", "docx"]:
    """The form in which a paper is asked for."""
    return "docx" if request.GET.get("dang") == "docx" else "pdf"


def paper_response(request: HttpRequest, paper: Document | Rendered, *, download: bool = False) -> HttpResponse:
    """A paper as a file; what is sealed is not written anew as PDF. A Word file is always a download."""
    document = paper.document if isinstance(paper, Rendered) else paper
    form = form_of(request)
    if form == "docx":
        written = to_docx(document, paper.proof if isinstance(paper, Rendered) else None)
    else:
        written = pdf_of(paper) if isinstance(paper, Rendered) else to_pdf(paper)
    disposition = "attachment" if download or form == "docx" else "inline"
    return HttpResponse(
        written,
        content_type=CONTENT if form == "docx" else "application/pdf",
        headers={
            "Content-Disposition": f'{disposition}; filename="{document.name}.{form}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )

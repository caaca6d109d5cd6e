"""Owns how a paper leaves over HTTP, as print or in Word: never cached, never guessed to be something else."""

from typing import Final, Literal

from django.http import HttpRequest, HttpResponse

from documents.apart import TooMuch
from documents.docx import CONTENT as DOCX
from documents.docx import to_docx
from documents.large import IN_A_REQUEST, Large, Wanted, reckoned
from documents.model import Document
from documents.pdf import to_pdf
from documents.sealed import Rendered, kept_pdf, pdf_of
from documents.xlsx import CONTENT as XLSX

#: What the address of a paper has besides when it is asked for in Word: who may read it in one form may in the other.
WORD: Final = "dang=docx"
CONTENTS: Final = {"pdf": "application/pdf", "docx": DOCX, "xlsx": XLSX}


def form_of(request: HttpRequest) -> Literal["pdf", "docx"]:
    """The form in which a paper is asked for."""
    return "docx" if request.GET.get("dang") == "docx" else "pdf"


def paper_response(request: HttpRequest, paper: Document | Rendered, *, download: bool = False) -> HttpResponse:
    """A paper as a file; what is sealed is not written anew as PDF. A Word file is always a download.

    Raises Large where it takes more than a request may, Endless where it takes more than anything may.
    """
    document = paper.document if isinstance(paper, Rendered) else paper
    proof = paper.proof if isinstance(paper, Rendered) else None
    form = form_of(request)
    wanted = Wanted(document, proof, form, download or form == "docx")
    return file_response(_written(request, paper, wanted), document.name, form, download=wanted.download)


def file_response(written: bytes, stem: str, form: str, *, download: bool) -> HttpResponse:
    """`stem`: the file's name without its ending; `form`: what it ends in. Kept by no browser."""
    return HttpResponse(
        written,
        content_type=CONTENTS[form],
        headers={
            "Content-Disposition": f'{"attachment" if download else "inline"}; filename="{stem}.{form}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _written(request: HttpRequest, paper: Document | Rendered, wanted: Wanted) -> bytes:
    """What a form was sent for is written here or not at all: it cannot be asked for again."""
    if wanted.form == "pdf" and isinstance(paper, Rendered) and (found := kept_pdf(paper)) is not None:
        return found
    if reckoned(wanted.document) > IN_A_REQUEST and request.method == "GET":
        raise Large(wanted)
    try:
        if wanted.form == "docx":
            return to_docx(wanted.document, wanted.proof)
        return pdf_of(paper) if isinstance(paper, Rendered) else to_pdf(paper)
    except TooMuch:
        if request.method == "GET":
            raise Large(wanted) from None
        raise

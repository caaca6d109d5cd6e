"""Owns the PDF: tagged, with embedded fonts, the same bytes for the same document."""

import logging
from itertools import pairwise
from typing import Any, Final

from weasyprint import HTML
from weasyprint import Document as Layout
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.urls import URLFetcher

from documents.apart import Bounds, Watch, apart, say
from documents.css import stylesheet
from documents.fields import with_fields
from documents.fit import ENOUGH, SHORT, Fit, foreseen
from documents.html import to_html
from documents.model import Document, fingerprint, signers
from documents.proof import Proof
from documents.style import STYLES, tighter
from documents.turn import turn

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"

#: Every letter of Vietnamese, small and capital.
VIETNAMESE_LETTERS = _LETTERS + _LETTERS.upper()


def to_pdf(document: Document, proof: Proof | None = None, *, to_sign: bool = False) -> bytes:
    """Reads nothing but the document and its proof: no file, no network. Raises TooMuch or Busy.

    `to_sign`: with an empty signature field over each name.
    """
    with turn():
        return apart(_pages, document, proof, to_sign)


#: Of what nobody waits for with a page open (docs/decisions/0039).
AT_LEISURE: Final = Bounds(seconds=90, waits=600, megabytes=330)


def to_pdf_at_leisure(document: Document, proof: Proof | None, watch: Watch) -> bytes:
    """The same bytes, outside a request. `watch` hears the number of each page. Raises TooMuch."""
    return apart(_told, document, proof, bounds=AT_LEISURE, watch=watch)


def _told(document: Document, proof: Proof | None) -> bytes:
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.addHandler(_Counting())
    PROGRESS_LOGGER.propagate = False  # each step is a line, which nobody wants in the journal
    return _pages(document, proof)


class _Counting(logging.Handler):
    """WeasyPrint tells each page as it begins it."""

    def emit(self, record: logging.LogRecord) -> None:
        if "Page %d" in record.msg and isinstance(record.args, tuple):
            say(int(str(record.args[0])))


def _pages(document: Document, proof: Proof | None, to_sign: bool = False) -> bytes:
    said = [" ".join((*one.role_lines, one.name)).replace("\n", " ") for one in signers(document)]
    fields = with_fields(said) if to_sign else None
    return _finish(_set(document, proof), pdf_identifier=fingerprint(document), finisher=fields)


_HEADINGS: Final = ("h2", "h3", "h4")


def _set(document: Document, proof: Proof | None) -> Layout:
    """As the style says, unless only a few lines come to the last page: then that page is saved, or has more of them.

    To lay out is dear. What is clear beforehand is laid out so at once; it is tried step by step only near an edge, or
    where the layout shows that the reckoning was wrong. Longer papers are as they come: a few lines on the ninth page
    are no trouble. Which it is depends on the document alone, so that its bytes stay the same.
    """
    best = foreseen(document)
    at_once = _laid_out(document, proof, best.fit) if best.sure else None
    if at_once is not None and best.came_true(len(at_once.pages), _filled(at_once)):
        return at_once
    return _step_by_step(document, proof)


def _step_by_step(document: Document, proof: Proof | None) -> Layout:
    style = document.style()
    usual = _laid_out(document, proof, Fit(style))
    pages = len(usual.pages)
    if not 1 < pages <= SHORT or _filled(usual) >= ENOUGH:
        return usual
    shorter = _laid_out(document, proof, Fit(tighter(style)))
    if len(shorter.pages) < pages:
        return shorter
    fuller = _laid_out(document, proof, Fit(style, ending=True))
    return fuller if len(fuller.pages) == pages else usual


def _laid_out(document: Document, proof: Proof | None, fit: Fit) -> Layout:
    return _lay_out(to_html(document, proof, stylesheet(document, fit.paper, ending=fit.ending)))


def _filled(layout: Layout) -> float:
    """How much of the last page has something on it, or of one before an annex where that is less."""
    boxes = [page._page_box for page in layout.pages]
    ends = [one for one, after in pairwise(boxes) if _begins(after)]
    return min(map(_filled_page, (*ends, boxes[-1])))


def _begins(page: Any) -> bool:
    """Whether what it shows was to begin a page."""
    first = next((box for box in page.children[0].descendants() if box.element_tag in _HEADINGS), None)
    return first is not None and "paper-new-page" in first.element.get("class", "")


def _filled_page(page: Any) -> float:
    lines = [box for box in page.children[0].descendants() if isinstance(box, LineBox)]
    lowest = max((line.position_y + line.height for line in lines), default=0)
    return float((lowest - page.content_box_y()) / page.height)


def font_problem() -> str | None:
    """One line for the administrator when some Vietnamese letter would be set in another face."""
    families: set[str] = set()
    missing: set[str] = set()

    def look(rendered: Any, _pdf: Any) -> None:
        for font in rendered.fonts.values():
            families.add(font.family)
            missing.update(map(chr, font.missing))

    _write(_specimen(), finisher=look)
    allowed = {family for style in STYLES for family in style.fonts}
    strangers = sorted(families - allowed)
    if not strangers and not missing:
        return None
    faces = ", ".join(strangers) or "không có"
    lost = f"; thiếu chữ: {' '.join(sorted(missing))}" if missing else ""
    return (
        f"Phông chữ thiếu chữ tiếng Việt (phông thay thế: {faces}{lost}). "
        "Hãy cài gói fonts-liberation2 (Liberation Serif 2) hoặc Times New Roman."
    )


def _specimen() -> str:
    """Every Vietnamese letter in the four faces that papers use."""
    fonts = ", ".join(f'"{font}"' for font in STYLES[-1].fonts)
    return (
        f"<html lang=vi><title>a</title><style>p {{ font-family: {fonts} }}</style>"
        f"<p>{VIETNAMESE_LETTERS}<p><b>{VIETNAMESE_LETTERS}</b>"
        f"<p><i>{VIETNAMESE_LETTERS}</i><p><b><i>{VIETNAMESE_LETTERS}</i></b>"
    )


def _write(html: str, **options: Any) -> bytes:
    return _finish(_lay_out(html), **options)


def _lay_out(html: str) -> Layout:
    inside = URLFetcher(allowed_protocols=("data",))  # a photograph's own bytes; a text is never an address
    return HTML(string=html, url_fetcher=inside).render(pdf_variant=_VARIANT)


def _finish(layout: Layout, **options: Any) -> bytes:
    _claim_both(layout.metadata)
    written: bytes = layout.write_pdf(pdf_variant=_VARIANT, **options)
    return written


#: For the archive: everything in the file itself, colours and structure said (ISO 19005-2, level A).
_VARIANT = "pdf/a-2a"

# That a file is PDF/UA-1 as well; PDF/A wants every property that it does not know described.
_ALSO_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def _claim_both(metadata: Any) -> None:
    """WeasyPrint writes the claim of one variant; the structure that PDF/UA asks for is there in both."""
    written = metadata.generate_rdf_metadata

    def both(*told: Any) -> bytes:
        rdf: bytes = written(*told)
        return rdf.replace(b"</rdf:RDF>", _ALSO_UA)

    metadata.generate_rdf_metadata = both

"""Owns the PDF: tagged, with embedded fonts, the same bytes for the same document."""

from threading import Lock
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from documents.apart import apart
from documents.html import to_html
from documents.model import Document, fingerprint
from documents.style import STYLES

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"

#: Every letter of Vietnamese, small and capital.
VIETNAMESE_LETTERS = _LETTERS + _LETTERS.upper()

_ONE_AT_A_TIME = Lock()  # two at once take twice the memory, and no less time


def to_pdf(document: Document) -> bytes:
    """Reads nothing but the document: no file, no network. Raises TooMuch where it would stop the server."""
    with _ONE_AT_A_TIME:
        return apart(_pages, document)


def _pages(document: Document) -> bytes:
    return _write(to_html(document), pdf_identifier=fingerprint(document))


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
    nothing = URLFetcher(allowed_protocols=())
    written: bytes = HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1", **options)
    return written

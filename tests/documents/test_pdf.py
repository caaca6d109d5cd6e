"""The PDF: what a reader, a ruler, a screen reader and an attacker find in it."""

import re
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.dom.minidom import parseString

import pytest
from pypdf import PdfReader

from documents import pdf
from documents.model import (
    Column,
    Document,
    Head,
    Heading,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Table,
    Title,
    para,
    plain_text,
)
from documents.pdf import VIETNAMESE_LETTERS, font_problem, to_pdf

Write = Callable[..., Document]
ReadText = Callable[[bytes], list[str]]
ReadWords = Callable[[bytes], list[Any]]


def embedded_fonts(data: bytes) -> set[str]:
    """Family names without the subset's prefix and the face."""
    found = set()
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]
            name = str(font["/BaseFont"]).split("+")[1]
            found.add(name.removesuffix("-Italic").removesuffix("-Bold"))
    return found


def test_the_same_paper_gives_the_same_bytes(sample: Document, sample_pdf: bytes) -> None:
    assert to_pdf(sample) == sample_pdf


def test_every_vietnamese_letter_is_set_in_times_new_roman_or_its_twin(paper: Write, read_text: ReadText) -> None:
    faces = (Run(VIETNAMESE_LETTERS, bold, italic) for bold in (False, True) for italic in (False, True))
    data = to_pdf(paper(*(Paragraph((face,)) for face in faces)))
    assert embedded_fonts(data) in ({"Liberation-Serif"}, {"Times-New-Roman"})
    assert "".join(read_text(data)[0].split()) == VIETNAMESE_LETTERS * 4


def test_the_list_of_letters_is_the_whole_alphabet() -> None:
    assert len(VIETNAMESE_LETTERS) == 2 * (29 + 12 * 5)
    assert {unicodedata.normalize("NFC", letter) for letter in VIETNAMESE_LETTERS} == set(VIETNAMESE_LETTERS)


def test_this_machine_has_the_letters() -> None:
    assert font_problem() is None


def test_another_face_is_reported_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_specimen", lambda: "<html lang=vi><title>a</title><p><tt>ắ</tt>")
    problem = font_problem() or ""
    assert problem.startswith("Phông chữ thiếu chữ tiếng Việt (phông thay thế: ")
    assert problem.count("\n") == 0


def test_letters_that_no_face_has_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = "\u0378"
    page = f"<html lang=vi><title>a</title><style>p {{ font-family: Times New Roman }}</style><p>{lost}"
    monkeypatch.setattr(pdf, "_specimen", lambda: page)
    assert f"thiếu chữ: {lost}" in (font_problem() or "")


def test_the_file_says_its_title_language_and_structure(sample: Document, sample_pdf: bytes) -> None:
    reader = PdfReader(BytesIO(sample_pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == sample.title
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    claims = reader.trailer["/Root"]["/Metadata"].get_data()
    assert [claim in claims for claim in (b"pdfuaid:part>1<", b"pdfaid:part", b"pdfaid:conformance")] == [True] * 3
    assert parseString(claims).documentElement.tagName == "x:xmpmeta"
    assert reader.trailer["/Root"]["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert [item.title for item in reader.outline if not isinstance(item, list)] == ["BIÊN BẢN"]


def test_every_word_can_be_selected_and_searched(sample: Document, sample_pdf: bytes, read_text: ReadText) -> None:
    words = " ".join(read_text(sample_pdf)).split()
    assert [word for word in plain_text(sample).split() if word not in words] == []


def test_pages_are_numbered_from_the_second(sample_pdf: bytes, read_words: ReadWords) -> None:
    in_top_margin = [(word.page, word.text) for word in read_words(sample_pdf) if word.bottom < 20]
    assert in_top_margin == [(2, "2"), (3, "3")]


def test_the_page_number_is_centred_10_mm_from_the_edge(sample_pdf: bytes, read_words: ReadWords) -> None:
    number = next(word for word in read_words(sample_pdf) if word.page == 2 and word.bottom < 20)
    assert (number.left + number.right) / 2 == pytest.approx(30 + 165 / 2, abs=0.5)
    assert number.top == pytest.approx(10, abs=1)


def test_text_keeps_the_margins(sample_pdf: bytes, read_words: ReadWords) -> None:
    body = [word for word in read_words(sample_pdf) if word.bottom > 20]
    assert min(word.left for word in body) == pytest.approx(30, abs=0.5)
    assert max(word.right for word in body) == pytest.approx(195, abs=0.5)
    assert min(word.top for word in body) == pytest.approx(20, abs=1)
    assert max(word.bottom for word in body) <= 277


def test_a_first_line_begins_10_mm_further_in(paper: Write, read_words: ReadWords) -> None:
    words = read_words(to_pdf(paper(para("Thảo"), para("Luận", indent=False), Heading("Kết"))))
    assert [round(word.left, 1) for word in words] == [40.0, 30.0, 40.0]


def test_lines_are_18_points_and_paragraphs_6_apart(paper: Write, read_words: ReadWords) -> None:
    words = read_words(to_pdf(paper(para("một\nhai"), para("ba"))))
    points = [(word.top - words[0].top) / 25.4 * 72 for word in words]
    assert points == pytest.approx([0, 18, 42], abs=0.1)


def test_the_head_stands_in_two_centred_columns(paper: Write, read_words: ReadWords) -> None:
    head = Head("ĐẢNG BỘ", "CHI BỘ", "Số 05-BB/CB", "Sao Mai, ngày 05 tháng 12 năm 2026")
    words = read_words(to_pdf(paper(head, Title("BIÊNBẢN", ()), para("Hết."))))

    def middle(*texts: str) -> float:
        line = [word for word in words if word.text in texts]
        return (min(word.left for word in line) + max(word.right for word in line)) / 2

    assert middle("*") == pytest.approx(30 + 70 / 2, abs=0.5)
    assert middle("Số", "05-BB/CB") == pytest.approx(30 + 70 / 2, abs=0.5)
    # Its first word is also in the superior's name, which stands on the same line.
    party = [word for word in words if word.text in ("ĐẢNG", "NAM")]
    assert (party[1].left + party[-1].right) / 2 == pytest.approx(195 - 45, abs=0.5)
    assert middle("Sao", "Mai,", "ngày", "tháng", "12", "năm", "2026") == pytest.approx(195 - 45, abs=0.5)
    assert middle("BIÊNBẢN") == pytest.approx(30 + 165 / 2, abs=0.5)
    bottom = next(word.bottom for word in words if word.text == "05-BB/CB")
    assert next(word.top for word in words if word.text == "BIÊNBẢN") - bottom == pytest.approx(10, abs=1.5)


def test_long_names_of_the_superior_wrap_inside_their_column(paper: Write, read_words: ReadWords) -> None:
    head = Head("TRUNGTÂM " * 12, "CHI BỘ", "", "Sao Mai, ngày 05 tháng 12 năm 2026")
    wrapped = [word for word in read_words(to_pdf(paper(head))) if word.text == "TRUNGTÂM"]
    assert len(wrapped) == 12
    assert [word for word in wrapped if word.left < 30 or word.right > 100] == []


def test_signatures_stand_in_two_halves_with_four_lines_between(paper: Write, read_words: ReadWords) -> None:
    block = Signatures(Signature(("THƯKÝ",), "Tuấn"), Signature(("CHỦTRÌ",), "Lan"))
    words = {word.text: word for word in read_words(to_pdf(paper(para("Hết."), block)))}
    middles = {text: round((word.left + word.right) / 2 - 30, 0) for text, word in words.items()}
    assert (middles["THƯKÝ"], middles["Tuấn"]) == (41, 41)
    assert (middles["CHỦTRÌ"], middles["Lan"]) == (124, 124)
    assert (words["Lan"].top - words["CHỦTRÌ"].top) / 25.4 * 72 == pytest.approx(5 * 18, abs=0.5)


def test_a_signature_never_parts_from_its_name(paper: Write, read_words: ReadWords) -> None:
    block = Signatures(None, Signature(("CHỦTRÌ",), "Lan"))
    words = read_words(to_pdf(paper(*(para("dòng") for _ in range(29)), block)))
    assert {word.text: word.page for word in words} == {"2": 2, "dòng": 2, "CHỦTRÌ": 2, "Lan": 2}


def test_the_header_row_comes_back_on_each_page_and_a_tall_row_breaks(paper: Write, read_text: ReadText) -> None:
    tall = " ".join(f"từ{number}" for number in range(1500))
    table = Table((Column("THỨTỰ", 25), Column("VIỆC", 140)), (("1", tall), ("2", "hết")))
    pages = [page for page in read_text(to_pdf(paper(table))) if "từ" in page]
    assert len(pages) > 1
    assert [page.count("THỨTỰ") for page in pages] == [1] * len(pages)
    words = " ".join(pages).split()
    assert [word for word in tall.split() if word not in words] == []


def test_a_row_that_fits_a_page_is_not_torn(paper: Write, read_text: ReadText) -> None:
    rows = tuple((f"hàng{number}", "một hai ba " * 20) for number in range(30))
    pages = read_text(to_pdf(paper(Table((Column("SỐ", 25), Column("VIỆC", 100)), rows))))
    assert len(pages) > 1
    assert [page.count("một") for page in pages] == [20 * page.count("hàng") for page in pages]


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that remembers who asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Keeps the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


VECTORS = ["img", "css", "a", "import", "font", "bg", "object", "embed", "svg"]


def vectors(url: str) -> str:
    return (
        f'<img src="{url}/img"><link rel="stylesheet" href="{url}/css"><link rel="attachment" href="{url}/a">'
        f'<style>@import "{url}/import"; @font-face {{ font-family: x; src: url({url}/font) }} '
        f"p {{ background: url({url}/bg); font-family: x }}</style><base href='{url}/'>"
        f'<object data="{url}/object"></object><embed src="{url}/embed"><svg><image href="{url}/svg"/></svg>'
    )


def test_addresses_in_a_text_are_never_visited(paper: Write, read_text: ReadText) -> None:
    with listening() as (url, asked):
        pages = read_text(to_pdf(paper(para(vectors(url)))))
    assert asked == []
    assert pages[0].replace(" ", "").startswith(f'<imgsrc="{url}/img">')


def test_even_real_markup_reaches_neither_network_nor_files(tmp_path: Path) -> None:
    """Each address that the markup names is a file with the secret in it, so that whoever may fetch one has it."""
    for name in re.findall(r"secret/(\w+)", vectors("secret")):
        (tmp_path / name).write_text("bí mật " * 50)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(VECTORS)
    with listening() as (url, asked):
        for address in (url, tmp_path.as_uri()):
            page = f"<html lang=vi><title>a</title>{vectors(address)}<p>a"
            data = pdf._write(page, uncompressed_pdf=True)
            assert (b"EmbeddedFile" in data, "bí mật".encode() in data) == (False, False)
    assert asked == []


@pytest.mark.in_turn
@pytest.mark.parametrize("letters", ["Tự phê bình và phê bình ", "x"], ids=["words", "one word"])
def test_a_remark_of_30_kb_becomes_a_paper_in_seconds(letters: str, paper: Write) -> None:
    size = 30_000
    remark = (letters * size).encode()[:size].decode(errors="ignore")
    begun = time.process_time()
    pages = PdfReader(BytesIO(to_pdf(paper(para(remark))))).pages
    assert len(pages) > 3
    assert time.process_time() - begun < 10

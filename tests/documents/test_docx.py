"""The Word file: what somebody who opens it, a ruler, and an attacker find in it."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest
from docx.api import Document as WordFile
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from fontTools.ttLib import TTFont
from lxml import etree

from documents.docx import to_docx, write
from documents.docx_blocks import WRITERS
from documents.docx_styles import PARTY_NAME_MM_PER_PT
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Slips,
    Table,
    Title,
    bullets,
    para,
    plain_text,
)
from documents.pdf import VIETNAMESE_LETTERS
from documents.proof import Proof
from documents.style import HD05, HD36, PARTY_NAME, PaperStyle

Write = Callable[..., Document]

SLIPS = Slips(
    3, "CHI BỘ VĂN PHÒNG", "Sinh hoạt tháng 12", "PHIẾU BIỂU QUYẾT", "Đồng ý?", ("Có", "Không"), "Đánh dấu một ô."
)


def opened(document: Document, proof: Proof | None = None) -> WordDocument:
    return WordFile(BytesIO(write(document, proof)))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(data: bytes, part: str = "word/document.xml") -> str:
    """Every word of a part, a line for each paragraph, as somebody would read them aloud."""
    told = []
    for paragraph in etree.fromstring(parts(data)[part]).iter(qn("w:p")):
        pieces = paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        told.append("".join("\n" if piece.tag == qn("w:br") else piece.text or "" for piece in pieces))
    return "\n".join(told).replace("\u00a0", " ")


def test_every_kind_of_block_has_its_writer() -> None:
    assert set(WRITERS) == set(get_args(Block))


def test_the_same_paper_gives_the_same_bytes_at_any_hour(sample: Document) -> None:
    proof = Proof("a1b2-c3d4", 7, "https://chibo.example/book")
    data = write(sample, proof)
    assert (data == write(sample, proof), data == to_docx(sample, proof)) == (True, True)
    with ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_says_its_title_language_and_day_and_nobody_elses(sample: Document) -> None:
    data = write(sample)
    told = etree.fromstring(parts(data)["docProps/core.xml"])
    assert {etree.QName(child).localname: child.text for child in told} == {
        "title": sample.title,
        "language": "vi",
        "created": "2026-12-05T00:00:00Z",
        "modified": "2026-12-05T00:00:00Z",
    }
    assert sorted(parts(data)) == sorted(
        ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml"]
        + [f"word/{name}.xml" for name in ("header1", "header2", "header3", "numbering", "settings", "styles")]
    )
    assert not re.search(rb"python|docx|[Tt]emplate", b"".join(parts(data).values()).replace(b"docProps", b""))


def test_a_sign_that_no_xml_may_hold_makes_no_broken_file(sample: Document) -> None:
    strange = "Biên\x0b bản\x00\ufffe <w:p/> & ]]>"
    odd = replace(sample, title=strange, blocks=(*sample.blocks, para(strange)))
    found = parts(write(odd))
    for name in ("docProps/core.xml", "word/document.xml"):
        told = "".join(etree.fromstring(found[name]).itertext())
        assert ("<w:p/> & ]]>" in told, "\x0b" in told) == (True, False)


def test_every_word_of_the_paper_is_in_it_in_order(sample: Document) -> None:
    said = words(write(replace(sample, blocks=(*sample.blocks, SLIPS)))).split()
    wanted = plain_text(replace(sample, blocks=(*sample.blocks, SLIPS))).split()
    # What stands side by side is read across; the dash of a list is the list's own.
    assert sorted(set(said)) == sorted(set(wanted))
    assert len(said) == len(wanted) - 2
    running = [paragraph.text for paragraph in opened(sample).paragraphs if paragraph.style.name == "Body Text"]
    assert running[0].replace("\u00a0", " ") == "Thời gian: bắt đầu lúc 19 giờ 00 phút.\nĐịa điểm: phòng họp số 2."


@pytest.mark.parametrize(("day", "paper"), [(date(2020, 5, 1), HD36), (date(2026, 12, 5), HD05)])
def test_the_styles_have_the_figures_of_the_format(sample: Document, day: date, paper: PaperStyle) -> None:
    styles = opened(replace(sample, day=day)).styles
    body, title, heading = styles["Body Text"], styles["Title"], styles["Heading 1"]
    assert styles.element.find(f".//{qn('w:rFonts')}").get(qn("w:ascii")) == paper.fonts[0] == "Times New Roman"
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(paper.body_pt), Pt(paper.line_pt))
    assert body.paragraph_format.space_before == Pt(paper.between_paragraphs_pt)
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(paper.first_line_mm, abs=0.02)
    assert (title.font.size, title.font.bold) == (Pt(paper.kind_pt), True)
    assert (heading.font.bold, heading.paragraph_format.keep_with_next) == (True, True)
    recipients = words(write(replace(sample, day=day))).partition("Nơi nhận:\n")[2]
    assert recipients.split("\n")[0] == f"- Đảng ủy cơ quan (để báo cáo){paper.between_recipients}"


def test_the_page_is_a4_with_the_formats_margins_and_a_number_from_the_second(sample: Document) -> None:
    (section,) = opened(sample).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    edges = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(edge.mm, 1) for edge in (*edges, section.header_distance)] == [20, 15, 20, 30, 10]
    assert section.different_first_page_header_footer
    later, first = (header._element.xml for header in (section.header, section.first_page_header))
    assert ('w:instr="PAGE"' in later, 'w:instr="PAGE"' in first) == (True, False)
    assert (
        f'<w:tab w:val="center" w:pos="{round(165 / 2 / 25.4 * 1440)}"/>' in opened(sample).styles["header"].element.xml
    )


def test_headings_and_lists_are_words_own(sample: Document) -> None:
    found = opened(sample)
    by_style = {paragraph.style.name: paragraph for paragraph in found.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Body Text", "List Bullet", "Caption"} <= set(by_style)
    assert by_style["Title"].text == "BIÊN BẢN"
    assert by_style["List Bullet"].text == "Về liên hệ: thẳng thắn, chân thành."


def test_a_table_repeats_its_titles_and_tears_no_row(sample: Document) -> None:
    head, tasks, *signed = opened(sample).tables
    first, second, *_, last = tasks.rows
    assert ("<w:tblHeader/>" in first._tr.xml, "<w:tblHeader/>" in second._tr.xml) == (True, False)
    assert all("<w:cantSplit/>" in row._tr.xml for row in tasks.rows)
    kept = ["<w:keepNext/>" in row._tr.xml for row in (second, tasks.rows[2], tasks.rows[-2], last)]
    assert kept == [True, False, True, False]  # no row is left alone under its titles, nor at the end
    assert sum(column.width for column in tasks.columns) == pytest.approx(Mm(165), abs=Mm(0.05))
    assert {"<w:tcBorders>" in table._tbl.xml or "TableGrid" in table._tbl.xml for table in (head, *signed)} == {False}


def test_signatures_stay_on_one_page_with_what_comes_before(paper: Write) -> None:
    block = Signatures(Signature(("THƯ KÝ",), "Tuấn"), Signature(("T/M CHI BỘ", "BÍ THƯ"), "Lan", "đã ký"))
    found = opened(paper(para("Hết."), block))
    assert found.paragraphs[0].paragraph_format.keep_with_next
    (table,) = found.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["THƯ KÝ", "T/M CHI BỘ\nBÍ THƯ"],
        ["", "đã ký"],
        ["Tuấn", "Lan"],
    ]
    assert table.rows[1].height == Pt(4 * 18)
    kept = [
        paragraph.style.paragraph_format.keep_with_next for row in table.rows for paragraph in row.cells[1].paragraphs
    ]
    assert kept == [True, True, True, None]


def test_tables_that_follow_each_other_stay_two(paper: Write) -> None:
    table = Table((Column("SỐ", 25), Column("VIỆC", 100)), (("1", "a"),), total=True)
    blocks = (Head("A", "B", "", ""), table, table, Signatures(None, Signature((), "Lan")), Signatures(None, None))
    body = opened(paper(*blocks)).element.body
    kinds = [etree.QName(child).localname for child in body]
    assert kinds == ["tbl", "p", "tbl", "p", "tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_the_rule_is_as_long_as_the_name_above_it() -> None:
    """Liberation Serif has the widths of Times New Roman; kerning takes a little off."""
    faces = [TTFont(path) for path in _faces("LiberationSerif-Bold.ttf")]
    if not faces:
        pytest.skip("Liberation Serif is not installed")
    widths, letters = faces[0]["hmtx"], faces[0].getBestCmap()
    em = sum(widths[letters[ord(letter)]][0] for letter in PARTY_NAME) / faces[0]["head"].unitsPerEm
    assert pytest.approx(em * 15 * 25.4 / 72, abs=0.3) == PARTY_NAME_MM_PER_PT * 15


def _faces(name: str) -> list[Path]:
    return list(Path("/usr/share/fonts").rglob(name))


def test_a_draft_bears_its_mark_on_every_page_and_a_form_its_code(sample: Document) -> None:
    draft = replace(sample, mark="DỰ THẢO", blocks=(Note("Mẫu 02B-HD KĐ.ĐG 2026"), *sample.blocks))
    data = write(draft)
    assert [words(data, f"word/header{number}.xml") for number in (1, 2)] == [
        "DỰ THẢO\nMẫu 02B-HD KĐ.ĐG 2026",
        "2DỰ THẢO",
    ]
    assert "Mẫu 02B" not in words(data)


def test_a_sealed_paper_bears_its_code_and_square_in_the_margin_and_a_wrong_one_none(sample: Document) -> None:
    proof = Proof("a1b2-c3d4", 7, "https://chibo.example/book?code=a1b2-c3d4")
    data = write(sample, proof)
    assert "\n" + proof.sentence in words(data)
    assert parts(data)["word/media/image1.png"][:4] == b"\x89PNG"
    assert 'descr="Mã QR dẫn tới trang đối chiếu sổ biên bản"' in parts(data)["word/document.xml"].decode()
    unknown = write(sample, replace(proof, address=""))
    assert (proof.sentence in words(unknown), "word/media/image1.png" in parts(unknown)) == (True, False)
    wrong = write(sample, Proof(wrong="Văn bản này không đúng bản đã ký."))
    assert words(wrong).startswith("Văn bản này không đúng bản đã ký.\n")
    assert ("Mã kiểm tra" in words(wrong), "word/media/image1.png" in parts(wrong)) == (False, False)


def test_an_annex_begins_a_page_and_slips_have_pages_of_their_own(paper: Write) -> None:
    found = opened(paper(Title("BIÊN BẢN"), Heading("PHỤ LỤC", new_page=True), SLIPS))
    (annex,) = (one for one in found.paragraphs if one.text == "PHỤ LỤC")
    assert annex.paragraph_format.page_break_before
    text, slips = found.sections
    assert [round(section.left_margin.mm) for section in (text, slips)] == [30, 12]
    assert "PAGE" not in slips.header._element.xml
    (table,) = found.tables
    assert [row.cells[1].text.count("□") for row in table.rows] == [2, 0]
    assert table.rows[0].cells[0]._tc.xml.count("dashed") == 4


def test_whatever_is_typed_is_shown_as_typed(paper: Write) -> None:
    typed = [
        "{{ Biên bản }} {% if %} ${1} <b>đậm</b> & <w:p/> ]]> <!-- \" ' -->",
        "\u202eđảo\u202c \u200fphải \u200bnối",
        '=CMD("/C calc")',
        "{ HYPERLINK } MERGEFIELD \\* DDEAUTO c:\\windows",
        VIETNAMESE_LETTERS,
    ]
    table = Table((Column("VIỆC", 100),), tuple((text,) for text in typed))
    data = write(paper(*(para(text) for text in typed), bullets(*typed), table, Title("T", tuple(typed))))
    said = words(data).split("\n")
    assert [said.count(text) for text in typed] == [4] * len(typed)
    assert not re.search(rb"instrText|fldChar|fldSimple|TargetMode", parts(data)["word/document.xml"])
    assert b"External" not in b"".join(parts(data).values())


def test_what_no_file_can_hold_is_left_out_and_what_no_face_has_is_said(paper: Write) -> None:
    said = words(write(paper(para("a\x00b\x07c\x1bd\ufffee\ud800f \U0001f600\tg  h"))))
    assert said.split("\n")[:2] == ["abcd[?]e[?]f [?] g h", "Chỗ ghi [?] là ký hiệu không in được."]


def test_empty_text_takes_no_room_and_an_empty_paper_is_one(paper: Write) -> None:
    assert words(write(paper(para(""), para(Run("  ")), para("a\n"), Paragraph(())))).strip() == "a"
    assert opened(paper()).sections[0].page_width is not None


@pytest.mark.parametrize("remark", ["Tự phê bình và phê bình. " * 8_000, "x" * 200_000, "x\n" * 60_000])
def test_a_remark_of_200_kb_is_written_in_a_moment(paper: Write, remark: str) -> None:
    begun = time.process_time()
    assert len(words(write(paper(para(remark))))) >= len(remark) - 2
    assert time.process_time() - begun < 2


def test_300_items_are_written_in_a_moment(paper: Write) -> None:
    blocks = [block for number in range(300) for block in (Heading(f"{number}. Việc", 2), para("Nhất trí. " * 50))]
    begun = time.process_time()
    data = write(paper(*blocks, Table((Column("A", 10), Column("B", 10)), (("1", "2"),) * 300)))
    assert time.process_time() - begun < 2
    assert len(opened(paper(*blocks)).paragraphs) == 601
    assert len(data) < 200_000

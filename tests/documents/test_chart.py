"""Charts: read by the eye in black and white, by whoever listens, and figure by figure."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from documents import docx
from documents.chart import Chart, Series, svg
from documents.html import to_html
from documents.model import Document, Title, from_json, plain_text, to_json

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("1", "2", "3", "4")
SAID = tuple(f"tháng {month}" for month in MONTHS)


def bars(*series: Series, title: str = "Buổi sinh hoạt") -> Chart:
    return Chart(title, "bars", MONTHS, SAID, series)


TWO = bars(Series("Số buổi", (2, 0, None, 7)), Series("Chi bộ", (1, 0, 2, 6)))


def test_a_chart_says_what_it_shows_to_whoever_does_not_see_it() -> None:
    drawn = ET.fromstring(svg(TWO))
    assert drawn.attrib["role"] == "img"
    named = [drawn.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert [one.attrib["id"] for one in named if one is not None] == drawn.attrib["aria-labelledby"].split()
    assert drawn.findtext(f"{SVG}desc") == (
        "Số buổi: tháng 1: 2; tháng 2: 0; tháng 4: 7. Chi bộ: tháng 1: 1; tháng 2: 0; tháng 3: 2; tháng 4: 6."
    )


def test_bars_are_told_apart_by_their_pattern_and_stand_as_high_as_they_say() -> None:
    drawn = ET.fromstring(svg(TWO))
    found = [bar for bar in drawn.iter(f"{SVG}rect") if "stroke" in bar.attrib][2:]
    fills = {bar.attrib["fill"].split("-")[-1] for bar in found}
    assert fills == {"#57534e", "lines)"}
    heights = [float(bar.attrib["height"]) for bar in found]
    assert [round(one / heights[0] * 2) for one in heights] == [2, 7, 1, 2, 6]
    assert not {bar.attrib["fill"] for bar in found} & {"#a8121a", "red"}


def test_a_line_breaks_where_there_is_nothing_and_every_point_has_its_mark_and_figure() -> None:
    drawn = svg(Chart("Tỉ lệ", "lines", MONTHS, SAID, (Series("Dự họp", (90, None, 100, 75)),), "%", 100))
    assert (drawn.count('stroke-width="2"'), drawn.count('<circle cx="') - 1, drawn.count(">90<")) == (3, 4, 1)
    assert ">100%<" in drawn
    two = svg(Chart("Tỉ lệ", "lines", MONTHS, SAID, (Series("A", (1, 2, 3, 4)), Series("B", (4, 3, 2, 1)))))
    assert ("stroke-dasharray" in two, two.count('fill="#fff" stroke=')) == (True, 5)


def test_words_are_words_and_no_style_is_asked_of_the_page() -> None:
    drawn = svg(bars(Series("<b>&</b>", (1, 2, 3, 4)), title='"><script>'))
    assert re.findall(r"<script|style=|<b>", drawn) == []


def test_the_table_behind_it_has_every_figure() -> None:
    assert TWO.rows() == [
        ("tháng 1", ["2", "1"]),
        ("tháng 2", ["0", "0"]),
        ("tháng 3", ["", "2"]),
        ("tháng 4", ["7", "6"]),
    ]


def test_nothing_is_drawn_that_could_not_be_told_apart_or_does_not_fit() -> None:
    for wrong in ((), (Series("A", (1,)),), tuple(Series(str(n), (1, 2, 3, 4)) for n in range(4))):
        with pytest.raises(ValueError, match=r"series|values"):
            bars(*wrong)
    assert bars(Series("Số buổi", (0, None, 0, None))).is_empty
    assert svg(bars(Series("Số buổi", (2345, 1, 1, 1)))).count("viewBox") == 1


def test_on_paper_a_chart_is_drawn_in_its_own_face_and_its_figures_stand_in_the_word_file() -> None:
    paper = Document("so-lieu", "Số liệu", date(2026, 11, 30), (Title("PHỤ LỤC"), TWO))
    assert from_json(to_json(paper)) == paper
    assert TWO.described() in plain_text(paper)
    (picture,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', to_html(paper))
    drawn = ET.fromstring(b64decode(picture))
    assert drawn.attrib["font-family"] == "Times New Roman, Liberation Serif"
    wide, high = TWO.size_mm(165)
    _, _, *box = map(float, drawn.attrib["viewBox"].split())
    assert wide / high == pytest.approx(box[0] / box[1])
    with ZipFile(BytesIO(docx.write(paper))) as word:
        assert TWO.described() in word.read("word/document.xml").decode().replace("\u00a0", " ")

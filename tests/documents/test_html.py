"""The markup of a paper: complete, walkable by headings, and never more than text."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest

from documents.html import to_fragment, to_html
from documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Recipients,
    Run,
    Signature,
    Signatures,
    Slips,
    Table,
    Title,
    bold,
    para,
    plain_text,
)

Write = Callable[..., Document]
EVIL = "<script>alert('x')</script>&amp;\"<img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    """Collects the tags with their attributes, the headings, and the words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "wbr", "meta", "col"):
            self._open.append(tag)
        if tag in ("h1", "h2", "h3", "h4", "h5"):
            self.headings.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words.append(data)
        if self._open and self._open[-1] in ("h1", "h2", "h3", "h4", "h5"):
            self.headings[-1] = (self._open[-1], self.headings[-1][1] + data)

    @property
    def letters(self) -> str:
        return "".join("".join(self.words).split())


def test_the_fragment_holds_every_word_of_the_paper_in_order(sample: Document) -> None:
    assert Reader(to_fragment(sample)).letters == "".join(plain_text(sample).split())


def test_the_page_holds_the_same_words_after_its_title(sample: Document) -> None:
    expected = "".join((sample.title + plain_text(sample)).split())
    assert Reader(to_html(sample)).letters == expected


def test_headings_on_a_screen_stand_below_the_pages_own_h1(sample: Document) -> None:
    assert Reader(to_fragment(sample)).headings == [
        ("h2", "BIÊN BẢN"),
        ("h3", "I. THÀNH PHẦN"),
        ("h3", "II. THẢO LUẬN"),
        ("h4", "1. Nhận thức"),
        ("h5", "a) Ý kiến của các đồng chí"),
    ]


def test_headings_of_the_printed_page_begin_at_h1(sample: Document) -> None:
    assert [tag for tag, _ in Reader(to_html(sample)).headings] == ["h1", "h2", "h2", "h3", "h4"]


def test_parts_are_the_anchors_of_comments(sample: Document) -> None:
    anchors = [attrs["id"] for _, attrs in Reader(to_fragment(sample)).tags if "id" in attrs]
    assert anchors == ["part-thanh-phan", "part-thao-luan", "part-nhan-thuc"]


def test_the_fragment_passes_a_content_security_policy(sample: Document) -> None:
    reader = Reader(to_fragment(sample))
    assert {name for _, attrs in reader.tags for name in attrs} == {
        *("class", "id", "lang", "scope"),
        *("role", "tabindex", "aria-label"),  # a wide table is moved sideways by keyboard
    }
    assert {tag for tag, _ in reader.tags} == {
        "article", "br", "caption", "col", "colgroup", "div", "em", "footer", "h2", "h3", "h4", "h5",
        "header", "p", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u",
    }  # fmt: skip


@pytest.mark.parametrize(
    "block",
    [
        Head(EVIL, EVIL, EVIL, EVIL),
        Title(EVIL, (EVIL,)),
        Heading(EVIL),
        para(EVIL, bold(EVIL)),
        Bullets(((Run(EVIL, italic=True),),)),
        Table((Column(EVIL, 10),), ((EVIL,),), EVIL),
        Signatures(Signature((EVIL, EVIL), EVIL, EVIL), None),
        Signatures(None, None, Recipients((EVIL,), EVIL)),
        Note(EVIL),
        Slips(3, EVIL, EVIL, EVIL, EVIL, (EVIL, EVIL), EVIL),
    ],
    ids=lambda block: type(block).__name__,
)
def test_markup_in_a_text_stays_text(block: Block, paper: Write) -> None:
    document = paper(block)
    for render in (to_fragment, to_html):
        reader = Reader(render(document))
        assert [tag for tag, _ in reader.tags if tag in ("script", "img")] == []
        assert [attrs for _, attrs in reader.tags if "onerror" in attrs] == []
    assert Reader(to_fragment(document)).letters == "".join(plain_text(document).split())


def test_markup_in_the_title_and_language_stays_text() -> None:
    document = Document("a", f"</title>{EVIL}", date(2026, 12, 5), (), language='vi"><script>')
    assert [tag for tag, _ in Reader(to_html(document)).tags] == [
        "html", "head", "meta", "title", "meta", "meta", "style", "body", "article",
    ]  # fmt: skip


def test_a_line_break_typed_by_a_person_survives(paper: Write) -> None:
    assert "<p>một<br>hai<br><br>ba</p>" in to_fragment(paper(para("một\nhai\r\n\r\nba")))


def test_an_empty_number_and_place_leave_no_empty_line(paper: Write) -> None:
    head = to_fragment(paper(Head("ĐẢNG BỘ A", "CHI BỘ B", "", "")))
    assert re.findall(r'<p class="(paper-[a-z]+)"', head) == [
        "paper-superior",
        "paper-issuer",
        "paper-party",
    ]


def test_names_of_both_signers_stand_level_when_one_has_two_role_lines(paper: Write) -> None:
    page = to_fragment(
        paper(Signatures(Signature(("NGƯỜI GHI BIÊN BẢN",), "Tuấn"), Signature(("T/M CHI BỘ", "BÍ THƯ"), "Lan")))
    )
    assert re.findall(r'<p class="paper-(authority|post)">([^<]*)', page) == [
        ("authority", "NGƯỜI GHI BIÊN BẢN"),
        ("post", "&nbsp;"),
        ("authority", "T/M CHI BỘ"),
        ("post", "BÍ THƯ"),
    ]


def test_columns_have_exact_shares_in_print_and_near_ones_on_screen(paper: Write) -> None:
    table = Table((Column("TT", 10), Column("Việc", 120), Column("Hạn", 70)), ())
    rules = re.findall(r"paper-cols-10-120-70 col:nth-child\((\d)\) { width: ([\d.]+)%", to_html(paper(table)))
    assert rules == [("1", "5.000"), ("2", "60.000"), ("3", "35.000")]
    assert re.findall(r'col class="([^"]+)"', to_fragment(paper(table))) == [
        "paper-w5",
        "paper-w60",
        "paper-w35",
    ]


def test_a_word_without_end_is_given_room_to_break(paper: Write) -> None:
    page = to_fragment(paper(para("&" * 250)))
    assert [len(piece) for piece in page.replace("&amp;", "&").split("<p>")[1].split("</p>")[0].split("<wbr>")] == [
        100,
        100,
        50,
    ]

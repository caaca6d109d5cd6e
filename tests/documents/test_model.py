"""Papers as data: how they are built, kept as JSON, and recognised by a fingerprint."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.model import (
    Bullets,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Paragraph,
    Recipients,
    Run,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    bullets,
    canonical_text,
    fingerprint,
    from_json,
    italic,
    para,
    plain_text,
    to_json,
)
from tests.sample import tries

Write = Callable[..., Document]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(canonical_text)
runs = st.lists(st.builds(Run, texts, st.booleans(), st.booleans()), max_size=3).map(tuple)
signatures = st.builds(Signature, st.lists(texts, max_size=2).map(tuple), texts, texts)
columns = st.builds(Column, texts, st.integers(1, 165), st.sampled_from(["left", "center", "right"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    heads = draw(st.lists(columns, min_size=1, max_size=3))
    row = st.lists(texts, min_size=len(heads), max_size=len(heads)).map(tuple)
    return Table(tuple(heads), tuple(draw(st.lists(row, max_size=3))), draw(texts))


blocks = st.one_of(
    st.builds(Head, texts, texts, texts, texts),
    st.builds(Title, texts, st.lists(texts, max_size=2).map(tuple)),
    st.builds(Heading, texts, st.integers(1, 3)),
    st.builds(Paragraph, runs, st.booleans()),
    st.builds(Bullets, st.lists(runs, max_size=3).map(tuple)),
    tables(),
    st.builds(Signatures, st.none() | signatures, st.none() | signatures),
    st.builds(
        Signatures,
        st.none(),
        signatures,
        st.builds(Recipients, st.lists(texts, max_size=2).map(tuple), texts),
    ),
    st.builds(Note, texts),
)
documents = st.builds(
    Document,
    st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True),
    texts,
    st.dates(),
    st.lists(blocks, max_size=5).map(tuple),
)


@settings(deadline=None, max_examples=tries(150))
@given(documents)
def test_whatever_is_written_is_read_back_the_same(document: Document) -> None:
    assert from_json(to_json(document)) == document


def test_the_sample_with_every_block_is_read_back_the_same(sample: Document) -> None:
    assert from_json(to_json(sample)) == sample


def test_json_is_short_sorted_and_readable(paper: Write) -> None:
    assert to_json(paper(para("Đồng chí ", bold("Lan"), indent=False))) == (
        '{"blocks":[{"block":"paragraph","indent":false,'
        '"runs":[{"text":"Đồng chí "},{"bold":true,"text":"Lan"}]}],'
        '"day":"2026-12-05","name":"van-ban","title":"Văn bản"}'
    )


def test_a_paper_sealed_today_keeps_its_fingerprint_in_later_versions(sample: Document) -> None:
    sealed = replace(sample, blocks=(*sample.blocks[:8], *sample.blocks[-4:]))
    assert fingerprint(sealed) == "906c80a90e568a1a11da964b49235757c35f3ec616a84e0722658eff7b465d60"


def test_letters_typed_as_base_and_mark_give_the_same_fingerprint(paper: Write) -> None:
    composed = unicodedata.normalize("NFC", "Đồng chí Nguyễn Thị Hoà")
    apart = unicodedata.normalize("NFD", composed)
    assert (apart == composed) is False
    assert fingerprint(paper(para(apart))) == fingerprint(paper(para(composed)))


def test_line_ends_of_another_system_give_the_same_fingerprint(paper: Write) -> None:
    assert fingerprint(paper(para("một\r\nhai\rba"))) == fingerprint(paper(para("một\nhai\nba")))


def test_one_changed_mark_changes_the_fingerprint(paper: Write) -> None:
    assert (fingerprint(paper(para("tán thành"))) == fingerprint(paper(para("tân thành")))) is False


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"blocks":[{"block":"photo"}]}', "unknown block"),
        ('{"blocks":[{"block":"note","text":"a","colour":"red"}]}', "unknown key 'colour'"),
        ('{"blocks":[{"block":"note"}]}', "'text' is missing"),
        ('{"blocks":[{"block":"note","text":1}]}', "unexpected 1"),
        ('{"blocks":[{"text":"a"}]}', "unknown block"),
        ('{"blocks":["note"]}', "unknown block"),
        ('{"blocks":[{"block":["note"],"text":"a"}]}', "unknown block"),
        ('{"blocks":[{"block":"heading","text":"a","level":true}]}', "unexpected True"),
        ('{"blocks":[{"block":"heading","text":"a","level":4}]}', "level 1, 2 or 3"),
        ('{"blocks":[{"block":"paragraph","runs":"abc"}]}', "unexpected 'abc'"),
        (
            '{"blocks":[{"block":"table","columns":[{"title":"a","width":9,"align":"up"}],"rows":[]}]}',
            "unexpected 'up'",
        ),
        ('{"blocks":[],"author":"Lan"}', "unknown key 'author'"),
        ('{"blocks":[],"day":"hôm qua"}', "isoformat"),
    ],
)
def test_a_text_that_is_not_exactly_a_paper_is_refused(text: str, complaint: str) -> None:
    whole = {"day": "2026-12-05", "name": "a", "title": "a"} | json.loads(text)
    with pytest.raises(ValueError, match=complaint):
        from_json(json.dumps(whole))


def test_a_text_that_is_not_json_or_not_an_object_is_refused() -> None:
    for text in ("", "[]", '"giấy"', "null"):
        with pytest.raises(ValueError, match=r"Expecting value|unexpected"):
            from_json(text)


def test_helpers_build_plain_values() -> None:
    assert para("Chủ trì: ", bold("đồng chí Lan"), indent=False) == Paragraph(
        (Run("Chủ trì: "), Run("đồng chí Lan", bold=True)), indent=False
    )
    assert bullets("một", ("hai ", italic("ba"))) == Bullets(((Run("một"),), (Run("hai "), Run("ba", italic=True))))


def test_a_reviewer_can_point_at_each_part_in_order(sample: Document) -> None:
    assert sample.parts() == (
        ("thanh-phan", "I. THÀNH PHẦN"),
        ("thao-luan", "II. THẢO LUẬN"),
        ("nhan-thuc", "1. Nhận thức"),
    )


@pytest.mark.parametrize(
    ("build", "complaint"),
    [
        (lambda: Heading("I.", part='" onclick="'), "letters, digits"),
        (lambda: Document("../etc/passwd", "a", date(2026, 1, 1), ()), "a file is named"),
        (lambda: Document("biên-bản", "a", date(2026, 1, 1), ()), "a file is named"),
        (
            lambda: Document("a", "a", date(2026, 1, 1), (Heading("I.", part="mot"), Heading("II.", part="mot"))),
            "the same part",
        ),
        (lambda: Table((Column("TT", 10), Column("Việc", 155)), (("1",),)), "row 1 has 1 cells"),
        (lambda: Table((), ()), "needs a column"),
        (lambda: Column("TT", 0), "above 0 mm"),
        (lambda: Signatures(Signature(("A",), "B"), None, Recipients(("C",))), "the left half"),
    ],
)
def test_a_paper_that_cannot_be_set_is_refused_when_built(build: Callable[[], object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        build()


def test_every_word_of_each_block_is_in_the_plain_text(paper: Write) -> None:
    document = paper(
        Head("ĐẢNG BỘ A\nĐẢNG BỘ B", "CHI BỘ C", "Số 05-BB/CB", "Sao Mai, ngày 05 tháng 12 năm 2026"),
        Title("BIÊN BẢN", ("Sinh hoạt chuyên đề",)),
        Heading("I. NỘI DUNG"),
        para("Chủ trì: ", bold("đồng chí Lan")),
        bullets("một"),
        Table((Column("TT", 10), Column("Việc", 155)), (("1", "Rà soát"),), "Nhiệm vụ"),
        Signatures(
            None,
            Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan", "ký trên máy"),
            Recipients(("Đảng ủy",)),
        ),
        Note("Dấu vân tay"),
    )
    assert plain_text(document).split("\n") == [
        "ĐẢNG BỘ A",
        "ĐẢNG BỘ B",
        "CHI BỘ C",
        "*",
        "Số 05-BB/CB",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Sao Mai, ngày 05 tháng 12 năm 2026",
        "BIÊN BẢN",
        "Sinh hoạt chuyên đề",
        "-----",
        "I. NỘI DUNG",
        "Chủ trì: đồng chí Lan",
        "- một",
        "Nhiệm vụ",
        "TT\tViệc",
        "1\tRà soát",
        "Nơi nhận:",
        "- Đảng ủy;",
        "- Lưu chi bộ.",
        "T/M CHI BỘ",
        "BÍ THƯ",
        "ký trên máy",
        "Trần Thị Lan",
        "Dấu vân tay",
    ]

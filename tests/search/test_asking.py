"""One fold for all: however a word is typed it is found, and nothing that is typed is an operator or an error."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from members.names import folded, is_found, plain
from search.asking import LONGEST, TOO_LONG, TOO_MANY, TOO_SHORT, Sought, Term
from search.facts import find
from search.snippets import snippet, with_places
from tests.sample import tries

if TYPE_CHECKING:
    from members.models import User
    from tests.conftest import Cast

TYPED = st.text(st.characters(exclude_categories=()), max_size=LONGEST)
NASTY = (
    "\x00",
    "\x00hoa\x00",
    "\u202e\u202dhoa",
    "😀 🇻🇳",
    "…—!?*()",
    '"',
    '"""',
    '"hoa',
    'hoa" OR "x',
    "hoa* NEAR(b, 2)",
    "words : hoa",
    "-hoa ^hoa + NOT hoa",
    "hoa & !hoa | (hoa <-> x):*",
    "' OR 1=1 --",
    "%s %(a)s {{ x }} <b>",
    "a" * 200,
    "² ³ Ⅷ ß ﬁ İ 好",
    "1e5 1.5e-3 12a a@b.vn http://x.vn/a?b=c 37-HD/BTGDVTW",
    "\ud800 hoa",
)


@pytest.mark.parametrize("typed", ["Hoà", "H\u00f2a", "hoa", "HOÀ", "Ho\u0300a", "“Hoà”"])
def test_marks_capitals_and_unicode_forms_make_no_difference(typed: str) -> None:
    assert [term.words for term in Sought.of(typed).terms] == [("hoa",)]


def test_d_with_a_stroke_is_a_d() -> None:
    assert folded("Đỗ Đình Ðức, đảng_viên") == "do dinh duc dang vien"
    assert is_found("do dinh", "Tổ Đỗ Đình")


def test_words_phrases_and_numbers_of_papers() -> None:
    asked = Sought.of('máy bơm “sửa mái” 37-HD/BTGDVTW "chưa đóng')
    assert asked.terms == (
        Term(("may",)),
        Term(("bom",)),
        Term(("sua", "mai"), quoted=True),
        Term(("37", "hd", "btgdvtw")),
        Term(("chua", "dong"), quoted=True),
    )
    assert (asked.refusal, asked.may_be_begun, Sought.of("máy bơ").may_be_begun) == ("", False, True)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", TOO_SHORT), ("   ", TOO_SHORT), ("ă", TOO_SHORT), ("?!… «»", TOO_SHORT), ("😀", TOO_SHORT),
     ("x" * 10_000, TOO_LONG), ("a b " * 20, TOO_MANY)],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_told_in_words(typed: str, says: str) -> None:
    assert (Sought.of(typed).refusal, Sought.of(typed).terms) == (says, ())


@seed(20261130)
@settings(max_examples=tries(200), deadline=None, database=None)
@given(st.text(max_size=80))
def test_letter_by_letter_folds_as_the_whole(text: str) -> None:
    letters, places = with_places(unicodedata.normalize("NFC", text))
    assert len(letters) == len(places)
    if text == text.lower():  # a capital sigma is lowered by what stands beside it
        assert letters.split() == plain(unicodedata.normalize("NFC", text)).split()


def test_a_snippet_marks_the_words_as_they_were_typed_and_cuts_between_words() -> None:
    text = "Mở đầu. " * 30 + "Đồng chí đề nghị SỬA  MÁI\nnhà <b>văn hoá</b> trước mùa mưa. " + "Kết thúc. " * 40
    pieces = snippet(text, Sought.of('"sua mai" hoa').pattern(begun=False))
    assert [words for words, marked in pieces if marked] == ["SỬA MÁI", "hoá"]
    shown = "".join(words for words, _ in pieces)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "nhà <b>văn hoá</b> trước" in shown  # the page escapes it
    assert len(shown) < 300
    assert snippet("Hoàn thành", Sought.of("hoa").pattern(begun=True)) == [("Hoàn", True), (" thành", False)]
    assert snippet("Hoàn thành", Sought.of("hoa").pattern(begun=False)) == [("Hoàn thành", False)]
    assert snippet("x" * 5000, Sought.of("yy").pattern(begun=False))[0][0] == "x" * 150


def test_a_long_text_costs_a_page_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter is folded once, not each time it is written."""
    asked: list[str] = []

    def told(sign: str) -> str:
        asked.append(sign)
        return plain(sign)

    monkeypatch.setattr("search.snippets.plain", told)
    snippet("Đề nghị chữa mái nhà văn hoá trước mùa mưa. " * 2000, Sought.of("mưa").pattern(begun=False))
    assert len(asked) < 100


def look_for(user: User, typed: str) -> None:
    asked = Sought.of(typed)
    if not asked.refusal:
        find(asked, user)


@pytest.mark.parametrize("typed", NASTY)
def test_no_sign_breaks_the_database(cast: Cast, typed: str) -> None:
    look_for(cast.account(cast.lan), typed)


@pytest.mark.in_turn
def test_no_string_at_all_breaks_the_database(cast: Cast) -> None:
    user = cast.account(cast.lan)

    @seed(20261130)
    @settings(max_examples=tries(60), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(TYPED, st.lists(st.sampled_from(NASTY), max_size=4).map(" ".join)))
    def run(typed: str) -> None:
        look_for(user, typed)

    run()

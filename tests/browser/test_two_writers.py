"""Two people at two desks write under one remark: nobody's words are lost, nobody is asked without need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from meetings.models import Remark
    from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

LAN = "Lan nghe: cần làm hằng tháng."
HOA = "Hoa nghe: cần làm hằng quý."
PROPOSAL = "Góp ý vào dự thảo"


@pytest.fixture
def both(remark: Remark, sit_down: Callable[..., Person]) -> tuple[Person, Person]:
    """Lan and Hoa have the same desk open before either writes."""
    pair = sit_down("lan"), sit_down("hoa")
    for person in pair:
        person.expected = ("409",)
        person.goes_to(f"/items/{remark.item_id}/desk/")
    return pair


def write(person: Person, label: str, text: str) -> None:
    """Typed, and sent at once by the keys that people save with elsewhere."""
    person.types(label, text)
    person.page.keyboard.press("Control+s")


def write_against_each_other(pair: tuple[Person, Person], remark: Remark) -> Locator:
    """Lan is saved first; the box in which Hoa is asked."""
    lan, hoa = pair
    write(lan, PROPOSAL, LAN)
    lan.saved(f"remark-{remark.pk}")
    write(hoa, PROPOSAL, HOA)
    box = hoa.page.locator(".conflict-box")
    expect(box).to_be_visible()
    return box


def test_the_second_writer_sees_both_texts_and_keeps_both(remark: Remark, both: tuple[Person, Person]) -> None:
    box = write_against_each_other(both, remark)
    assert box.locator(".conflict > div").all_inner_texts() == [
        f"Bản của đồng chí Trần Thị Lan\n\n{LAN}",
        f"Bản trên máy này\n\n{HOA}",
    ]
    box.get_by_role("button", name="Giữ cả hai").click()
    both[1].saved(f"remark-{remark.pk}")
    expect(box).to_have_count(0)
    remark.refresh_from_db()
    assert remark.proposal == f"{LAN}\n{HOA}"


@pytest.mark.parametrize(("choice", "stands"), [("Giữ bản trên máy này", HOA), ("Lấy bản kia", LAN)])
def test_the_second_writer_chooses_one_and_saw_both_before(
    remark: Remark, both: tuple[Person, Person], choice: str, stands: str
) -> None:
    box = write_against_each_other(both, remark)
    assert [LAN in box.inner_text(), HOA in box.inner_text()] == [True, True]
    box.get_by_role("button", name=choice).click()
    both[1].saved(f"remark-{remark.pk}")
    remark.refresh_from_db()
    assert remark.proposal == stands


def test_nothing_leaves_the_desk_before_the_second_writer_has_chosen(
    remark: Remark, both: tuple[Person, Person]
) -> None:
    box = write_against_each_other(both, remark)
    hoa = both[1]
    hoa.page.locator(".desk-agenda").get_by_role("link", name="Kết thúc").click()
    expect(box.get_by_role("button", name="Giữ cả hai")).to_be_focused()
    assert hoa.page.url.endswith(f"/items/{remark.item_id}/desk/")


def test_different_parts_of_one_remark_are_put_together_without_a_question(
    remark: Remark, both: tuple[Person, Person]
) -> None:
    lan, hoa = both
    write(lan, "Nhận thức", LAN)
    lan.saved(f"remark-{remark.pk}")
    write(hoa, PROPOSAL, HOA)
    hoa.saved(f"remark-{remark.pk}")
    remark.refresh_from_db()
    assert (remark.awareness, remark.proposal) == (LAN, HOA)
    expect(hoa.field("Nhận thức")).to_have_value(LAN)
    expect(hoa.page.locator(".conflict-box")).to_have_count(0)


def test_a_text_that_looks_like_markup_is_shown_as_text(remark: Remark, both: tuple[Person, Person]) -> None:
    lan, hoa = both
    write(lan, PROPOSAL, "<img src=x onerror=alert(1)>")
    lan.saved(f"remark-{remark.pk}")
    write(hoa, PROPOSAL, HOA)
    expect(hoa.page.locator(".conflict .text").first).to_have_text("<img src=x onerror=alert(1)>")
    assert hoa.page.locator(".conflict img").count() == 0


def test_the_second_desk_says_by_itself_that_something_new_was_written(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    lan, hoa = sit_down("lan"), sit_down("hoa", clock=True)
    for person in (lan, hoa):
        person.goes_to(f"/items/{remark.item_id}/desk/")
    write(lan, PROPOSAL, LAN)
    lan.saved(f"remark-{remark.pk}")
    hoa.page.clock.fast_forward(10_000)
    line = hoa.page.locator("[data-others]")
    expect(line).to_be_visible()
    hoa.presses("Xem bản mới")
    expect(hoa.field(PROPOSAL)).to_have_value(LAN)
    expect(line).to_be_hidden()

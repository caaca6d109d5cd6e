"""The dossier of a review: nine items, what is here and what is missing, and the archive that is written down."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from critique.cycle.models import Cycle
from critique.dossier import actions
from critique.dossier.items import ITEMS, dossiers
from critique.dossier.models import DossierEntry
from critique.dossier.papers import index
from critique.writing import actions as writing
from critique.writing.models import ReadingLog
from documents.archive import file_name
from documents.model import Table
from members.models import Event
from members.refusal import Refused
from tests.critique.conftest import SECRET, WROTE, fresh, review_of, row_of, shortcoming, write
from tests.factories import at, new_key
from tests.once import built_once

if TYPE_CHECKING:
    from datetime import date

    from members.models import Member
    from tests.conftest import Cast

LATER = at("2026-12-20 09:00")


def day(text: str) -> date:
    found: date = at(f"{text} 00:00").date()
    return found


@built_once
def submitted(cast: Cast, cycle: Cycle) -> Cycle:
    """Hoa has handed in."""
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    writing.submit(review_of(cycle, cast.hoa), by=cast.account(cast.hoa), at=WROTE)
    return cycle


def file(cast: Cast, cycle: Cycle, member: Member, item: int = 2, **said: Any) -> DossierEntry:
    said = {"state": "paper", **said}
    return actions.file_item(row_of(cycle, member), item=item, by=cast.account(cast.lan), at=LATER, **said)


def missing_of(cycle: Cycle, member: Member) -> list[int]:
    (found,) = (one for one in dossiers(fresh(cycle)) if one.participant.member_id == member.pk)
    return [item.number for item in found.missing]


def test_what_must_be_there_is_missing_until_it_is_there(cast: Cast, submitted: Cycle) -> None:
    assert (missing_of(submitted, cast.hoa), missing_of(submitted, cast.lan)) == ([2, 3, 4, 5], [1, 2, 3, 4, 5])
    file(cast, submitted, cast.hoa, received_on=day("2026-12-18"), sent_on=day("2026-12-02"))
    file(cast, submitted, cast.lan, item=1)  # handed in on paper, and nobody has typed it
    assert (missing_of(submitted, cast.hoa), missing_of(submitted, cast.lan)) == ([3, 4, 5], [2, 3, 4, 5])


@pytest.mark.parametrize(("state", "missing"), [("paper", False), ("asked", True), ("none", False), ("exempt", False)])
def test_what_was_asked_for_is_missing_until_it_comes(cast: Cast, submitted: Cycle, state: str, missing: bool) -> None:
    file(cast, submitted, cast.hoa, state=state)
    assert (2 in missing_of(submitted, cast.hoa)) is missing


def test_what_is_said_again_replaces_what_was_said(cast: Cast, submitted: Cycle) -> None:
    file(cast, submitted, cast.hoa, state="asked", note="Gửi qua Cổng Dịch vụ công")
    file(cast, submitted, cast.hoa, note="Ngăn 3")
    assert [(one.state, one.note) for one in DossierEntry.objects.all()] == [("paper", "Ngăn 3")]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"item": 12}, "item"),
        ({"state": "lost"}, "state"),
        ({"sent_on": "2027-01-01"}, "sent_on"),
        ({"sent_on": "2026-12-10", "received_on": "2026-12-01"}, "received_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, submitted: Cycle, said: dict[str, Any], field: str) -> None:
    said = {name: day(value) if name.endswith("_on") else value for name, value in said.items()}
    with pytest.raises(Refused) as caught:
        file(cast, submitted, cast.hoa, **said)
    assert (caught.value.field, DossierEntry.objects.count()) == (field, 0)


def test_the_index_has_a_row_for_everybody_who_writes(cast: Cast, submitted: Cycle) -> None:
    file(cast, submitted, cast.hoa, state="asked")
    (table,) = (block for block in index(fresh(submitted)).blocks if isinstance(block, Table))
    rows = {row[1]: row[2:] for row in table.rows}
    assert rows["Nguyễn Thị Hoa"] == ("có", "chờ", "×", "×", "×", "–", "–", "–", "–")
    assert len(rows) == len(dossiers(fresh(submitted)))


def test_the_archive_is_an_opening_that_its_author_sees(cast: Cast, submitted: Cycle, as_user: Any) -> None:
    url = reverse("dossier-pack", args=[submitted.pk])
    answer = as_user(cast.lan).post(url, {"key": new_key()})
    names = ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()
    assert names == ["00 Danh mục hồ sơ.pdf", "01 Nguyễn Thị Hoa, mẫu 02B.pdf"]
    (line,) = ReadingLog.objects.all()
    assert (line.reader, line.review.author, line.way) == (cast.lan, cast.hoa, "paper")


def test_an_archive_of_nothing_is_refused_with_a_sentence(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    answer = as_user(cast.lan).post(reverse("dossier-pack", args=[cycle.pk]), {"key": new_key()}, follow=True)
    assert "chưa có gì để đóng gói" in answer.content.decode()
    assert (ReadingLog.objects.count(), Event.objects.filter(what="pack").count()) == (0, 0)


def test_a_member_sees_their_own_dossier_without_the_committees_note(
    cast: Cast, submitted: Cycle, as_user: Any
) -> None:
    file(cast, submitted, cast.hoa, note=SECRET)
    url = reverse("dossier", args=[row_of(submitted, cast.hoa).pk])
    own, lans = (as_user(who).get(url).content.decode() for who in (cast.hoa, cast.lan))
    assert ("Đã có bản giấy" in own, SECRET in own, SECRET in lans) == (True, False, True)
    assert as_user(cast.tuan).get(url).status_code == 403


def test_one_item_is_written_down_on_its_page(cast: Cast, submitted: Cycle, as_user: Any) -> None:
    row = row_of(submitted, cast.hoa)
    url, form = reverse("dossier-item", args=[row.pk, 2]), {"state": "asked", "sent_on": "2026-11-20"}
    lan = as_user(cast.lan)
    assert lan.post(url, {**form, "received_on": "2026-11-01", "key": new_key()}).status_code == 422
    assert lan.post(url, {**form, "key": new_key()}).status_code == 302
    assert (DossierEntry.objects.get().sent_on, lan.get(url).status_code) == (day("2026-11-20"), 200)
    assert lan.get(reverse("dossier-item", args=[row.pk, 10])).status_code == 404


def test_the_list_asks_the_same_few_questions_for_everybody(cast: Cast, submitted: Cycle, as_user: Any) -> None:
    lan, url = as_user(cast.lan), reverse("dossier-list", args=[submitted.pk])
    lan.get(url)
    counts = []
    for item in (2, 4):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lan.get(url)
        counts.append(len(queries))
        for member in (cast.hoa, cast.lan, cast.tuan):
            file(cast, submitted, member, item=item)
    assert counts[0] == counts[1] <= 9


@pytest.mark.parametrize(
    ("stem", "name"),
    [("Nguyễn Thị Hoa", "Nguyễn Thị Hoa"), ("../../etc/a:b*c", "etc a b c"), ("\x00 . ", "giay-to")],
)
def test_a_file_in_an_archive_is_named_as_people_are_and_never_a_path(stem: str, name: str) -> None:
    assert file_name(stem) == name


def test_the_nine_items_are_those_of_the_decision() -> None:
    assert ([item.number for item in ITEMS], [item.number for item in ITEMS if item.if_any]) == (
        list(range(1, 10)),
        [6, 7, 8, 9],
    )


def test_what_came_in_since_is_another_opening_also_with_the_same_click(
    cast: Cast, submitted: Cycle, as_user: Any
) -> None:
    """The tab stays open, Tuấn hands in late, and the button of an hour ago is pressed again."""
    url, key = reverse("dossier-pack", args=[submitted.pk]), new_key()
    lan = as_user(cast.lan)
    lan.post(url, {"key": key})
    write(cast, review_of(submitted, cast.tuan), shortcoming())
    writing.submit(review_of(submitted, cast.tuan), by=cast.account(cast.tuan), at=WROTE)
    names = ZipFile(BytesIO(b"".join(lan.post(url, {"key": key}).streaming_content))).namelist()
    opened = sorted(line.review.author.full_name for line in ReadingLog.objects.all() if line.review.author)
    assert (len(names), opened) == (3, ["Lê Anh Tuấn", "Nguyễn Thị Hoa"])
    assert lan.post(url, {}).status_code == 302  # without a key nothing leaves

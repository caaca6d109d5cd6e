"""Whoever opens what was said of somebody is written down, once for each opening, and no old click reads for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from critique.hearing.models import Hearing, Opening
from critique.writing import actions as writing
from critique.writing.models import ReadingLog, Way
from critique.writing.opening import open_review
from documents.http import WORD
from meetings.lifecycle import State
from members.press import Press
from tests.clicks import clients
from tests.critique.conftest import OPENED, WROTE, review_of, shortcoming, write
from tests.factories import new_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.cycle.models import Cycle
    from critique.writing.models import SelfReview
    from tests.conftest import Cast
    from tests.world import World

WORLDS = 2  # openings that the worlds of both cells have made


def openings() -> list[tuple[str, str, str]]:
    return [(one.reader.full_name, one.what, one.way) for one in Opening.objects.select_related("reader")][WORLDS:]


def test_the_same_click_sent_again_is_one_reading_and_kept_for_later_another(cast: Cast, submitted: SelfReview) -> None:
    lan, key = cast.account(cast.lan), Press(UUID(new_key()))
    for seconds in (0, 1, 59, 61, 3600):
        open_review(submitted, way=Way.SCREEN, by=lan, at=WROTE + timedelta(seconds=seconds), key=key)
    assert [(line.read_at - WROTE).seconds for line in ReadingLog.objects.all()] == [0, 61, 3600]


def test_an_old_click_on_a_text_that_was_rewritten_is_a_reading_of_its_own(
    cast: Cast, cycle: Cycle, submitted: SelfReview
) -> None:
    lan, hoa, key = cast.account(cast.lan), cast.account(cast.hoa), Press(UUID(new_key()))
    open_review(submitted, way=Way.SCREEN, by=lan, at=WROTE, key=key)
    writing.withdraw(submitted, by=hoa, at=WROTE)
    write(cast, review_of(cycle, cast.hoa), shortcoming("Viết lại"), base=1)
    writing.submit(review_of(cycle, cast.hoa), by=hoa, at=WROTE)
    open_review(review_of(cycle, cast.hoa), way=Way.SCREEN, by=lan, at=WROTE + timedelta(seconds=5), key=key)
    assert ReadingLog.objects.count() == 2


def test_who_opens_a_hearing_is_written_down_and_whom_it_is_about_sees_it(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    who, url = clients(world), Hearing.objects.get(pk=world.keys["hearing"]).get_absolute_url()
    for _ in range(3):
        assert who["lan"].get(url).status_code == 200  # one sitting
    assert who["nam"].get(url).status_code == 200  # about Nam: no line
    assert who["tuan"].get(url).status_code == 404
    assert openings() == [(world.cast.lan.full_name, "hearing", "screen")]
    page = who["nam"].get(url).content.decode()
    assert ("Ai đã mở" in page, world.cast.lan.full_name in page.partition("Ai đã mở")[2]) == (True, True)
    assert "Ai đã mở" not in who["lan"].get(url).content.decode()


def test_the_full_minutes_and_the_archive_are_readings_too(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    who, cast = clients(world), world.cast
    paper = reverse("conference-paper", args=[world.keys["handed-cycle"]])
    asked = (("lan", paper), ("phuc", f"{paper}?{WORD}"), ("nam", f"{paper}?{WORD}"))
    assert [who[name].get(address).status_code for name, address in asked] == [200, 200, 403]
    assert openings() == [(name, "whole", "paper") for name in (cast.lan.full_name, cast.phuc.member.full_name)]
    packed = who["lan"].post(reverse("dossier-pack", args=[world.keys["handed-cycle"]]), {"key": new_key()})
    assert (packed.status_code, openings()[-1]) == (200, (cast.lan.full_name, "archive", "paper"))


def test_nobody_takes_a_line_away(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    clients(world)["lan"].get(Hearing.objects.get(pk=world.keys["hearing"]).get_absolute_url())
    for change in (lambda: Opening.objects.update(opened_at=OPENED), lambda: Opening.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

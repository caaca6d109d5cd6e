"""Who did what: each page tells its reader what concerns them, in words, and nothing else."""

from __future__ import annotations

import ast
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from critique.hearing.actions import note as notes
from critique.hearing.actions.opening import write_down_opening
from critique.hearing.models import HearingOpinion, Opening
from critique.hearing.models.opening import Opened
from critique.writing.models import ReadingLog, Way
from meetings.lifecycle import INSPECTING, TRANSITIONS, State
from members.changes import claim
from members.deeds.page import month_of
from members.deeds.sources import Scope
from members.deeds.words import THINGS, Kind
from members.entry.actions.slips import issue_slip
from members.models import Event
from tests.clicks import clients
from tests.test_architecture import APPS
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from members.deeds.sources import Deed
    from tests.world import World


def read(client: Client, url: str, **asked: str) -> list[Deed]:
    """Every line of a month, over all its pages."""
    found: list[Deed] = []
    for number in range(1, 50):
        page = client.get(url, {**asked, "page": str(number)}).context["month"].page
        found += page
        if not page.has_next():
            return found
    raise AssertionError("a month without an end")


def told(deeds: list[Deed]) -> set[tuple[str, str]]:
    return {(one.who, one.words) for one in deeds}


def acts_in_the_code() -> Iterator[str]:
    """Every act that a call of ours names by a word."""
    place = {"claim": 2, "insert": 1, "claim_hearing": 2, "_record": 1, "_claim": 1}
    paths = [path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]
    for path in (path for path in paths if "actions" in path.parts or path.stem in ("actions", "answering")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "") if isinstance(node, ast.Call) else ""
            if name in place and len(node.args) > place[name]:  # type: ignore[attr-defined]
                word = node.args[place[name]]  # type: ignore[attr-defined]
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value


def test_every_act_has_words(world_in: Callable[[State], World]) -> None:
    world_in(State.SEALED)
    known = {what for thing in THINGS.values() for what in thing.acts}
    named = {*acts_in_the_code(), *TRANSITIONS, *INSPECTING}
    assert (named - known, len(named) > 60) == (set(), True)
    happened = set(Event.objects.order_by().values_list("thing", "what").distinct())
    assert {(thing, what) for thing, what in happened if what not in THINGS[thing].acts} == set()


def test_a_meetings_page_tells_the_leaders_who_signed_and_sealed_it(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    lan, url = clients(world)["lan"], f"/meetings/{world.meeting.pk}/deeds/"
    deeds = read(lan, url)
    assert {("đồng chí Trần Thị Lan", "Xác nhận biên bản"), ("đồng chí Trần Thị Lan", "Khai mạc")} <= told(deeds)
    assert [one.at for one in deeds] == sorted((one.at for one in deeds), reverse=True)
    assert {one.about for one in deeds} == {deeds[0].about}, "another meeting stands on this one's page"
    sealed = read(lan, url, kind="seal")
    assert {one.kind for one in sealed} == {Kind.SEAL}
    assert 0 < len(sealed) < len(deeds)


def test_the_cells_page_tells_no_reading_of_a_review_and_nothing_that_is_the_doers_own(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.SEALED)
    nam, at = world.cast.account(world.nam), AFTER
    claim(world.nam, None, "consent", by=nam, at=at)
    claim(world.nam, None, "add_member", by=nam, at=at)
    assert ReadingLog.objects.exists()
    deeds = read(clients(world)["lan"], f"/cells/{world.cast.cell.pk}/deeds/", month=f"{at:%Y-%m}")
    named = {words for _, words in told(deeds)}
    assert "Ghi vào danh sách" in named
    assert named & {"Ghi lựa chọn về dữ liệu", "Gửi ý kiến trước"} == set()
    assert [words for words in named if "tự kiểm điểm" in words and words.startswith(("Mở ", "Tải"))] == []


def test_everybody_reads_what_was_done_to_their_account_and_who_opened_their_words(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.SEALED)
    lan, who = world.cast.account(world.cast.lan), clients(world)
    issue_slip(world.cast.account(world.nam), by=lan, at=AFTER)
    log = ReadingLog.objects.exclude(reader=None).select_related("review__participant__member", "reader").first()
    assert log is not None
    author = log.review.participant.member
    accounts = {member.pk: name for name, member in (("nam", world.nam), ("hoa", world.cast.hoa))}
    accounts |= {world.cast.tuan.pk: "tuan", world.cast.lan.pk: "lan", world.binh.pk: "binh"}
    theirs = read(who[accounts[author.pk]], "/account/deeds/", month=f"{log.read_at:%Y-%m}")
    opened = [one for one in theirs if one.words == "Mở bản tự kiểm điểm của đồng chí"]
    assert f"đồng chí {log.reader}" in {one.who for one in opened}
    mine = told(read(who["nam"], "/account/deeds/", month=f"{AFTER:%Y-%m}"))
    assert ("đồng chí Trần Thị Lan", "Phát phiếu đăng nhập") in mine
    others = told(read(who["hoa"], "/account/deeds/", month=f"{AFTER:%Y-%m}"))
    assert ("đồng chí Trần Thị Lan", "Phát phiếu đăng nhập") not in others


def test_an_opinion_that_was_taken_back_is_known_to_its_author_alone(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    opinion = HearingOpinion.objects.get(pk=world.keys["sent-opinion"])
    speaker = world.cast.account(opinion.speaker)
    notes.take_back(opinion, by=speaker, at=AFTER)
    seen = {}
    for name, account in {"author": speaker, "about": world.cast.account(opinion.hearing.about)}.items():
        month = month_of(Scope(account), {"month": f"{AFTER:%Y-%m}"}, AFTER.date())
        seen[name] = {one.words for one in month.page} & {"Rút ý kiến đã gửi", "Gửi ý kiến trước"}
    assert seen == {"author": {"Rút ý kiến đã gửi", "Gửi ý kiến trước"}, "about": set()}


def test_the_full_minutes_of_a_conference_are_told_to_the_leaders_and_to_whoever_was_spoken_of(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.PLAN)
    hearing = HearingOpinion.objects.get(pk=world.keys["sent-opinion"]).hearing
    cycle = hearing.participant.cycle
    write_down_opening(cycle, Opened.WHOLE, way=Way.PAPER, by=world.cast.account(world.binh), at=AFTER)
    assert Opening.objects.filter(what=Opened.WHOLE).exists()
    line = (f"đồng chí {world.binh}", "Tải về, in biên bản hội nghị kiểm điểm đầy đủ")
    who, month = clients(world), f"{AFTER:%Y-%m}"
    assert line in told(read(who["lan"], f"/cells/{world.cast.cell.pk}/deeds/", month=month))
    assert line in told(read(who["hoa"], "/account/deeds/", month=month))


def test_taking_ones_data_out_is_written_down(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    who: Any = clients(world)
    who["nam"].get("/account/data.json")
    who["nam"].get("/account/data.pdf")
    who["nam"].get("/account/data.pdf?dang=docx")
    line = (f"đồng chí {world.nam}", "Tải về “Những gì lưu về tôi”")
    assert [one.words for one in read(who["nam"], "/account/deeds/")].count(line[1]) == 3
    assert line not in told(read(who["lan"], f"/cells/{world.cast.cell.pk}/deeds/"))


def test_a_month_with_three_times_as_much_in_it_asks_the_database_as_often(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    pages = ["/account/deeds/", f"/cells/{world.cast.cell.pk}/deeds/", f"/meetings/{world.meeting.pk}/deeds/"]
    lan, asked = clients(world)["lan"], []
    for turn in range(2):
        for url in pages:
            lan.get(url)
            with CaptureQueriesContext(connection) as queries:
                lan.get(url)
            asked.append(len(queries))
        more = [copy(event) for event in Event.objects.all() for _ in range(2)] if turn == 0 else []
        for number, event in enumerate(more):
            event.pk, event.key, event.number = None, None, 5000 + number
        Event.objects.bulk_create(more)
    assert asked[:3] == asked[3:]
    assert max(asked) <= 24, asked


def test_whatever_is_asked_of_the_page_there_is_an_answer(world_in: Callable[[State], World]) -> None:
    lan = clients(world_in(State.PLAN))["lan"]
    for month in ("", "2026-13", "0000-00", "9999-12", "٢٠٢٦-١١", "2026-1", "rác"):
        got = lan.get("/account/deeds/", {"month": month, "kind": "<b>", "page": "-1"})
        assert (got.status_code, b"kind=<b>" in got.content) == (200, False)

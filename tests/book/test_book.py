"""The book: whatever is sealed is linked, whatever is changed afterwards is found and named."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from importlib import import_module
from io import BytesIO
from itertools import combinations
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from book.entries import PAGE, named, of_paper
from book.kinds import KINDS
from book.models import Link, start_of
from book.papers import build_sheet
from book.proof import WRONG, newest_among
from book.verify import compare, verify
from critique.hearing.models import ProceedingsCopy
from documents.model import Document, fingerprint, from_json
from documents.pdf import to_pdf
from documents.sealed import pdf_of
from meetings.actions import inspecting, resolutions
from meetings.actions.minutes import rendered_paper
from meetings.lifecycle import State
from meetings.models import InspectionComment, Minutes, Resolution, SignedCopy
from members.declare import DECLARED
from tests.book.tampering import any_edit, change, drop_guards, head_code, remove
from tests.sample import LONG, WEEK
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper as Settings

    from tests.once import Shelf
    from tests.world import World

SEED = WEEK


@pytest.fixture
def world(world_in: Callable[[State], World], once: Shelf, monkeypatch: pytest.MonkeyPatch) -> World:
    """Sealed minutes with a comment from above that the cell has answered, and one of everything else; real PDFs."""
    world = world_in(State.SEALED)
    monkeypatch.setattr("documents.sealed.to_pdf", to_pdf)
    return once.get("answered, a resolution signed", lambda: answered_and_signed(world))


def answered_and_signed(world: World) -> World:
    said = InspectionComment.objects.filter(inspection__verdict="returned", answered_at=None).first()
    assert said is not None
    lan = world.cast.account(world.cast.lan)
    inspecting.answer(said, answer="Đã ghi rõ.", by=lan, at=AFTER)
    resolution = Resolution.objects.with_meeting().get(pk=world.keys["resolution"])
    resolutions.sign(resolution, seen=resolutions.paper_of(resolution, lan).fingerprint, by=lan, at=AFTER)
    return world


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_what_is_shown_together_is_proved_by_the_last_of_its_own_entries(world: World) -> None:
    """Rows of several kinds are looked up together, and have the same keys here and there."""
    links = list(Link.objects.filter(cell=world.cast.cell))
    rows = {link: KINDS[link.kind].table._base_manager.get(pk=link.thing_pk) for link in links}
    for one, other in combinations(links, 2):
        shown = [(link.kind, rows[link]) for link in (one, other)]
        assert newest_among(shown).number == max(one.number, other.number), (str(one), str(other))


def test_everything_that_is_sealed_stands_in_a_whole_book(world: World) -> None:
    found = verify(world.cast.cell)
    assert (found.wrong, found.links) == ("", Link.objects.filter(cell=world.cast.cell).count())
    assert {*Link.objects.values_list("kind", flat=True)} == {*KINDS}
    ending = [kind.name for kind in KINDS.values() if kind.table in DECLARED and [*DECLARED[kind.table].ending()]]
    assert ending == []  # what has an end cannot be proved for ever


@pytest.mark.in_turn
@pytest.mark.long
def test_every_edit_past_the_guards_is_found_and_named(world: World) -> None:
    """A thousand at random in the long lane, fewer every day; a printed code stands for the copy outside."""
    cell = world.cast.cell
    drop_guards()
    code, missed, refused, tried, names = head_code(cell), [], 0, 0, set()
    dice = Random(SEED)
    assert verify(cell).wrong == ""
    while tried < (1000 if LONG else 60):
        edit = any_edit(cell, dice)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    edit.do()
            except IntegrityError:  # the database has other rules beside the guards
                refused += 1
                continue
            tried += 1
            found = verify(cell)
            if not compare(cell, code, found).wrong:
                missed.append(edit.name)
            names |= {edit.name.split()[0]}
            transaction.set_rollback(True)
    assert (missed, verify(cell).wrong) == ([], ""), f"seed {SEED}"
    assert len(names) > 5
    print(f"\n{tried} edits by SQL, seed {SEED}: all found; the database itself refused {refused} more.")


NEVER_SAVED_AGAIN = {"signed_copy", "whole_copy"}  # append-only besides: the database takes no change at all


def test_the_database_refuses_to_change_or_remove_what_is_sealed(world: World) -> None:
    """Every column that a link proves, of every kind, and the link itself."""
    cell, dice, done = world.cast.cell, Random(1), []
    for name, kind in KINDS.items():
        row = kind.table._base_manager.get(pk=Link.objects.filter(cell=cell, kind=name).first().thing_pk)
        tries = [(column, partial(change, row, column, dice)) for column in kind.guarded()] + [
            ("row", partial(remove, row))
        ]
        for what, do in tries:
            with pytest.raises(DatabaseError, match=r"is sealed|append-only"), transaction.atomic():
                do()
            done.append(f"{name}.{what}")
        if name not in NEVER_SAVED_AGAIN:
            row.save()  # the same values again are no change
    link = Link.objects.first()
    for do in (partial(change, link, "digest", dice), partial(remove, link)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            do()
    assert len(done) > 50


@pytest.mark.in_turn
def test_a_forged_paper_says_so_in_red_to_everybody_and_shows_no_code(
    world: World, as_user: Callable[..., Client]
) -> None:
    meeting, readers = world.meeting, (world.cast.lan, world.cast.tuan, world.cast.phuc)
    before = as_user(world.cast.lan).get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    code = Link.objects.get(kind="minutes", thing_pk=meeting.minutes.pk).code
    assert code in before
    assert WRONG not in before
    drop_guards()
    forged = meeting.minutes.document.replace("Trần Thị Lan", "Trần Thị Mận")
    Minutes.objects.filter(meeting=meeting).update(document=forged)
    for reader in readers:
        page = as_user(reader).get(f"/meetings/{meeting.pk}/minutes/").content.decode()
        assert (WRONG in page, code in page, fingerprint(from_json(forged)) in page) == (True, False, False)
        printed = words_of(as_user(reader).get(f"/meetings/{meeting.pk}/minutes.pdf").content)
        assert ("KHÔNG KHỚP SỔ BIÊN BẢN" in printed, code in printed) == (True, False)
        book = as_user(reader).get(f"/cells/{world.cast.cell.pk}/book/?code={code}").content.decode()
        assert ("Sổ không còn nguyên" in book, "(biên bản)" in book, "Khớp." in book) == (True, True, False)
    Minutes.objects.filter(meeting=meeting).update(document=forged[:50])  # it can no longer be read at all
    page = as_user(world.cast.lan).get(f"/meetings/{meeting.pk}/minutes/")
    assert (page.status_code, WRONG in page.content.decode()) == (200, True)
    phuc = as_user(world.cast.phuc)
    assert phuc.get(f"/meetings/{world.earlier.pk}/exchange.pdf").status_code == 200
    assert phuc.post(f"/meetings/{meeting.pk}/comments/", {"part": "nowhere", "text": "Xem lại"}).status_code == 422
    with pytest.raises(CommandError, match="1 sổ không còn nguyên"):
        call_command("verify_book")


@pytest.mark.parametrize("edit", ["unsealed", "state", "signature", "minutes"])
def test_what_no_longer_says_that_it_was_sealed_is_red_all_the_same(
    world: World, as_user: Callable[..., Client], edit: str
) -> None:
    meeting = world.meeting
    code = Link.objects.get(kind="minutes", thing_pk=meeting.minutes.pk).code
    drop_guards()
    if edit == "signature":
        remove(meeting.signatures.first())
    elif edit == "minutes":
        remove(meeting.minutes)
    else:
        Minutes.objects.filter(meeting=meeting).update(sealed_at=None)
        if edit == "state":
            type(meeting).objects.filter(pk=meeting.pk).update(state=State.CLOSED)
    page = as_user(world.cast.lan).get(f"/meetings/{meeting.pk}/minutes/")
    assert page.status_code == 200
    assert (WRONG in page.content.decode(), code in page.content.decode()) == (True, False)


def test_the_code_on_the_paper_leads_to_the_page_that_checks_it(
    world: World, as_user: Callable[..., Client], settings: Settings, capsys: pytest.CaptureFixture
) -> None:
    settings.BASE_ADDRESS = "https://chibo.example"
    cell, code = world.cast.cell, Link.objects.get(kind="minutes", thing_pk=world.meeting.minutes.pk).code
    paper = rendered_paper(world.meeting)
    assert paper.proof is not None
    assert paper.proof.address == f"https://chibo.example/cells/{cell.pk}/book/?code={code}"
    printed = words_of(pdf_of(paper))
    assert f"Mã kiểm tra: {code}" in printed
    lan = as_user(world.cast.lan)
    for typed in (code, code.lower().replace("-", " ")):
        assert "<b>Khớp</b>" in lan.get(f"/cells/{cell.pk}/book/", {"code": typed}).content.decode()
    for typed, said in (("ABC", "gồm 16 chữ và số"), ("AAAA-AAAA-AAAA-AAAA", "không có mã này")):
        assert said in lan.get(f"/cells/{cell.pk}/book/", {"code": typed}).content.decode()
    assert lan.get(f"/cells/{cell.pk}/book.pdf").status_code == 200
    assert head_code(cell) in str(build_sheet(cell, Link.objects.head_of(cell), 0, AFTER))
    call_command("verify_book", cell=cell.pk, code=code)
    assert "còn nguyên" in capsys.readouterr().out


def test_what_was_sealed_before_there_was_a_book_is_taken_over(world: World) -> None:
    """In order of sealing, marked as taken over; what had been forged by then does not pass as sealed."""
    cell, number = world.cast.cell, Link.objects.exclude(kind__in=("resolution", *NEVER_SAVED_AGAIN)).count()
    drop_guards()
    Resolution.objects.update(sealed_at=None)  # of kinds that came later: nothing from before
    SignedCopy.objects.all()._raw_delete(using="default")
    ProceedingsCopy.objects.all()._raw_delete(using="default")
    Link.objects.all()._raw_delete(using="default")
    assert "không có trong sổ" in verify(cell).wrong
    taken = import_module("book.migrations.0001_initial")
    taken.take_over(apps, SimpleNamespace(connection=connection))
    found = verify(cell)
    assert (found.wrong, found.taken_over, Link.objects.filter(taken_over=True).count()) == ("", found.links, number)
    assert found.head is not None
    assert "ký trước khi có sổ còn nguyên từ ngày đưa vào sổ." in str(
        build_sheet(cell, found.head, found.taken_over, AFTER)
    )
    Link.objects.all()._raw_delete(using="default")
    Minutes.objects.filter(meeting=world.meeting).update(document=world.meeting.minutes.document.replace("Lan", "Mận"))
    taken.take_over(apps, SimpleNamespace(connection=connection))
    assert "nội dung đang lưu không đúng nội dung khi ký" in verify(cell).wrong


def test_a_code_says_which_paper_it_is_of_so_that_one_copied_onto_another_paper_is_noticed(
    world: World, as_user: Callable[..., Client]
) -> None:
    link = Link.objects.get(kind="minutes", thing_pk=world.meeting.minutes.pk)
    address = f"/cells/{world.cast.cell.pk}/book/"
    page = as_user(world.cast.tuan).get(address, {"code": f"{link.code}, mục {link.number}"}).content.decode()
    said = page.partition("<b>Khớp</b>")[2].partition("</p>")[0]
    number = world.meeting.minutes.number.number
    assert f"Số {number:02d}-BB/" in said
    assert f"{world.meeting.title_inside} ngày {world.meeting.day:%d/%m/%Y}" in said
    assert f'href="/meetings/{world.meeting.pk}/minutes/"' in said
    pages = [
        as_user(world.cast.tuan).get(address, {"page": n}).content.decode()
        for n in range(1, Link.objects.filter(cell=world.cast.cell).count() // PAGE + 2)
    ]
    codes = [code for page in pages for code in re.findall(r'class="as-code">([A-Z2-7-]+)</td>', page)]
    assert codes == [one.code for one in Link.objects.filter(cell=world.cast.cell).order_by("-number")]


@pytest.mark.parametrize(("sealed", "listed"), [("Sinh hoạt", "sinh hoạt"), ("Hội nghị", "hội nghị"), ("Á", "á")])
def test_minutes_with_a_capital_within_their_title_are_listed_without_it(sealed: str, listed: str) -> None:
    """They were sealed so, and stay so."""
    paper = Document("bien-ban", f"Biên bản {sealed} thường kỳ ngày 05/10/2026", date(2026, 10, 5), ())
    assert of_paper(paper) == f"Biên bản {listed} thường kỳ ngày 05/10/2026"


def test_the_list_of_entries_tells_nobody_what_they_may_not_know(world: World) -> None:
    """The record of a destruction is a secret of the leaders': a member reads that there is one, and no more."""
    links = [
        Link.objects.filter(cell=world.cast.cell, kind=kind)[0] for kind in ("destruction", "proceedings", "minutes")
    ]
    leader, member = (world.cast.account(one) for one in (world.cast.lan, world.cast.tuan))
    assert [bool(entry.address) for entry in named(links, leader)] == [True, True, True]
    plain = named(links, member)
    assert [bool(entry.address) for entry in plain] == [False, False, True]
    assert plain[0].what == links[0].label


@pytest.mark.parametrize("typed", ["{}, mục 20", "mã: {}", " {} . mục số 2"])
def test_what_stands_beside_a_code_is_left_out(typed: str) -> None:
    code = "ABCD-EFGH-IJKL-2345"
    assert start_of(typed.format(code)) == start_of(code) is not None
    assert start_of(code + "6") is None

"""Attached files lie in a folder or in the database: the program does not notice which, and they can be moved."""

from __future__ import annotations

import os
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.test import TestCase
from django.utils import timezone

from chibo.files import strays
from chibo.files.moving import content
from chibo.files.places import Database, Folder, in_use, named
from chibo.models import KeptFile
from chibo.server.sign import How
from meetings.actions import thematic
from meetings.models import ThematicPaper
from tests.chibo.test_server import signs_of
from tests.meetings.test_thematic import NOTICED

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from meetings.models import Meeting
    from tests.conftest import Cast

PLACES = ["folder", "database"]


@pytest.fixture
def keep_in(db: None, settings: Settings) -> Callable[[str], None]:
    """As a server started with CHIBO_FILES set so."""

    def set_to(where: str) -> None:
        backend = f"chibo.files.places.{'Database' if where == 'database' else 'Folder'}"
        settings.FILES, settings.STORAGES = where, {**settings.STORAGES, "default": {"BACKEND": backend}}

    return set_to


def told(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def move(*what: str) -> str:
    return told("move_files", *what)


def read(name: str) -> bytes:
    return content(default_storage, name)


@pytest.mark.parametrize("where", PLACES)
def test_both_places_keep_give_and_forget_alike(where: str, keep_in: Callable[[str], None]) -> None:
    keep_in(where)
    first, second = (default_storage.save("papers/1.pdf", ContentFile(words)) for words in (b"one", b"the other"))
    assert (first, second != first, second.startswith("papers/1_")) == ("papers/1.pdf", True, True)
    assert (read(first), read(second), default_storage.size(second)) == (b"one", b"the other", 9)
    assert sorted(default_storage.names()) == sorted([first, second])
    default_storage.delete(first)
    default_storage.delete(first)
    assert (default_storage.exists(first), [*default_storage.names()]) == (False, [second])
    for ask in (read, default_storage.size):
        with pytest.raises(FileNotFoundError):
            ask(first)


def test_a_file_in_the_database_goes_with_the_transaction_and_a_name_is_never_given_twice(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Database()
    with transaction.atomic():
        place.save("papers/1.pdf", ContentFile(b"one"))
        transaction.set_rollback(True)
    assert not KeptFile.objects.exists()
    place.save("papers/1.pdf", ContentFile(b"one"))
    seen = iter([False])  # another server takes the name between the question and the answer
    there = Database.exists
    monkeypatch.setattr(Database, "exists", lambda self, name: next(seen, None) or there(self, name))
    assert place.save("papers/1.pdf", ContentFile(b"two")) != "papers/1.pdf"
    assert content(place, "papers/1.pdf") == b"one"


def test_files_move_there_and_back_to_the_byte_and_nothing_is_written_over(keep_in: Callable[[str], None]) -> None:
    keep_in("folder")
    words = {"papers/1.pdf": b"one" * 1000, "shelf/2.docx": bytes(range(256)), "papers/đề cương.pdf": b""}
    for name, held in words.items():
        default_storage.save(name, ContentFile(held))
    assert "đặt CHIBO_FILES=database" in refusal("database", "--remove")
    with Folder().alone():
        assert "move_files khác" in refusal("database")
    assert ("3 tệp" in move("database"), [*Folder().names()]) == (True, [*Database().names()])
    keep_in("database")
    default_storage.save("papers/4.pdf", ContentFile(b"later"))
    said = move("database", "--remove")
    assert ("chép 0, xoá ở thư mục 3" in said, [*Folder().names()]) == (True, [])
    assert {name: read(name) for name in words} == words

    Folder().save("papers/1.pdf", ContentFile(b"somebody else's"))
    assert "papers/1.pdf: ở thư mục đã có tệp khác cùng tên" in refusal("folder")
    assert "papers/1.pdf: ở cơ sở dữ liệu đã có tệp khác" in refusal("database", "--remove")
    assert read("papers/1.pdf") == words["papers/1.pdf"]
    Folder().remove("papers/1.pdf")
    assert "4 tệp" in move("folder")
    keep_in("folder")
    Path(default_storage.path("papers/1.pdf")).write_bytes(b"oneone")  # ended there while it was copied
    move("folder", "--remove")
    assert (KeptFile.objects.exists(), {name: read(name) for name in words}) == (False, words)


@pytest.mark.parametrize("where", PLACES)
def test_what_is_taken_away_while_files_move_is_gone_from_both_places(
    where: str, keep_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in(where)
    other = "folder" if where == "database" else "database"
    former = [default_storage.save(name, ContentFile(b"one")) for name in ("papers/1.pdf", "papers/2.pdf")]
    move(other)
    default_storage.delete("papers/1.pdf")  # the server still keeps files where it did
    assert sorted({*Folder().names(), *Database().names()}) == ["papers/2.pdf"]
    keep_in(other)
    default_storage.delete("papers/2.pdf")  # and now where they were moved to
    move(other, "--remove")
    assert [*Folder().names(), *Database().names()] == []

    keep_in(where)
    default_storage.save(former[0], ContentFile(b"one"))
    target = Folder if where == "database" else Database
    save = target.save

    def slowly(self: Any, name: str, *given: Any) -> str:
        default_storage.delete(name)  # somebody puts another file in its place
        return save(self, name, *given)

    monkeypatch.setattr(target, "save", slowly)
    assert ("0 tệp" in move(other), [*Folder().names(), *Database().names()]) == (True, [])


@pytest.mark.parametrize("where", PLACES)
def test_a_file_in_place_of_one_that_is_missing_stays_and_the_one_before_goes_whoever_put_it_there(
    where: str, cast: Cast, called: Meeting, keep_in: Callable[[str], None]
) -> None:
    keep_in(where)
    who: dict[str, Any] = {"by": cast.account(cast.tuan), "at": NOTICED}

    def attach(paper: ThematicPaper, words: bytes) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            thematic.attach(paper, SimpleUploadedFile("a.pdf", b"%PDF-1.7 " + words), **who)

    def held() -> list[bytes]:
        return [read(name)[9:] for name in [*Folder().names(), *Database().names()]]

    first, second = (ThematicPaper.objects.get(meeting=called) for _ in range(2))  # two windows
    attach(first, b"one")
    attach(second, b"two")
    assert held() == [b"two"]
    name = ThematicPaper.objects.get(meeting=called).file.name
    in_use().remove(name)  # it is lost, or the setting was changed before files were moved
    attach(ThematicPaper.objects.get(meeting=called), b"three")
    assert held() == [b"three"]


def refusal(*what: str) -> str:
    with pytest.raises(CommandError) as caught:
        move(*what)
    return str(caught.value)


def test_what_does_not_come_back_as_it_was_sent_is_said_and_not_kept(
    keep_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in("folder")
    default_storage.save("papers/1.pdf", ContentFile(b"one"))
    keep = Database._save
    monkeypatch.setattr(Database, "_save", lambda self, name, _: keep(self, name, ContentFile(b"on")))
    assert "papers/1.pdf: chép sang không đúng" in refusal("database")
    assert (KeptFile.objects.exists(), read("papers/1.pdf")) == (False, b"one")


def test_the_table_does_not_go_while_files_are_in_it(db: None) -> None:
    """`chibo --back` takes the steps of the newer version back."""
    back = import_module("chibo.migrations.0001_attached_files").refuse_to_lose
    editor = SimpleNamespace(connection=connection)
    back(apps, editor)
    Database().save("papers/1.pdf", ContentFile(b"one"))
    with pytest.raises(IrreversibleError, match="move_files folder"):
        back(apps, editor)


def test_the_state_of_the_server_names_what_is_missing_and_what_lies_in_the_former_place(
    planned: Meeting, keep_in: Callable[[str], None]
) -> None:
    keep_in("folder")
    default_storage.save("papers/1.pdf", ContentFile(b"one"))
    ThematicPaper.objects.filter(meeting=planned).update(file="papers/1.pdf")
    assert named() == {"papers/1.pdf"}
    assert signs_of("Tệp đính kèm") == [(How.GOOD, "1 tệp, cất trong thư mục.", "")]
    keep_in("database")
    ((how, says, do),) = signs_of("Tệp đính kèm")
    gone = "1 tệp đã đính kèm mà không tìm thấy, như papers/1.pdf"
    assert (how, gone in says, "move_files" in do) == (How.BAD, True, True)
    move("database")
    assert signs_of("Tệp đính kèm")[0][0] is How.CARE
    move("database", "--remove")
    assert signs_of("Tệp đính kèm")[0][:2] == (How.GOOD, "1 tệp, cất trong cơ sở dữ liệu.")


def test_who_may_have_a_file_does_not_depend_on_where_it_lies_and_one_that_is_gone_is_no_error(
    cast: Cast, called: Meeting, keep_in: Callable[[str], None], as_user: Callable[..., Client]
) -> None:
    keep_in("database")
    default_storage.save("papers/1.pdf", ContentFile(b"%PDF-1.7"))
    row = {"file": "papers/1.pdf", "file_name": "de-cuong.pdf", "file_type": "pdf", "file_size": 8}
    ThematicPaper.objects.filter(meeting=called).update(**row)
    address = f"/meetings/{called.pk}/paper/file/"
    given: Any = as_user(cast.hoa).get(address)
    assert (given.getvalue(), given.headers["Content-Length"]) == (b"%PDF-1.7", "8")
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert as_user(cast.mai).get(address).status_code == 404
    default_storage.delete("papers/1.pdf")
    assert as_user(cast.hoa).get(address).status_code == 404


@pytest.mark.parametrize("where", PLACES)
def test_a_file_that_no_row_names_is_counted_after_a_day_and_goes_when_somebody_says_so(
    where: str, planned: Meeting, keep_in: Callable[[str], None]
) -> None:
    keep_in(where)
    for name in ("papers/1.pdf", "papers/left.pdf", "papers/coming.pdf"):
        default_storage.save(name, ContentFile(b"one"))
    ThematicPaper.objects.filter(meeting=planned).update(file="papers/1.pdf")
    assert signs_of("Tệp đính kèm")[0][0] is How.GOOD  # somebody may be sending them at this moment
    KeptFile.objects.filter(name="papers/left.pdf").update(kept_at=None)
    if where == "folder":
        os.utime(Folder().path("papers/left.pdf"), (0, 0))
    ((how, says, do),) = signs_of("Tệp đính kèm")
    assert (how, "1 tệp không còn dùng đến" in says, "check_files" in do) == (How.CARE, True, True)
    assert "papers/left.pdf" in told("check_files")
    assert default_storage.exists("papers/left.pdf")
    assert "Đã xoá 1 tệp" in told("check_files", "--remove")
    assert sorted(default_storage.names()) == ["papers/1.pdf", "papers/coming.pdf"]
    default_storage.delete("papers/1.pdf")
    with pytest.raises(CommandError, match=r"Đã đính kèm mà không tìm thấy: papers/1\.pdf"):
        told("check_files")


@pytest.mark.parametrize("named_here", [0, 1], ids=["an empty database", "one with another folder's rows"])
def test_beside_a_wrong_database_no_file_is_taken_away_unless_somebody_insists(
    named_here: int, planned: Meeting, keep_in: Callable[[str], None]
) -> None:
    keep_in("folder")
    names = [f"papers/{number}.pdf" for number in range(5)]
    for name in names:
        default_storage.save(name, ContentFile(b"one"))
        os.utime(Folder().path(name), (0, 0))
    if named_here:
        ThematicPaper.objects.filter(meeting=planned).update(file=names[0])
    with pytest.raises(CommandError) as refused:
        told("check_files", "--remove")
    words = str(refused.value)
    assert all(piece in words for piece in ("Chưa xoá tệp nào", "5 tệp", f"dùng đến {named_here} tệp", "DATABASE_URL"))
    assert str(connection.settings_dict["NAME"]) in words
    assert [*default_storage.names()] == names
    ((how, says, do),) = signs_of("Tệp đính kèm")
    assert (how, "nhầm cơ sở dữ liệu" in says, "--remove" in do) == (How.BAD, True, False)
    assert f"Đã xoá {5 - named_here} tệp" in told("check_files", "--remove", "--even-most")
    assert [*default_storage.names()] == names[:named_here]


def test_what_is_lost_as_well_keeps_the_files_of_another_folder(
    planned: Meeting, keep_in: Callable[[str], None]
) -> None:
    """The rows name a file, the folder has others: it is not theirs."""
    keep_in("folder")
    ThematicPaper.objects.filter(meeting=planned).update(file="papers/mine.pdf")
    default_storage.save("papers/theirs.pdf", ContentFile(b"one"))
    os.utime(Folder().path("papers/theirs.pdf"), (0, 0))
    with pytest.raises(CommandError, match="Chưa xoá tệp nào"):
        told("check_files", "--remove")
    assert default_storage.exists("papers/theirs.pdf")


def test_what_somebody_else_keeps_in_the_folder_is_never_taken_away(
    planned: Meeting, keep_in: Callable[[str], None]
) -> None:
    keep_in("folder")
    ThematicPaper.objects.filter(meeting=planned).update(file="taken-in/1.pdf")
    default_storage.save("papers/left.pdf", ContentFile(b"one"))
    for name in (*(others := ["chibo.sqlite3", "lost+found/17", "papers-2024/1.pdf"]), "taken-in/1.pdf"):
        default_storage.save(name, ContentFile(b"not ours"))
    for name in list(default_storage.names()):
        os.utime(Folder().path(name), (0, 0))
    assert told("check_files").splitlines()[0].startswith("2 tệp, cất trong")
    assert "Đã xoá 1 tệp" in told("check_files", "--remove")
    assert sorted(default_storage.names()) == [*others, "taken-in/1.pdf"]
    keep_in("database")
    move("database", "--remove")
    assert ([*Database().names()], sorted(Folder().names())) == (["taken-in/1.pdf"], others)
    assert signs_of("Tệp đính kèm")[0][0] is How.GOOD


def test_a_file_that_comes_while_they_are_counted_is_neither_missing_nor_a_stray(
    planned: Meeting, keep_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in("database")

    def meanwhile() -> set[str]:
        default_storage.save("papers/1.pdf", ContentFile(b"one"))
        ThematicPaper.objects.filter(meeting=planned).update(file="papers/1.pdf")
        return named()

    monkeypatch.setattr(strays, "named", meanwhile)
    assert strays.Kept.at(timezone.now()) == strays.Kept(files=0, missing=[], strays=[], used=0)


def test_a_file_that_a_row_names_by_now_is_not_removed(planned: Meeting, keep_in: Callable[[str], None]) -> None:
    keep_in("database")
    for name in ("papers/1.pdf", "papers/left.pdf"):
        default_storage.save(name, ContentFile(b"one"))
    ThematicPaper.objects.filter(meeting=planned).update(file="papers/1.pdf")
    assert strays.remove(["papers/1.pdf", "papers/left.pdf"]) == 1
    assert [*default_storage.names()] == ["papers/1.pdf"]


@pytest.mark.parametrize("there", [False, True], ids=["copied", "there already"])
def test_a_file_is_read_once_on_either_side(
    there: bool, keep_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_in("folder")
    default_storage.save("papers/1.pdf", ContentFile(b"one"))
    if there:
        move("database")
    read = list[str]()
    for place in (Folder, Database):

        def opening(self: Any, name: str, really: Any = place.open) -> Any:
            read.append(self.WORD)
            return really(self, name)

        monkeypatch.setattr(place, "open", opening)
    move("database")
    assert sorted(read) == sorted([Folder.WORD, Database.WORD])

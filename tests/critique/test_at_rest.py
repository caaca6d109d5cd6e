"""What lies on the disk: a dump of the database holds none of what people wrote, whatever key they wrote it with."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection

from chibo.demo import hearing, review
from critique.course import actions as committee
from critique.cycle.models import Participant
from critique.hearing.models import Hearing, HearingOpinion, PrepNote
from critique.remedies import actions
from critique.remedies.models import Remedy, RemedyCheck, RemedyNote
from critique.sealing.fields import EncryptedJSON
from critique.sealing.unopened import SENTENCE
from critique.writing import actions as writing
from critique.writing import content
from critique.writing.models import ReviewCopy, SelfReview
from tests.critique import hearings as room
from tests.critique.conftest import OPENED, review_of, row_of, shortcoming, write
from tests.once import built_once

if TYPE_CHECKING:
    from pytest_django import Settings

    from critique.cycle.models import Cycle
    from tests.conftest import Cast

TEXTS = [
    "Chưa thẳng thắn góp ý với đồng chí bí thư",
    "Bị nhắc nhở vì nộp báo cáo chậm ba lần",
    "Ốm nặng từ tháng Hai, xin không công khai",
]
SPOKEN = [room.SAID, *room.TEXTS.values(), *room.NOTE.values()]
ALL_TEXTS = [*TEXTS, *SPOKEN, room.OTHER]


def dump() -> bytes:
    """Every byte that the database holds: SQLite's file, or every column of every table as text and as bytes."""
    if connection.vendor == "sqlite":
        memory = connection.connection.serialize() if hasattr(connection.connection, "serialize") else b""
        name = Path(str(connection.settings_dict["NAME"]))
        return memory + (name.read_bytes() if name.is_file() else b"")
    rows: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows += [str(row[0]).encode() for row in cursor.fetchall()]
    return b"\n".join(rows)


def found_in(data: bytes, texts: Iterable[str] = ALL_TEXTS) -> list[str]:
    """Which texts can be read, as they are or as any of the ways in which programs write letters."""
    seen = []
    for text in texts:
        for piece in (text, text[5:25]):
            ways = [piece.encode(), piece.encode("utf-16-le"), ascii(piece)[1:-1].encode(), piece.upper().encode()]
            ways += [base64.b64encode(b"x" * shift + piece.encode())[4:-4] for shift in range(3)]
            seen += [piece for way in ways if way in data]
    return seen


@built_once
def written(cast: Cast, cycle: Cycle) -> Cycle:
    """A draft, the copy of a form that was submitted and taken back, a note …, each with one of the texts."""
    hoa, tuan = review_of(cycle, cast.hoa), review_of(cycle, cast.tuan)
    write(cast, hoa, shortcoming(TEXTS[1]))
    for step in (writing.submit, writing.withdraw):
        step(hoa, by=cast.account(cast.hoa), at=OPENED)
    write(cast, hoa, shortcoming(TEXTS[0]), base=1)
    write(cast, tuan, {"A.I.1": TEXTS[1]}, step="strengths")
    row = row_of(cycle, cast.son)
    who = {"by": cast.account(cast.lan), "at": OPENED}
    committee.set_participant(row, writes=False, note=TEXTS[2], kind="02C", **who)
    words = {"shortcoming": TEXTS[0], "cause": TEXTS[1], "measure": TEXTS[2], "finished_when": TEXTS[0]}
    remedy = actions.enter(cast.cell, about=cast.hoa, source="opinion", **words, **who)
    actions.report(remedy, state="going", words=TEXTS[1], **who)
    actions.check(remedy.checks.get(number=1), found="going", words=TEXTS[2], **who)
    room.heard_with_a_note(cast, cycle)
    return cycle


def read_all(cycle: Cycle, cast: Cast) -> list[str]:
    texts = [content.texts_of(review_of(cycle, who)) for who in (cast.hoa, cast.tuan)]
    copy = ReviewCopy.objects.get(review__participant__member=cast.hoa)
    remedy = Remedy.objects.get()
    return [
        texts[0]["A.II"][0]["shortcoming"],  # type: ignore[index]
        str(texts[1]["A.I.1"]),
        Participant.objects.get(member=cast.son).note,
        copy.body["texts"]["A.II"][0]["shortcoming"],
        *(getattr(remedy, name) for name in ("shortcoming", "cause", "measure", "finished_when")),
        remedy.notes.get().words,
        remedy.checks.get(number=1).words,
        *spoken(),
    ]


def spoken() -> list[str]:
    hearing, opinion = Hearing.objects.get(), HearingOpinion.objects.get()
    note = PrepNote.objects.get()
    return [
        opinion.words,
        hearing.presented,
        hearing.response,
        opinion.reply,
        opinion.ruling,
        *(getattr(hearing, name) for name in ("merits", "faults", "duties", "due")),
        *(getattr(note, name) for name in room.NOTE),
    ]


def test_a_dump_of_the_database_holds_none_of_the_texts(cast: Cast, written: Cycle) -> None:
    of_the_remedy = [TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[0], TEXTS[1], TEXTS[2]]
    assert read_all(written, cast) == [TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[1], *of_the_remedy, *SPOKEN]
    data = dump()
    assert found_in(data) == []
    assert b"v2." in data
    assert str(cast.hoa.full_name).encode() in data  # the search looks where it should: names are not encrypted


def test_a_dump_of_the_demonstration_holds_none_of_its_self_reviews(demonstration: Callable[[date], object]) -> None:
    demonstration(date(2026, 11, 23))
    forms = (review.LAST_YEAR, review.THIS_YEAR, review.BEGUN, review.ON_PAPER, hearing.COLLECTIVE)
    texts = [text for form in forms for step in form.values() for text in step.values() if len(text) > 30]
    spoken = [hearing.OPINION, hearing.REPLY, hearing.RESERVED, hearing.EXPLAINED, hearing.RULING, hearing.GOING]
    spoken += [text for text in (*hearing.CONCLUSION.values(), *hearing.WISH.values()) if len(text) > 30]
    assert (SelfReview.objects.exclude(rev=0).count(), len(texts), len(spoken)) == (8, 15, 12)
    assert found_in(dump(), [*texts, *spoken]) == []


def test_the_search_would_find_a_text_that_lies_open(cast: Cast, written: Cycle) -> None:
    written.place = TEXTS[0]
    written.save(update_fields=["place"])
    assert set(found_in(dump())) == {TEXTS[0], TEXTS[0][5:25]}


def test_after_the_keys_were_changed_the_old_one_can_be_thrown_away(
    cast: Cast, written: Cycle, settings: Settings
) -> None:
    before, old = read_all(written, cast), settings.CRITIQUE_KEYS[0]
    new = secrets.token_urlsafe(32)
    settings.CRITIQUE_KEYS = [new, old]
    call_command("rotate_keys")
    settings.CRITIQUE_KEYS = [new]
    assert read_all(written, cast) == before
    assert found_in(dump()) == []
    settings.CRITIQUE_KEYS = [old]
    texts = content.texts_of(review_of(written, cast.hoa))
    assert (texts["A.I.1"], texts["A.II"], set(spoken())) == (SENTENCE, [], {SENTENCE})


def test_rotating_twice_changes_nothing_more(written: Cycle, settings: Settings, capsys: pytest.CaptureFixture) -> None:
    settings.CRITIQUE_KEYS = [secrets.token_urlsafe(32), *settings.CRITIQUE_KEYS]
    call_command("rotate_keys")
    call_command("rotate_keys")
    first, second = capsys.readouterr().out.splitlines()
    values = Participant.objects.count() + SelfReview.objects.count() + ReviewCopy.objects.count()
    values += 6 * Hearing.objects.count() + 3 * HearingOpinion.objects.count()
    values += (
        4 * PrepNote.objects.count()
        + 4 * Remedy.objects.count()
        + RemedyCheck.objects.count()
        + RemedyNote.objects.count()
    )
    assert first == f"{values} values sealed again with the first key, 0 already were."
    assert second == f"0 values sealed again with the first key, {values} already were."


def test_what_is_written_while_keys_are_changed_is_not_lost(
    cast: Cast, written: Cycle, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command has read the row; before it writes, Hoa saves."""
    hoa = review_of(written, cast.hoa)
    settings.CRITIQUE_KEYS = [secrets.token_urlsafe(32), *settings.CRITIQUE_KEYS]
    place = EncryptedJSON.place
    saved = []

    def meanwhile(field: EncryptedJSON, row: SelfReview, *beside: Any) -> str:
        if isinstance(row, SelfReview) and row.pk == hoa.pk and not saved:
            saved.append(True)
            write(cast, hoa, {"A.I.1": "Vừa viết thêm"}, step="strengths")
        return place(field, row, *beside)

    monkeypatch.setattr(EncryptedJSON, "place", meanwhile)
    call_command("rotate_keys")
    assert (saved, content.texts_of(review_of(written, cast.hoa))["A.I.1"]) == ([True], "Vừa viết thêm")


def test_a_row_that_was_given_somebody_elses_text_does_not_open(cast: Cast, written: Cycle) -> None:
    hoa, tuan = review_of(written, cast.hoa), review_of(written, cast.tuan)
    sealed = SelfReview.objects.values_list("body", flat=True).get(pk=hoa.pk)
    SelfReview.objects.filter(pk=tuan.pk).update(body=sealed)
    assert content.texts_of(review_of(written, cast.tuan))["A.I.1"] == SENTENCE


def test_queries_exports_and_lists_hold_no_open_text(cast: Cast, written: Cycle) -> None:
    exported = serialize("json", [*SelfReview.objects.all(), *Participant.objects.all(), *ReviewCopy.objects.all()])
    exported += serialize("json", [*Remedy.objects.all(), *RemedyCheck.objects.all(), *RemedyNote.objects.all()])
    exported += serialize("json", [*Hearing.objects.all(), *HearingOpinion.objects.all(), *PrepNote.objects.all()])
    listed = repr([*Hearing.objects.values(), *HearingOpinion.objects.values(), *PrepNote.objects.values()])
    listed += repr([*Remedy.objects.values(), *RemedyNote.objects.values(), *RemedyCheck.objects.values_list()])
    listed += repr([*SelfReview.objects.values(), *Participant.objects.values_list(), *SelfReview.objects.all()])
    assert (found_in(exported.encode()), found_in(listed.encode())) == ([], [])
    with pytest.raises(TypeError):
        SelfReview.objects.update(body={"texts": {"A.I.1": TEXTS[0]}})
    with pytest.raises(TypeError):
        list(SelfReview.objects.filter(body=TEXTS[0]))


def test_a_list_of_forms_opens_none_of_them(cast: Cast, written: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr("critique.sealing.fields.keyring", lambda: opened.append(True))
    again = type(written).objects.get(pk=written.pk)
    assert ([row.writes for row in again.people if hasattr(row, "review")], opened) == ([True, True, False, True], [])

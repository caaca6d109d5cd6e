"""What is held about people is declared beside each model: nothing is forgotten, and all of it is on their page."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.test.utils import isolate_apps

from critique.remedies.models import RemedyCheck
from members.declare import DECLARED, WHOSE, Acted, Chapter, Declared, Ends, Hidden, Nobody, Shown, Stays, With, words
from members.held_checks import every_column_with_a_person_is_declared
from members.models import Member, User
from privacy.actions import data_requests
from privacy.models import DataRequest
from privacy.my_data import in_order, kept_about
from tests.critique.hearings import NOTE, heard_with_a_note
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from critique.cycle.models import Cycle
    from tests.conftest import Cast

STAYS = Stays("Giữ mãi.")


def link(to: type[models.Model]) -> Any:
    return models.ForeignKey(to, models.PROTECT, related_name="+")


def errors_of(monkeypatch: pytest.MonkeyPatch, columns: dict[str, Any], declared: Any = None) -> list[tuple[str, str]]:
    """What the check says of one model with these columns; `declared` makes its declaration from the model."""
    with isolate_apps("meetings") as isolated:
        made: type[models.Model] = type(
            "MadeUp",
            (models.Model,),
            {**columns, "__module__": __name__, "Meta": type("Meta", (), {"app_label": "meetings"})},
        )
        monkeypatch.setattr("members.held_checks.apps", isolated)
        monkeypatch.setattr("members.held_checks.DECLARED", {made: declared(made)} if declared else {})
        return sorted((str(one.msg), str(one.id)) for one in every_column_with_a_person_is_declared(None))


def test_a_new_column_with_a_person_or_a_sentence_is_refused_until_it_is_declared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = {
        "about": link(Member),
        "entered_by": link(User),
        "helpers": models.ManyToManyField(Member, related_name="+"),
        "words": models.TextField(),
        "data": models.JSONField(),
        "line": models.CharField(max_length=300),
        "code": models.CharField(max_length=20),
        "day": models.DateField(),
    }
    found = errors_of(monkeypatch, columns)
    forgotten = ("about", "data", "entered_by", "helpers", "line", "words")
    assert found == [(f"meetings.MadeUp: {name} is not declared in personal.py.", "members.E006") for name in forgotten]


def test_a_column_that_is_about_nobody_is_declared_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def declared(made: type[models.Model]) -> Declared:
        return Declared(made, (STAYS,), (), {"words": Nobody("Lời chung.")})

    assert errors_of(monkeypatch, {"words": models.TextField()}, declared) == []


def test_a_declaration_that_cannot_be_kept_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def declared(made: type[models.Model]) -> Declared:
        columns = {"about": WHOSE, "words": words("Nội dung"), "gone": Shown("Đã bỏ")}
        return Declared(made, (), (Chapter("Khác", "", ("helper",)),), columns)

    found = errors_of(monkeypatch, {"about": link(Member), "words": models.TextField()}, declared)
    assert found == [
        ("meetings.MadeUp: about says whose the row is, and no chapter begins with it.", "members.E007"),
        ("meetings.MadeUp: declares gone, which is no column, and does not say what is shown.", "members.E007"),
        ("meetings.MadeUp: does not say how long it is kept.", "members.E007"),
        ("meetings.MadeUp: words ends, and nothing says with what.", "members.E007"),
    ]


def test_what_ends_by_itself_remembers_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = Ends("Loại", "năm", lambda cell, day, years: [], lambda row: ("", ""))

    def declared(made: type[models.Model]) -> Declared:
        return Declared(made, (ends,), (), {"words": words("Nội dung")})

    assert errors_of(monkeypatch, {"words": models.TextField()}, declared) == [
        ("meetings.MadeUp: ends by itself and has no column destroyed_on.", "members.E007")
    ]


def test_everything_of_ours_is_declared() -> None:
    assert every_column_with_a_person_is_declared(None) == []
    assert len(DECLARED) > 40


# --- The page ---------------------------------------------------------------------------------


def texts_of(declared: Declared) -> list[str]:
    """Shown columns that hold words of somebody."""
    fields = {field.name: field for field in declared.model._meta.concrete_fields}
    return [
        name
        for name, column in declared.columns.items()
        if isinstance(column, Shown)
        and isinstance(fields.get(name), models.TextField | models.CharField)
        and type(fields[name]).__name__ != "EncryptedJSON"
        and not fields[name].choices
        and name not in ("username", "reason", "what", "notice", "device")  # of an account or a list: no free words
        and (name in getattr(declared.model, "APPEND_ONLY_BUT", ()) or not hasattr(declared.model, "APPEND_ONLY"))
    ]


def follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = None if row is None else getattr(row, name)
    return row


def people_of(declared: Declared, row: Any) -> Iterator[Member]:
    """Whose page shows this row: the people of its chapters, or of the row to which it belongs."""
    kinds = [kind for kind in declared.chapters if not kind.hidden and not kind.shows]
    for kind in kinds:
        if kind.rows is None or kind.rows(declared.rows()).filter(pk=row.pk).exists():
            found = [follow(row, path) for path in kind.whose if path not in ("pk", "tellers")]
            yield from (member for member in found if member is not None)
    if declared.model is Member:
        yield row
    inside = [name for name, column in declared.columns.items() if getattr(column, "inside", False)]
    for kept in declared.kept if inside else ():
        if isinstance(kept, With):
            yield from people_of(DECLARED[kept.root], follow(row, kept.path))


def test_every_word_that_is_declared_as_shown_is_on_the_page_of_its_person(world_in: Any) -> None:
    """A mark of its own is written into every such column of every kind of row."""
    world = world_in("sealed")
    asked = DataRequest.objects.select_related("cell").get(pk=world.keys["request"])
    data_requests.put_off(asked, reason="Chờ hồ sơ giấy", by=world.cast.account(world.cast.lan), at=AFTER)
    checked = {"found": "going", "checked_at": AFTER, "checked_by": world.cast.account(world.cast.lan)}
    RemedyCheck.objects.update(**checked)
    marks: dict[str, set[Member]] = {}
    for declared in DECLARED.values():
        names = texts_of(declared)
        rows = [(row, set(people_of(declared, row))) for row in declared.rows()] if names else []
        known = [(row, people) for row, people in rows if people]
        for name in names:
            mark = f"dấu-{declared.model._meta.model_name}-{name}"
            marks[mark] = {member for _, people in known for member in people}
            for row, _ in known:
                setattr(row, name, mark)
                row.save(update_fields=[name])
    held = Counter(member for people in marks.values() for member in people)
    page = cache(said_to)  # of those with most of it first: few pages hold all
    unseen = [
        mark
        for mark, people in marks.items()
        if not any(mark in page(one) for one, _ in held.most_common() if one in people)
    ]
    assert unseen == []
    assert len(marks) > 40


def said_to(member: Member) -> str:
    fresh = Member.objects.select_related("organisation").get(pk=member.pk)
    return "\n".join(value for one in kept_about(fresh) for entry in one.entries for _, value in entry)


def test_every_kind_of_row_has_its_chapter_with_a_reason_and_a_time(world_in: Any) -> None:
    world = world_in("sealed")
    chapters = kept_about(world.cast.hoa)
    shown = [kind.title for one in in_order() for kind in one.chapters if not kind.hidden]
    assert [one.title for one in chapters] == [*shown, *(one.title for one in chapters[-2:])]
    assert [one.title for one in chapters[:-1] if not (one.why and one.kept)] == []
    assert len(set(shown)) == len(shown)


def test_what_somebody_did_from_their_account_is_counted(world_in: Any) -> None:
    world = world_in("sealed")
    lan = world.cast.lan
    (acts,) = [one for one in kept_about(lan) if one.title == "Việc làm từ tài khoản của đồng chí"]
    counted = []
    for declared in in_order():
        for name, column in declared.columns.items():
            if isinstance(column, Acted):
                mine = [row for row in declared.rows() if lan in (owner_of(getattr(row, name)),)]
                counted += [(column.what, str(len(mine)))] if mine else []
    assert [(dict(one)["Việc"], dict(one)["Số lần"]) for one in acts.entries] == counted
    assert len(counted) > 15


def owner_of(who: Any) -> Member | None:
    return who.member if isinstance(who, User) else who


def test_what_is_not_shown_is_named_with_its_reason_and_not_whether_there_is_any(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    before = json.loads(as_user(cast.hoa).get("/account/data.json").content)["Những gì lưu"]
    heard_with_a_note(cast, cycle)
    answer = as_user(cast.hoa).get("/account/data.json").content.decode()
    title = "Không hiện ở đây, và vì sao"
    after = json.loads(answer)["Những gì lưu"][title]
    assert ([words for words in NOTE.values() if words in answer], after) == ([], before[title])
    reasons = [one["Vì"] for one in after]
    assert any(one.startswith("Ghi chú để chuẩn bị góp ý chỉ người viết đọc được") for one in reasons)
    hidden = [c.because for one in DECLARED.values() for c in one.columns.values() if isinstance(c, Hidden)]
    assert set(hidden) <= set(reasons)


def test_who_sees_it_is_said_once() -> None:
    """Either why a chapter is there or how long it stays says whose eyes it is for, not both."""
    twice = [
        (declared.model.__name__, chapter.title)
        for declared in DECLARED.values()
        for chapter in declared.chapters
        for kept in declared.kept
        if isinstance(kept, Stays) and "xem được" in kept.how_long and "xem được" in chapter.why
    ]
    assert twice == []

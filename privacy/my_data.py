"""What the program holds about one person, gathered from the declarations: one shape for page, paper and file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from documents.model import Document, Head, Heading, Note, Title, bold, para
from members.declare import DECLARED, Acted, Declared, Ends, Hidden, Pairs, Shown, Stays, With
from members.declare import Chapter as Kind
from members.house import in_house_style
from members.models import User
from members.said import day_of, moment_of, value_of
from privacy.fixed import kept_of

if TYPE_CHECKING:
    from members.models import Member


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of data: why it is there, who sees it, how long it stays; then one entry for each row."""

    title: str
    why: str
    kept: str
    entries: tuple[Pairs, ...]


APPS = (
    "members",
    "meetings",
    "critique",
    "privacy",
    "rulings",
)  # the person first, then what is nearest to the meetings


def in_order() -> list[Declared]:
    """The declarations as the page goes through them."""
    return sorted(
        DECLARED.values(), key=lambda one: (*APPS, one.model._meta.app_label).index(one.model._meta.app_label)
    )


def kept_about(member: Member, *, shut: bool = False) -> list[Chapter]:
    """Everything with this person's name on it, newest first where it has a day. Asked only by the person.

    `shut`: whoever asks has not shown yet that the account is theirs; what is nobody's but the author's stays away.
    """
    years = kept_of(member.organisation, timezone.localdate()).figures[0]
    found = [
        Chapter(kind.title, kind.why, how_long(declared, years), tuple(_entries(declared, kind, member, shut)))
        for declared in in_order()
        for kind in declared.chapters
        if not kind.hidden
    ]
    acts = Chapter(
        "Việc làm từ tài khoản của đồng chí",
        "Để truy lại khi cần; chỉ đếm ở đây, không xếp hạng, không đánh giá.",
        "Giữ cùng từng việc.",
        tuple(_acts(member)),
    )
    unseen = Chapter("Không hiện ở đây, và vì sao", "Cũng lưu, nhưng trang này không hiện.", "", tuple(_unseen()))
    return [*found, acts, unseen]


def how_long(declared: Declared, years: int) -> str:
    """In words, from the declaration: how long, and who ends it."""
    first = declared.kept[0]
    if isinstance(first, Stays):
        return first.how_long
    ends = declared.ends
    if ends is None and isinstance(first, With):
        return how_long(DECLARED[first.root], years)
    after = ends.after if isinstance(ends, Ends) else ""
    return f"Giữ {years} {after}; rồi một đồng chí đề nghị, một đồng chí khác trong chi uỷ huỷ lời văn, có biên bản."


def _entries(declared: Declared, kind: Kind, member: Member, shut: bool) -> Iterator[Pairs]:
    whose = Q()
    for path in kind.whose:
        whose |= Q(**{path: member.pk})
    rows = kind.rows(declared.rows()) if kind.rows else declared.rows()
    if shut and kind.private is not None:
        rows = rows.exclude(kind.private) if kind.private else rows.none()
        yield (("Đang đóng", "Phần riêng của tài khoản còn đóng; xem ở trang Tài khoản."),)
    mine = declared.rows().filter(whose).values("pk")  # of a table between, a row may come twice
    if not mine.exists():  # of most kinds a person has none, and to ask for all of it is a long question
        return
    for row in (
        rows.filter(pk__in=mine).select_related(*kind.people).prefetch_related(*kind.fetch).order_by(*kind.order)
    ):
        row.shown_to = member
        yield tuple(_line(declared, kind, row))


def _line(declared: Declared, kind: Kind, row: Any) -> Iterator[tuple[str, str]]:
    for name, column in declared.columns.items():
        if name not in kind.shows if kind.shows else getattr(column, "inside", False):
            continue
        if isinstance(column, Shown):
            said = column.say(row) if column.say else value_of(row, name)
            yield from said if isinstance(said, tuple) else ((column.label, said),)
        elif isinstance(column, Acted) and column.label:
            yield column.label, value_of(row, name)


def _acts(member: Member) -> Iterator[Pairs]:
    """What was done from this person's account or in their name: how often, from when until when."""
    for declared in in_order():
        acted = {name: column for name, column in declared.columns.items() if isinstance(column, Acted)}
        if not acted:
            continue
        asked: dict[str, Any] = {}
        any_of_them = Q()
        for name, column in acted.items():
            field = declared.model._meta.get_field(name)
            mine = Q(**{f"{name}__member" if field.related_model is User else name: member.pk})
            any_of_them |= mine
            asked |= {f"{name}_n": Count("pk", filter=mine)}
            asked |= {f"{name}_a": Min(column.at, filter=mine), f"{name}_z": Max(column.at, filter=mine)}
        if not declared.rows().filter(any_of_them).exists():
            continue
        found = declared.rows().order_by().aggregate(**asked)
        for name, column in acted.items():
            if found[f"{name}_n"]:
                first, last = (day_of(timezone.localdate(at)) for at in (found[f"{name}_a"], found[f"{name}_z"]) if at)
                yield ("Việc", column.what), ("Số lần", str(found[f"{name}_n"])), ("Từ, đến", f"{first} – {last}")


def _unseen() -> Iterator[Pairs]:
    """Each reason once."""
    kinds = [kind.hidden for one in in_order() for kind in one.chapters if kind.hidden]
    columns = [c.because for one in in_order() for c in one.columns.values() if isinstance(c, Hidden)]
    for because in dict.fromkeys([*kinds, *columns]):
        yield (("Vì", because),)


def as_data(member: Member, chapters: Iterable[Chapter], at: datetime) -> dict[str, Any]:
    return {
        "Họ và tên": member.full_name,
        "Lập lúc": moment_of(at),
        "Những gì lưu": {one.title: [dict(entry) for entry in one.entries] for one in chapters},
    }


@in_house_style
def as_paper(member: Member, chapters: Iterable[Chapter], at: datetime) -> Document:
    cell = member.organisation
    day = timezone.localdate(at)
    blocks: list[Any] = [
        Head(cell.superior_line, cell.paper_name, "", ""),
        Title("NHỮNG GÌ LƯU VỀ TÔI", (member.full_name, f"Lập lúc {moment_of(at)}")),
    ]
    for one in (one for one in chapters if one.entries):
        blocks += [
            Heading(f"{one.title} ({len(one.entries)})"),
            Note(f"{one.why} {one.kept}".strip()),
        ]
        for entry in one.entries:
            blocks += [para(bold(f"{label}: "), value, indent=False) for label, value in entry if value]
            blocks.append(para("", indent=False))
    if nothing := [one.title for one in chapters if not one.entries]:
        blocks += [Heading("Không có gì ở những mục sau"), para("; ".join(nothing) + ".", indent=False)]
    return Document("nhung-gi-luu-ve-toi", f"Những gì lưu về {member.full_name}", day, tuple(blocks))

"""Who may know: the database and a row at hand answer alike for every model, every row and every person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from critique.hearing.models import Hearing
from meetings.actions import polls
from meetings.lifecycle import State
from members.conditions import ALWAYS, NEVER, Is, Not, Since, both
from members.knowing import Told
from members.known import KNOWN, known
from members.models import Member, TenureKind, User
from members.policy import ALLOWED, may, roles
from members.roles import LEADERS, ON_COMMITTEE, Role
from members.scoping import readers
from members.who_may_know import answers
from tests.clicks import PEOPLE, clients
from tests.factories import make_member
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    from members.knowing import Known
    from tests.world import World

# Towards these the posts and the thing give roles, but nobody has a role that reads them: no page shows them.
UNSEEN = {
    "printing.Order",
    "meetings.Reminder", "meetings.CalendarFeed", "privacy.Consent",
    "members.RecoveryCode", "members.Visit", "search.Passage",
}  # fmt: skip


@pytest.fixture
def world(world_in: Callable[[State], World]) -> World:
    """A meeting that is going on beside one that is sealed, and one more leader and somebody suspended to look in."""
    world = world_in(State.OPEN)
    make_member(world.cast.cell, "Vi Thị Phó", post=TenureKind.DEPUTY, username="deputy")
    suspended = make_member(world.cast.cell, "Lò Văn Treo", post=TenureKind.DEPUTY, username="suspended")
    item = world.meeting.items.get(ended_at=None, started_at__isnull=False)
    polls.open_poll(item, question="Thông qua", by=world.crew.account(world.crew.lead), at=AFTER)
    suspended.tenures.filter(kind=TenureKind.FULL).update(kind=TenureKind.SUSPENDED)
    return world


def people_of(world: World) -> dict[str, User]:
    names = ("lan", "binh", "hoa", "tuan", "nam", "kha", "mai", "xa", "deputy", "suspended", world.cast.phuc.username)
    found = {user.username: user for user in User.objects.select_related("member").filter(username__in=names)}
    assert len(found) == len(names)
    return {**found, "admin": world.cast.admin}


def lines() -> list[tuple[type[Model], Known]]:
    return [(apps.get_model(label), known(label)) for label in KNOWN]


def rows_of(model: type[Model]) -> list[Any]:
    return list(model._default_manager.order_by("pk"))


def knows(user: User, row: Model, held: set[Role], line: Known) -> bool:
    """What the database says, said again of one row by the roles that somebody has towards it."""
    cell = line.cell_of(row)
    own = cell.pk in user.cell_ids and (not line.secret or bool(held & {*readers(line), *line.also} - {Role.SUPERIOR}))
    return own or Role.SUPERIOR in held or (line.below and cell.pk in user.above_ids)


def test_the_rows_that_exist_for_somebody_are_those_towards_which_they_have_a_role(world: World) -> None:
    """So whoever may read a row can reach it, and a secret exists for nobody else."""
    wrong, told = [], defaultdict(set)
    people = people_of(world)
    for model, line in lines():
        rows = rows_of(model)
        for name, user in people.items():
            exist = set(model._default_manager.for_user(user).values_list("pk", flat=True))
            for row in rows:
                exists, held = row.pk in exist, roles(user, row)
                told[model._meta.label].add(exists)
                unread = bool(held & readers(line)) and not exists
                if exists != knows(user, row, held, line) or unread:
                    wrong.append(f"{name}, {model._meta.label} {row.pk}: exists {exists}, roles {held}")
    assert wrong == []
    # everything exists for somebody and is hidden from somebody; nobody in this world has come in by the door
    assert {label: seen for label, seen in told.items() if seen != {True, False}} == {}
    assert set(KNOWN) - set(told) == {"members.RecoveryCode", "members.Visit"}


def test_the_right_to_read_is_the_right_that_the_line_names(world: World) -> None:
    """What the database lets through because of a role, `may()` lets through because of the right."""
    hearing, line = Hearing.objects.get(pk=world.keys["hearing"]), known("critique.Hearing")
    reads = {name for name, user in people_of(world).items() if may(user, "hearing.see", hearing)}
    knowing = {name for name, user in people_of(world).items() if Hearing.objects.for_user(user).filter(pk=hearing.pk)}
    assert (reads, line.see) == (knowing, ("hearing.see",))
    assert {"lan", "binh", "deputy"} < reads
    assert not reads & {"phuc", "mai", "suspended", "admin"}


def test_every_role_and_every_condition_is_told_alike_by_the_database_and_by_the_row(world: World) -> None:
    wrong, asked = [], 0
    people = people_of(world)
    for model, line in lines():
        rows = rows_of(model)
        wrong += [
            f"{row!r}: another cell" for row in rows if getattr(row, "cell", None) not in (None, line.cell_of(row))
        ]
        for condition in line.conditions():
            asked += 1
            exist = set(model._default_manager.filter(condition.q()).values_list("pk", flat=True))
            if exist != {row.pk for row in rows if condition.holds(row)}:
                wrong.append(f"{model._meta.label}: {condition.words}")
        for given in line.gives:
            for name, user in people.items():
                if isinstance(given.who, Told):
                    continue
                exist = set(model._default_manager.filter(given.q(user, line.cell_key)).values_list("pk", flat=True))
                if exist != {row.pk for row in rows if given.holds(user, row, line.cell_of(row))}:
                    wrong.append(f"{name}, {model._meta.label}: {given.role}")
    assert wrong == []
    assert asked > len(KNOWN)


def test_what_is_read_above_is_shown_above_and_nothing_else_is() -> None:
    assert {label for label in KNOWN if known(label).above != NEVER} == {
        label for label in KNOWN if Role.SUPERIOR in readers(known(label))
    }
    assert {label for label in KNOWN if not readers(known(label))} == UNSEEN


def test_no_event_is_ever_shown_above(world: World) -> None:
    events = [label for label in KNOWN if label.endswith("Event")]
    shown = {label: apps.get_model(label)._default_manager.for_user(world.cast.phuc).count() for label in events}
    assert shown == dict.fromkeys(events, 0)
    assert all(apps.get_model(label)._default_manager.exists() for label in events)
    assert events == ["members.Event"]


def test_the_superior_committee_has_no_role_in_what_is_not_shown_to_it_yet(world: World) -> None:
    phuc = world.cast.phuc
    assert (may(phuc, "minutes.see", world.meeting), may(phuc, "minutes.see", world.earlier)) == (False, True)
    assert roles(phuc, world.meeting) == set()
    assert roles(phuc, world.earlier) == {Role.SUPERIOR}


def test_the_committee_is_defined_once() -> None:
    assert LEADERS == (Role.SECRETARY, Role.DEPUTY)
    assert ON_COMMITTEE == (TenureKind.SECRETARY, TenureKind.DEPUTY, TenureKind.COMMITTEE_MEMBER)
    assert {role.value for role in ON_COMMITTEE} == {role.value for role in ALLOWED["plan.edit"]}


def test_an_account_leads_the_cells_in_which_it_has_the_post_today_and_no_standing_bars_it(world: World) -> None:
    seats = {name: (user.led_cells, user.committee_cells, user.part_cells) for name, user in people_of(world).items()}
    here = {world.cast.cell.pk}
    assert (seats["lan"], seats["binh"], seats["hoa"]) == (
        (here, here, here), (set(), here, here), (set(), set(), here)
    )  # fmt: skip
    assert (seats["suspended"], seats["kha"], seats["admin"]) == ((set(),) * 3, (set(),) * 3, (set(),) * 3)


def test_conditions_add_up_to_the_shortest_that_can_be_said() -> None:
    sealed, since = Is("state", ("sealed",), "đã ký"), Since("closed_at", "đã kết thúc")
    assert both(ALWAYS, sealed) == sealed
    assert both(sealed, NEVER) == NEVER
    assert both() == ALWAYS
    assert both(sealed, since).words == "đã ký, đã kết thúc"
    assert Not(sealed, "chưa ký").of("meeting") == Not(Is("meeting__state", ("sealed",), "đã ký"), "chưa ký")


def test_the_page_says_in_words_what_the_table_decides(world: World) -> None:
    said = {name: answer for names, answer in answers() for name in names}
    assert sorted(name for names, _ in answers() for name in names) == sorted({known(label).what for label in KNOWN})
    assert said["Biên bản"].above == "từ khi biên bản buổi họp đã đủ chữ ký"
    assert said["Mức xếp loại, từng bước"].read == ("chi uỷ", "đồng chí mà nội dung nói về")
    assert said["Mức xếp loại, từng bước"].above == "từ khi chi bộ đã gửi kết quả kiểm điểm lên cấp trên"
    assert said["Ghi chú riêng trước hội nghị"].read == ("người soạn",)
    assert said["Ghi chú riêng trước hội nghị"].known == "chỉ những người đọc được"
    assert said["Dự thảo chuyên đề"].above == "không bao giờ"
    page = clients(world)["nam"].get("/who-may-know/").content.decode()
    assert [name for name in said if name.replace("“", "") not in page] == []


def test_nobody_without_a_member_reads_anything(world: World) -> None:
    admin = world.cast.admin
    assert {label: apps.get_model(label)._default_manager.for_user(admin).count() for label in KNOWN} == dict.fromkeys(
        KNOWN, 0
    )
    assert Member.objects.count() > len(PEOPLE) - 2

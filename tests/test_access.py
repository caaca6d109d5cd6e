"""Who gets what from every address: every URL, by every person, in every state where it matters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from django.apps import apps
from django.contrib import admin

from documents.http import WORD
from meetings.lifecycle import State
from meetings.models import FloorStep, Meeting, Turn, Voice
from members import actions as people
from members.known import KNOWN, known_of
from members.models import TenureKind
from tests.addresses import address, our_urls
from tests.clicks import PEOPLE, checksum, click, clients, form_for
from tests.matrix import BY_STATE, DEPUTY_DOES, DEPUTY_READS, DOING, OUTSIDERS, READING, ROOMS, SHOWING_IT
from tests.sample import LONG, WEEK, this_weeks
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World

STATES = {
    "all": {"plan", "called", "open", "closed", "sealed"},
    "after-plan": {"called", "open", "closed", "sealed"},
    "not-open": {"plan", "called", "closed", "sealed"},
}
# Rows that no state of a meeting changes are asked about room by room, beside a plan.
STATE_OF = dict.fromkeys(ROOMS, State.PLAN)
CASES = [*ROOMS, *[*State][:5]]
BETWEEN = [State.CALLED, State.OPEN, State.CLOSED]
ENDS = [State.PLAN, State.SEALED]
REMINDER = "bí mật nhà nước".encode()
LONG_TEXT = re.compile(rb"<textarea(?![^>]*data-grows)")  # what grows is one line, however long
LONG_TEXTS = {
    "meetings": 3,
    "rulings": 0,
    "book": 0,
    "search": 0,
    "reviews": 1,
    "hearings": 1,
    "levels": 2,
    "protection": 1,
    "printing": 0,
    "shelf": 1,
    "errands": 1,
    "server": 0,
} | {
    "called": 4,
    "closed": 5,
    "open": 6,
    "sealed": 3,
}
OPEN = {"calendar-ics", "worker", "alive"}  # a calendar program knows the secret address; a script; one word
# Whoever opens what was said of somebody is written down.
WRITTEN_DOWN = {"hearing", "minutes", "minutes-pdf", "conference-paper", "conference-signed-file"}
TAKEN_OUT = {"my-data-json", "my-data-pdf"}  # and whoever takes all of their data out of the house
MAY = {"200", "yes"}
ANSWERS = {"200", "302", "409", "422"}
# A plan is not announced yet, so even an opinion waits for the notice.
WAITING = {("opinion-add", "nam", "plan"): "403"}
# Everybody here has signed in, and a first slip is for who never did (tests/members/test_founding.py hands one out).
NOTHING_TO_DO = {"first-slips"}


def rows(table: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """Address, whose row, when, and what each person gets; the deputy what the secretary gets, but for exceptions."""
    found = []
    for line in table.strip().splitlines():
        name, of, when, *cells = line.split()
        people = dict(zip(PEOPLE, cells, strict=True))
        deputy = DEPUTY_READS if table is READING else DEPUTY_DOES
        found.append((name, of, when, {**people, "thu": deputy.get((name, of), people["lan"])}))
    assert len({row[:3] for row in found}) == len(found), "a row stands twice"
    return found


def rows_in(case: str, table: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """In a room its own rows, in a state those of every room."""
    if case not in ROOMS:
        return rows(table)
    of_room = ROOMS[case].READING if table is READING else ROOMS[case].DOING
    own = {tuple(line.split()[:2]) for line in of_room.splitlines()}
    return [row for row in rows(table) if row[:2] in own]


def by_state(name: str, of: str) -> bool:
    """Whether the answer may depend on the state of the meeting."""
    return kind_of(of) in BY_STATE or name in SHOWING_IT


def kind_of(of: str) -> str:
    return of.rpartition("/")[-1]


def asked_in(case: str, name: str, of: str, people: dict[str, str]) -> dict[str, str]:
    """Those of the people who ask for this row in this case: one state of the meeting, or a room without any.

    The secretary is asked for every time, and of those outside one; of the others of the cell a sixth of those who may
    and a sixth of those who may not, each week others.
    """
    if by_state(name, of) == (case in ROOMS):
        return {}
    outside = [who for who in people if who in OUTSIDERS] if case in {*ROOMS, State.SEALED} else []
    turn = crc32(f"{name} {of}".encode()) % len(OUTSIDERS)  # where one comes in, all do: each row is tried by one
    trying = {*this_weeks([*outside[turn:], *outside[:turn]], of=len(OUTSIDERS))}
    inside = [who for who in people if who not in {"lan", *OUTSIDERS}]
    may = [who for who in inside if {*people[who].split("/")} <= MAY]
    may_not = [who for who in inside if who not in may]
    asking = [one for group in (may, may_not) for one in this_weeks(group[turn % 6 :] + group[: turn % 6], of=6)]
    resting = {*inside} - {*asking}
    return {who: cell for who, cell in people.items() if who not in resting and (who not in OUTSIDERS or who in trying)}


def is_tried(name: str, of: str, case: str) -> bool:
    """Each row before the notice or after the seal, and in one state in between; others each week."""
    if case in ROOMS:
        return True
    states = BETWEEN if case in BETWEEN else ENDS
    turn = crc32(f"{name} {of}".encode()) % len(states)
    return case in this_weeks([*states[turn:], *states[:turn]], of=len(states))


def missing_from(table: str, other: str, case: str) -> dict[tuple[str, str], dict[str, str]]:
    """Addresses of the other table only, a third each week: the method is judged before the person, so two will do."""
    here = {name for name, *_ in rows(table)}
    found = this_weeks([(name, of) for name, of, *_ in rows_in(case, other) if name not in here])
    return {(name, of): {"lan": "405", "stranger": "405" if name in OPEN else "in"} for name, of in found}


def before_or_after(cell: str, state: State) -> str:
    before, _, after = cell.partition("/")
    return after if after and state == State.SEALED else before


def in_a_form(url: str, person: str) -> str:
    """A paper is asked for in print by some and in Word by the others, who are others next week: both get the same."""
    in_word = crc32(f"{url} {person} {WEEK}".encode()) % 2
    return f"{url}?{WORD}" if url.endswith(".pdf") and in_word else url


def test_every_address_stands_in_the_matrix_and_nothing_else_does() -> None:
    named = {name for table in (READING, DOING) for name, *_ in rows(table)}
    assert named == set(our_urls())


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_everybody_reads_what_the_matrix_says_and_reading_changes_nothing(
    world_in: Callable[[State], World], case: str
) -> None:
    """And every page with a long text reminds that no state secret belongs there."""
    state = STATE_OF.get(case, case)
    world = world_in(state)
    who, wrong, reminding, silent = clients(world).at_once(), [], set(), set()
    before = checksum()
    asked = {
        (name, of): cells
        for name, of, when, cells in rows_in(case, READING)
        if state in STATES.get(when, when.split(",")) and (when not in STATES or is_tried(name, of, case))
    }
    wrongly = {} if case in BETWEEN and not LONG else missing_from(READING, DOING, case)
    for (name, of), cells in {**wrongly, **asked}.items():
        if kind_of(of) not in {"-", *world.keys}:
            continue
        url = address(name, of, world.keys)
        for person, cell in asked_in(case, name, of, cells).items():
            got, expected = click(who[person], "get", in_a_form(url, person)), before_or_after(cell, state)
            page = getattr(got.response, "content", b"")  # a download has none
            if LONG_TEXT.search(page):
                (reminding if REMINDER in page else silent).add(name)
            wrote = [] if name in TAKEN_OUT else got.wrote
            wrote = [sql for sql in wrote if name not in WRITTEN_DOWN or "critique_opening" not in sql]
            if (got.word, wrote) != (expected, []):
                wrong.append(f"{person} reads {name} {of}, {state}: {got.word}, not {expected} {got.wrote}")
    assert (wrong, silent) == ([], set())
    assert len(reminding) >= (LONG_TEXTS.get(case, 4) if case in ROOMS or LONG else 1), reminding
    assert checksum() == before


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_everybody_does_what_the_matrix_says_and_whoever_may_not_changes_nothing(
    world_in: Callable[[State], World], case: str
) -> None:
    state = STATE_OF.get(case, case)
    world = world_in(state)
    who, wrong = clients(world).at_once(), []
    before = checksum()
    only_read = [(name, of, "-", cells) for (name, of), cells in missing_from(DOING, READING, case).items()]
    for name, of, works, cells in [*rows_in(case, DOING), *only_read]:
        idle = case in ENDS and is_tried(name, of, case)  # where there is nothing to do
        if kind_of(of) not in {"-", *world.keys} or not (case in ROOMS or state == works or idle):
            continue
        url = address(name, of, world.keys)
        for person, cell in asked_in(case, name, of, cells).items():
            got = click(who[person], "post", url, form_for(name, world, of, person))
            expected = WAITING.get((name, person, state), before_or_after(cell, state))
            right = got.word in ANSWERS if expected == "yes" else (got.word, got.wrote) == (expected, [])
            idles = of == "-" or works != state or expected != "yes" or name in NOTHING_TO_DO
            acts = idles or bool(got.wrote)
            if not (right and acts):
                wrong.append(f"{person} does {name} {of}, {state}: {got.word}, not {expected} {got.wrote}")
    assert wrong == []
    assert checksum() == before


def without_token(body: bytes) -> bytes:
    return re.sub(rb"[A-Za-z0-9]{64}", b"", body)


def test_another_cells_page_answers_exactly_like_one_that_does_not_exist(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.SEALED)
    mai, nowhere = clients(world)["mai"], dict.fromkeys(world.keys, 987654)
    told = []
    for name, of, _, _ in this_weeks(rows(READING)):
        # turns are gone with the seal; what is given down from above is Mai's as well
        if of not in ("-", "given-down") and kind_of(of) in world.keys:
            theirs = click(mai, "get", address(name, of, world.keys)).response
            missing = click(mai, "get", address(name, of, nowhere)).response
            if without_token(theirs.content) != without_token(missing.content):
                told.append(name)
    assert told == []


def test_nobody_outside_a_cell_can_ask_for_any_of_its_rows(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    cast, seen = world.cast, {}
    branch = world.far.superior_paths[0]
    outside: dict[str, Any] = {"kha": cast.account(cast.kha), "far": world.far, "admin": cast.admin}
    kept, poll = world.meeting.attendances.first(), world.keys["poll"]  # of a vote that is over no voice is kept
    Voice.objects.create(meeting=world.meeting, poll_id=poll, attendance=kept)
    scoped = [model for model in apps.get_models() if model._meta.label in KNOWN]
    item, row = world.meeting.items.first(), world.meeting.attendances.first()  # as before the seal
    Turn.objects.create(meeting=world.meeting, item=item, speaker=row, place=1, asked_by=cast.admin, asked_at=AFTER)
    FloorStep.objects.create(meeting=world.meeting, item=item, what="ask_floor", was={})
    for model in scoped:
        cell = known_of(model).cell or "pk"
        everything = model._default_manager
        for name, user in outside.items():
            rows = everything.for_user(user)
            # whoever follows another branch sees the bodies of that branch, and nothing else at all
            seen[model.__name__, name] = rows.exclude(path__startswith=branch).count() if cell == "pk" else rows.count()
        seen[model.__name__, "mai"] = everything.for_user(cast.account(cast.mai)).filter(**{cell: cast.cell.pk}).count()
        leaks = everything.filter(**{cell: cast.cell.pk}).exists() or model.__name__ in ("RecoveryCode", "Visit")
        assert leaks, f"{model.__name__} has no row that could leak"
    assert {key: count for key, count in seen.items() if count} == {}
    assert len(scoped) == len(KNOWN) > 50


def test_the_superior_committee_sees_the_sealed_minutes_below_it_and_no_others(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.CLOSED)
    who = clients(world)
    listed = {name: {m.pk for m in who[name].get("/inspections/").context["page"]} for name in ("phuc", "far", "lan")}
    sealed = set(Meeting.objects.filter(state=State.SEALED).values_list("pk", flat=True))
    assert (listed, len(sealed)) == ({"phuc": sealed, "far": set(), "lan": set()}, 2)
    assert world.meeting.pk not in sealed


def test_whoever_leaves_the_cell_is_outside_with_the_next_click(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    nam = clients(world)["nam"]
    url = address("minutes", "meeting", world.keys)
    before = nam.get(url).status_code
    people.set_standing(world.nam, world.cast.cell, kind=TenureKind.LEFT, starts_on=AFTER.date(), by=None, at=AFTER)
    assert (before, nam.get(url).status_code) == (200, 404)


def test_the_administrators_pages_hold_no_meeting_and_are_closed_to_members(
    world_in: Callable[[State], World],
) -> None:
    who = clients(world_in(State.SEALED))
    assert {model._meta.app_label for model in admin.site._registry} - {"members", "axes"} == set()
    answers = {name: click(who[name], "get", "/quan-tri/").response for name in [*PEOPLE, "thu"]}
    opened = [name for name, response in answers.items() if response.status_code == 200]
    turned_away = {response["Location"] for response in answers.values() if response.status_code == 302}
    assert (opened, turned_away) == (["admin"], {"/quan-tri/login/?next=/quan-tri/"})

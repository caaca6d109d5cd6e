"""Who gets what from every address: every URL, by every person, in every state where it matters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin

from meetings.lifecycle import State
from meetings.models import Meeting
from members import actions as people
from members.models import TenureKind
from tests import access_guard, matrix_levels
from tests.access_hearing import HEARINGS_DONE, HEARINGS_READ
from tests.clicks import PEOPLE, address, checksum, click, clients, form_for, our_urls
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World

# "404/200": before and after the minutes are sealed. "in": asked to sign in. States without "-": only in these.
# An address that is missing from this table answers every GET with 405.
READING = """
                                             Lan Bình Hoa Tuấn Nam Kha Mai  Phúc    Xa  admin khách
home            -        all                 200 200  200 200  200 200 200  200     200 200   in
account         -        all                 200 200  200 200  200 200 200  200     200 200   in
sign-in         -        all                 302 302  302 302  302 302 302  302     302 302   200
slip            -        all                 200 200  200 200  200 200 200  200     200 200   200
review-list     -        all                 200 200  200 200  200 200 200  200     200 200   in
member-list     cell     all                 200 200  200 200  200 404 404  403     404 404   in
member-add      cell     all                 200 403  403 403  403 404 404  403     404 404   in
member-edit     member   all                 200 403  403 403  403 404 404  404     404 404   in
meeting-list    cell     all                 200 200  200 200  200 404 404  403     404 404   in
task-list       cell     all                 200 200  200 200  200 404 404  403     404 404   in
task-note       promise  all                 200 200  403 403  200 404 404  403     404 404   in
resolution      resolution all               200 200  200 200  200 404 404  403     404 404   in
resolution-add  meeting  all                 200 200  403 403  403 404 404  404/403 404 404   in
meeting-new     cell     all                 200 200  403 403  403 404 404  403     404 404   in
meeting         meeting  plan                200 200  200 200  403 404 404  404     404 404   in
meeting         meeting  called,open,closed  200 200  200 200  200 404 404  404     404 404   in
meeting         meeting  sealed              200 200  200 200  200 404 404  200     404 404   in
meeting-edit    meeting  all                 200 200  403 403  403 404 404  404/403 404 404   in
item-add        meeting  all                 200 200  403 403  403 404 404  404/403 404 404   in
item-edit       item     all                 200 200  403 403  403 404 404  404/403 404 404   in
notice          meeting  plan                200 200  200 200  403 404 404  404     404 404   in
notice          meeting  after-plan          200 200  200 200  200 404 404  404/403 404 404   in
notice-pdf      meeting  plan                200 200  200 200  403 404 404  404     404 404   in
notice-pdf      meeting  after-plan          200 200  200 200  200 404 404  404/403 404 404   in
paper           meeting  plan                200 200  200 200  403 404 404  404     404 404   in
paper           meeting  after-plan          200 200  200 200  200 404 404  404/403 404 404   in
paper-file      meeting  plan                200 200  200 200  403 404 404  404     404 404   in
paper-file      meeting  after-plan          200 200  200 200  200 404 404  404/403 404 404   in
paper-edit      meeting  all                 200 403  403 200  403 404 404  404/403 404 404   in
opinion-answer  opinion  all                 200 403  403 200  403 404 404  404     404 404   in
now             meeting  plan                200 200  200 200  403 404 404  404     404 404   in
now             meeting  after-plan          200 200  200 200  200 404 404  404/403 404 404   in
room            meeting  open,closed         200 403  200 403  403 404 404  404     404 404   in
room            meeting  plan,called,sealed  302 403  302 403  403 404 404  404/403 404 404   in
room-item       item     open,closed         200 403  200 403  403 404 404  404     404 404   in
room-item       item     plan,called,sealed  302 403  302 403  403 404 404  404/403 404 404   in
promises        meeting  open,closed         200 200  200 403  403 404 404  404     404 404   in
promises        meeting  plan,called,sealed  302 302  302 403  403 404 404  404/403 404 404   in
task-edit       task     open,closed         200 403  200 403  403 404 404  404     404 404   in
task-edit       task     sealed              302 403  302 403  403 404 404  403     404 404   in
close           meeting  open                200 403  200 403  403 404 404  404     404 404   in
close           meeting  not-open            302 403  302 403  403 404 404  404/403 404 404   in
minutes         meeting  plan                404 404  404 404  403 404 404  404     404 404   in
minutes         meeting  called              404 404  404 404  404 404 404  404     404 404   in
minutes         meeting  open                200 404  200 404  404 404 404  404     404 404   in
minutes         meeting  closed,sealed       200 200  200 200  200 404 404  404/200 404 404   in
minutes-pdf     meeting  plan                404 404  404 404  403 404 404  404     404 404   in
minutes-pdf     meeting  called              404 404  404 404  404 404 404  404     404 404   in
minutes-pdf     meeting  open                200 404  200 404  404 404 404  404     404 404   in
minutes-pdf     meeting  closed,sealed       200 200  200 200  200 404 404  404/200 404 404   in
addendum-pdf    meeting  sealed              200 200  200 200  200 404 404  200     404 404   in
guideline       cell     all                 200 200  200 200  200 404 404  200     404 404   in
guideline-pdf   cell     all                 200 200  200 200  200 404 404  200     404 404   in
rule-list       cell     all                 200 403  403 403  403 404 404  200     404 404   in
rule-list       committee all                404 404  404 404  404 404 404  200     404 404   in
breakdown-add   cell     all                 200 403  403 403  403 404 404  200     404 404   in
programme       cell     all                 200 200  200 200  200 404 404  403     404 404   in
programme-paper programme all                200 200  200 200  200 404 404  404     404 404   in
programme-pdf   programme all                200 200  200 200  200 404 404  404     404 404   in
calendar        cell     all                 200 200  200 200  200 404 404  403     404 404   in
calendar-ics    -        all                 404 404  404 404  404 404 404  404     404 404   404
directive-list  committee all                404 404  404 404  404 404 404  200     404 404   in
score           meeting  plan                200 200  200 200  403 404 404  404     404 404   in
score           meeting  after-plan          200 200  200 200  200 404 404  404/200 404 404   in
score-pdf       sheet    all                 200 200  200 200  200 404 404  404/200 404 404   in
score-year      cell     all                 200 200  200 200  200 404 404  200     404 404   in
cycle-list      cell     all                 200 200  200 200  200 404 404  403     404 404   in
cycle-new       cell     all                 200 200  403 403  403 404 404  403     404 404   in
cycle           cycle    all                 200 200  200 200  200 404 404  404     404 404   in
cycle           plan-cycle all               200 200  403 403  403 404 404  404     404 404   in
cycle           shown-cycle all              200 200  200 200  200 404 404  404     404 404   in
cycle-edit      cycle    all                 200 200  403 403  403 404 404  404     404 404   in
rubric-list     cell     all                 200 403  403 403  403 404 404  200     404 404   in
rubric-list     committee all                404 404  404 404  404 404 404  200     404 404   in
conference-paper past-cycle all              404 404  404 404  404 404 404  404     404 404   in
conference-paper handed-cycle all            200 200  403 403  403 404 404  200     404 404   in
dossier-list    cycle    all                 200 200  403 403  403 404 404  404     404 404   in
dossier-index   cycle    all                 200 200  403 403  403 404 404  404     404 404   in
dossier         participant all              200 200  200 403  403 404 404  404     404 404   in
dossier-item    participant all              200 200  403 403  403 404 404  404     404 404   in
conference-new  cycle    all                 200 200  403 403  403 404 404  404     404 404   in
blank-form      cycle    all                 200 200  200 200  200 404 404  404     404 404   in
blank-form      plan-cycle all               200 200  403 403  403 404 404  404     404 404   in
participant-edit participant all             200 200  403 403  403 404 404  404     404 404   in
self-review     draft    all                 403 403  403 403  200 404 404  404     404 404   in
self-review     typed    all                 200 403  200 403  403 404 404  404     404 404   in
self-review     submitted all                200 200  403 200  403 404 404  404     404 404   in
self-review     shown    all                 200 200  200 200  200 404 404  404     404 404   in
self-review     past     all                 200 200  403 403  200 404 404  404     404 404   in
self-review-write draft  all                 403 403  403 403  200 404 404  404     404 404   in
self-review-write typed  all                 200 403  200 403  403 404 404  404     404 404   in
self-review-write submitted all              403 403  403 302  403 404 404  404     404 404   in
self-review-write shown  all                 403 403  403 403  302 404 404  404     404 404   in
self-review-pdf draft    all                 403 403  403 403  200 404 404  404     404 404   in
self-review-pdf typed    all                 403 403  200 403  403 404 404  404     404 404   in
self-review-pdf submitted all                403 403  403 200  403 404 404  404     404 404   in
self-review-pdf shown    all                 403 403  403 403  200 404 404  404     404 404   in
remedy-list     cell     all                 200 200  200 200  200 404 404  403     404 404   in
remedy-new      cell     all                 200 200  200 200  200 404 404  403     404 404   in
remedy          remedy   all                 200 200  404 200  200 404 404  404     404 404   in
remedy          cell-remedy all              200 200  200 200  200 404 404  404     404 404   in
remedy          closed-remedy all            200 200  404 404  200 404 404  404     404 404   in
my-data         -        all                 200 200  200 200  200 200 200  200     200 404   in
my-data-json    -        all                 200 200  200 200  200 200 200  200     200 404   in
my-data-pdf     -        all                 200 200  200 200  200 200 200  200     200 404   in
"""
READING += HEARINGS_READ
READING += matrix_levels.READING
READING += access_guard.READING

# "yes": has the right; the state may still answer no, in words. The state is one in which the click changes something;
# every row is tried there, in a plan that is not announced, and after the seal.
# An address that is missing from this table answers every POST with 405.
DOING = """
                                              Lan Bình Hoa Tuấn Nam Kha Mai  Phúc    Xa  admin khách
sign-in         -               plan          yes yes  yes yes  yes yes yes  yes     yes yes   yes
slip            -               plan          yes yes  yes yes  yes yes yes  yes     yes yes   yes
sign-out        -               plan          yes yes  yes yes  yes yes yes  yes     yes yes   in
account         -               plan          yes yes  yes yes  yes yes yes  yes     yes yes   in
member-add      cell            plan          yes 403  403 403  403 404 404  403     404 404   in
member-edit     member          plan          yes 403  403 403  403 404 404  404     404 404   in
member-standing member          plan          yes 403  403 403  403 404 404  404     404 404   in
member-account  without-account plan          yes 403  403 403  403 404 404  404     404 404   in
slip-issue      member          plan          yes 403  403 403  403 404 404  404     404 404   in
meeting-new     cell            plan          yes yes  403 403  403 404 404  403     404 404   in
meeting-edit    meeting         plan          yes yes  403 403  403 404 404  404/403 404 404   in
meeting-call    meeting         plan          yes 403  403 403  403 404 404  404/403 404 404   in
meeting-withdraw meeting        called        yes 403  403 403  403 404 404  404/403 404 404   in
meeting-cancel  meeting         called        yes 403  403 403  403 404 404  404/403 404 404   in
meeting-tick    meeting         sealed        yes yes  403 403  403 404 404  404/403 404 404   in
item-add        meeting         open          yes yes  403 403  403 404 404  404/403 404 404   in
item-edit       item            plan          yes yes  403 403  403 404 404  404/403 404 404   in
item-move       item            plan          yes yes  403 403  403 404 404  404/403 404 404   in
item-remove     item            plan          yes yes  403 403  403 404 404  404/403 404 404   in
apology         attendance      called        yes 403  403 403  yes 404 404  404/403 404 404   in
apology-decide  attendance      called        yes 403  403 403  403 404 404  404/403 404 404   in
paper-edit      meeting         plan          yes 403  403 yes  403 404 404  404/403 404 404   in
paper-share     meeting         plan          yes 403  403 yes  403 404 404  404/403 404 404   in
paper-agree     meeting         plan          yes yes  403 403  403 404 404  404/403 404 404   in
paper-complete  meeting         -             yes 403  403 yes  403 404 404  404/403 404 404   in
opinion-add     meeting         called        yes yes  yes yes  yes 404 404  404/403 404 404   in
opinion-answer  opinion         sealed        yes 403  403 yes  403 404 404  404     404 404   in
meeting-open    meeting         called        yes 403  yes 403  403 404 404  404/403 404 404   in
mark-rest       meeting         open          yes 403  yes 403  403 404 404  404/403 404 404   in
guest-add       meeting         open          yes 403  yes 403  403 404 404  404/403 404 404   in
mark            attendance      open          yes 403  yes 403  403 404 404  404/403 404 404   in
times           attendance      open          yes 403  yes 403  403 404 404  404/403 404 404   in
guest-remove    guest           open          yes 403  yes 403  403 404 404  404/403 404 404   in
item-start      item            open          yes 403  yes 403  403 404 404  404/403 404 404   in
item-end        item            open          yes 403  yes 403  403 404 404  404/403 404 404   in
remark-add      item            open          yes 403  yes 403  403 404 404  404/403 404 404   in
remark-remove   remark          open          yes 403  yes 403  403 404 404  404/403 404 404   in
vote-add        item            open          yes 403  yes 403  403 404 404  404/403 404 404   in
vote-remove     vote            closed        yes 403  yes 403  403 404 404  404/403 404 404   in
task-add        item            open          yes 403  yes 403  403 404 404  404/403 404 404   in
task-edit       task            closed        yes 403  yes 403  403 404 404  404/403 404 404   in
task-remove     task            open          yes 403  yes 403  403 404 404  404/403 404 404   in
report          meeting         called        yes yes  yes 403  403 404 404  404/403 404 404   in
task-note       promise         plan          yes yes  403 403  yes 404 404  403     404 404   in
resolution      resolution      plan          yes yes  403 403  403 404 404  403     404 404   in
resolution-add  meeting         closed        yes yes  403 403  403 404 404  404/403 404 404   in
resolution-withdraw resolution  -             yes yes  403 403  403 404 404  403     404 404   in
close           meeting         open          yes 403  yes 403  403 404 404  404/403 404 404   in
read-back       meeting         open          yes 403  yes 403  403 404 404  404/403 404 404   in
reopen          meeting         closed        yes 403  yes 403  403 404 404  404/403 404 404   in
write           meeting/meeting open          yes 403  yes 403  403 404 404  404/403 404 404   in
write           item/item       open          yes 403  yes 403  403 404 404  404/403 404 404   in
write           remark/remark   closed        yes 403  yes 403  403 404 404  404/403 404 404   in
write           draft/paper     plan          yes 403  403 yes  403 404 404  404     404 404   in
write           completed/paper sealed        yes 403  403 yes  403 404 404  404     404 404   in
sign            meeting         closed        yes 403  yes 403  403 404 404  404/403 404 404   in
addendum-add    meeting         sealed        yes 403  yes 403  403 404 404  404/403 404 404   in
comment-add     meeting         sealed        403 403  403 403  403 404 404  404/yes 404 404   in
verdict         meeting         sealed        403 403  403 403  403 404 404  404/yes 404 404   in
rule-list       cell            plan          yes 403  403 403  403 404 404  yes     404 404   in
rule-list       committee       plan          404 404  404 404  404 404 404  yes     404 404   in
breakdown-add   cell            plan          yes 403  403 403  403 404 404  yes     404 404   in
rule-end        rule            plan          yes 403  403 403  403 404 404  yes     404 404   in
programme-lay-out cell          plan          yes yes  403 403  403 404 404  403     404 404   in
programme-save  programme       plan          yes yes  403 403  403 404 404  404     404 404   in
line-plan       line            plan          yes yes  403 403  403 404 404  404     404 404   in
directive-place programme       plan          yes yes  403 403  403 404 404  404     404 404   in
directive-list  committee       plan          404 404  404 404  404 404 404  yes     404 404   in
directive-withdraw directive    plan          404 404  404 404  404 404 404  yes     404 404   in
calendar-feed   cell            plan          yes yes  yes yes  yes 404 404  403     404 404   in
calendar-revoke cell            plan          yes yes  yes yes  yes 404 404  403     404 404   in
score-draw-up   meeting         open          yes yes  yes 403  403 404 404  404/403 404 404   in
score-give      sheet           closed        yes yes  yes 403  403 404 404  404/403 404 404   in
score-vote      sheet           open          yes 403  yes 403  403 404 404  404/403 404 404   in
score-confirm   sheet           sealed        403 403  403 403  403 404 404  404/yes 404 404   in
cycle-new       cell            plan          yes yes  403 403  403 404 404  403     404 404   in
cycle-edit      cycle           plan          yes yes  403 403  403 404 404  404     404 404   in
rubric-list     cell            plan          yes 403  403 403  403 404 404  yes     404 404   in
rubric-list     committee       plan          404 404  404 404  404 404 404  yes     404 404   in
rubric-end      rubric          plan          yes 403  403 403  403 404 404  yes     404 404   in
dossier-pack    cycle           plan          yes 403  403 403  403 404 404  404     404 404   in
dossier-item    participant     plan          yes yes  403 403  403 404 404  404     404 404   in
conference-new  cycle           plan          yes yes  403 403  403 404 404  404     404 404   in
cycle-step      cycle           plan          yes 403  403 403  403 404 404  404     404 404   in
cycle-draw-up   cycle           plan          yes yes  403 403  403 404 404  404     404 404   in
participant-edit participant    plan          yes yes  403 403  403 404 404  404     404 404   in
participant-enter participant   plan          yes yes  403 403  403 404 404  404     404 404   in
self-review     draft           -             403 403  403 403  yes 404 404  404     404 404   in
self-review     typed           -             yes 403  yes 403  403 404 404  404     404 404   in
self-review     submitted       -             yes yes  403 yes  403 404 404  404     404 404   in
self-review     shown           -             yes yes  yes yes  yes 404 404  404     404 404   in
self-review     past            -             yes yes  403 403  yes 404 404  404     404 404   in
self-review-write draft         plan          403 403  403 403  yes 404 404  404     404 404   in
self-review-write typed         plan          yes 403  yes 403  403 404 404  404     404 404   in
self-review-write submitted     -             403 403  403 yes  403 404 404  404     404 404   in
self-review-submit draft        plan          403 403  403 403  yes 404 404  404     404 404   in
self-review-submit typed        plan          yes 403  yes 403  403 404 404  404     404 404   in
self-review-withdraw submitted  plan          403 403  403 yes  403 404 404  404     404 404   in
self-review-withdraw shown      -             403 403  403 403  yes 404 404  404     404 404   in
self-review-way draft           plan          403 403  403 403  yes 404 404  404     404 404   in
self-review-way typed           plan          403 403  yes 403  403 404 404  404     404 404   in
remedy-new      cell            plan          yes yes  yes yes  yes 404 404  403     404 404   in
remedy-take-up  promising       plan          yes yes  403 403  yes 404 404  404     404 404   in
remedy-take-up  draft           -             yes yes  403 403  yes 404 404  404     404 404   in
remedy-report   remedy          plan          yes yes  404 403  yes 404 404  404     404 404   in
remedy-report   cell-remedy     plan          yes yes  403 403  403 404 404  404     404 404   in
remedy-arrange  remedy          plan          yes yes  404 403  yes 404 404  404     404 404   in
remedy-check    remedy-check    plan          yes yes  404 403  403 404 404  404     404 404   in
remedy-close    remedy          plan          yes yes  404 403  403 404 404  404     404 404   in
remedy-close    cell-remedy     plan          yes yes  403 403  403 404 404  404     404 404   in
remedy-reopen   closed-remedy   plan          yes yes  404 404  403 404 404  404     404 404   in
remedy-link     remedy          plan          yes yes  404 403  403 404 404  404     404 404   in
"""
DOING += HEARINGS_DONE
DOING += matrix_levels.DOING
DOING += access_guard.DOING

STATES = {
    "all": {"plan", "called", "open", "closed", "sealed"},
    "after-plan": {"called", "open", "closed", "sealed"},
    "not-open": {"plan", "called", "closed", "sealed"},
}
OPEN = {"calendar-ics"}  # a calendar program signs in nowhere: it knows the secret address
ANSWERS = {"200", "302", "409", "422"}
# A plan is not announced yet, so even an opinion waits for the notice.
WAITING = {("opinion-add", "nam", "plan"): "403"}


def rows(table: str) -> list[tuple[str, str, str, dict[str, str]]]:
    found = []
    for line in table.strip().splitlines()[1:]:
        name, of, when, *cells = line.split()
        found.append((name, of, when, dict(zip(PEOPLE, cells, strict=True))))
    return found


def missing_from(table: str, other: str) -> dict[tuple[str, str], dict[str, str]]:
    """Addresses of the other table only: the method is judged before the person, so two people are enough."""
    here = {name for name, *_ in rows(table)}
    found = [(name, of) for name, of, *_ in rows(other) if name not in here]
    return {(name, of): {"lan": "405", "stranger": "405" if name in OPEN else "in"} for name, of in found}


def before_or_after(cell: str, state: State) -> str:
    before, _, after = cell.partition("/")
    return after if after and state == State.SEALED else before


def test_every_address_stands_in_the_matrix_and_nothing_else_does() -> None:
    named = {name for table in (READING, DOING) for name, *_ in rows(table)}
    assert named == set(our_urls())


@pytest.mark.parametrize("state", [*State][:5])
def test_everybody_reads_what_the_matrix_says_and_reading_changes_nothing(
    world_in: Callable[[State], World], state: State
) -> None:
    world = world_in(state)
    who, wrong = clients(world), []
    before = checksum()
    asked = {(name, of): cells for name, of, when, cells in rows(READING) if state in STATES.get(when, when.split(","))}
    for (name, of), cells in {**missing_from(READING, DOING), **asked}.items():
        if of.split("/")[-1] not in {"-", *world.keys}:
            continue
        url = address(name, of, world.keys)
        for person, cell in cells.items():
            got, expected = click(who[person], "get", url), before_or_after(cell, state)
            if (got.word, got.wrote) != (expected, []):
                wrong.append(
                    f"{person} reads {name} of a meeting that is {state}: {got.word}, not {expected} {got.wrote}"
                )
    assert wrong == []
    assert checksum() == before


@pytest.mark.parametrize("state", [*State][:5])
def test_everybody_does_what_the_matrix_says_and_whoever_may_not_changes_nothing(
    world_in: Callable[[State], World], state: State
) -> None:
    world = world_in(state)
    who, wrong = clients(world), []
    before = checksum()
    only_read = [(name, of, "-", cells) for (name, of), cells in missing_from(DOING, READING).items()]
    for name, of, works, cells in [*rows(DOING), *only_read]:
        if of.split("/")[-1] not in {"-", *world.keys} or state not in {State.PLAN, State.SEALED, works}:
            continue
        url = address(name, of, world.keys)
        for person, cell in cells.items():
            got = click(who[person], "post", url, form_for(name, world, of))
            expected = WAITING.get((name, person, state), before_or_after(cell, state))
            right = got.word in ANSWERS if expected == "yes" else (got.word, got.wrote) == (expected, [])
            acts = of == "-" or works != state or expected != "yes" or bool(got.wrote)
            if not (right and acts):
                wrong.append(
                    f"{person} does {name} of a meeting that is {state}: {got.word}, not {expected} {got.wrote}"
                )
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
    for name, of, _, _ in rows(READING):
        if of != "-":
            theirs = click(mai, "get", address(name, of, world.keys)).response
            missing = click(mai, "get", address(name, of, nowhere)).response
            if without_token(theirs.content) != without_token(missing.content):
                told.append(name)
    assert told == []


def test_nobody_outside_a_cell_can_ask_for_any_of_its_rows(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    cast, seen = world.cast, {}
    branch = world.far.review_paths[0]
    outside: dict[str, Any] = {"kha": cast.account(cast.kha), "far": world.far, "admin": cast.admin}
    scoped = [model for model in apps.get_models() if hasattr(model, "CELL")]
    for model in scoped:
        cell = model.CELL or "pk"
        everything = model._default_manager
        for name, user in outside.items():
            rows = everything.for_user(user)
            # whoever follows another branch sees the bodies of that branch, and nothing else at all
            seen[model.__name__, name] = rows.exclude(path__startswith=branch).count() if cell == "pk" else rows.count()
        seen[model.__name__, "mai"] = everything.for_user(cast.account(cast.mai)).filter(**{cell: cast.cell.pk}).count()
        leaks = everything.filter(**{cell: cast.cell.pk}).exists() or model.__name__ == "SignInSlip"
        assert leaks, f"{model.__name__} has no row that could leak"
    assert {key: count for key, count in seen.items() if count} == {}
    assert len(scoped) == 63


def test_the_superior_committee_sees_the_sealed_minutes_below_it_and_no_others(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.CLOSED)
    who = clients(world)
    listed = {name: {m.pk for m in who[name].get("/reviews/").context["page"]} for name in ("phuc", "far", "lan")}
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
    answers = {name: click(client, "get", "/quan-tri/").response for name, client in who.items()}
    opened = [name for name, response in answers.items() if response.status_code == 200]
    turned_away = {response["Location"] for response in answers.values() if response.status_code == 302}
    assert (opened, turned_away) == (["admin"], {"/quan-tri/login/?next=/quan-tri/"})

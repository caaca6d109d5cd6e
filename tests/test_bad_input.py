"""What people, clumsy or clever, send instead of what was asked: a clear answer, nothing half-saved, never a 500."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from copy import copy, deepcopy
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm
from django.test import Client
from django.utils.datastructures import MultiValueDict

from meetings.lifecycle import State
from members.models import Changing, Event
from tests.addresses import address
from tests.clicks import buttons, click, clients, form_for, written
from tests.sample import LONG, WEEK, this_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.core.files.uploadedfile import UploadedFile

    from tests.world import World

    Thing = tuple[str, int]  # the name of a table and the number of a row there

NASTY: dict[str, Any] = {
    "empty": "",
    "a word": "rác",
    "very long": "x" * 100_000,
    "control characters": "\x00a\x01\x0b\u202eb\ufeff\uffff",
    "markup": "<script>alert(1)</script>",
    "a template": "{{ 7|add:7 }}{% now 'Y' %}{0.__class__}%(x)s%n",
    "negative": "-1",
    "more than 64 bits": "99999999999999999999",
    "more than a column holds": "2147483648",
    "thousands of digits": "9" * 5000,
    "another alphabet's digits": "٣٠",
    "a power": "1e309",
    "no number": "NaN",
    "the first minute of all": "0001-01-01T00:00",
    "before the first minute": "0001-01-01T00:00+14:00",
    "after the last minute": "9999-12-31T23:59:59-14:00",
    "year 99999": "99999-12-31T10:00",
    "30 February": "2026-02-30",
    "the year 1900": "1900-01-01T19:00",
    "the year 1900, a day": "01/01/1900",
    "25 o'clock": "25:61",
    "two values": ["1", "2"],
    "half a letter": "e\u0301" * 200,
}
# A form's fields meet every value by themselves, and over the wire one of them: which one moves on week by week.
# The doors of a state, in parts that take a few seconds each.
PARTS = {State.PLAN: 8 if LONG else 3, State.CALLED: 1, State.OPEN: 2 if LONG else 1, State.CLOSED: 1, State.SEALED: 1}
CASES = [(state, part) for state, parts in PARTS.items() for part in range(parts)]
SECRETARY = [
    "member-add cell", "member-edit member", "member-standing member", "member-account without-account",
    "member-import cell",
]  # fmt: skip


def saved() -> tuple[Counter[Thing], Counter[Thing]]:
    """How far each row has counted that counts its changes, and how many events say why."""
    models = [model for model in apps.get_models() if issubclass(model, Changing)]
    versions = {
        (str(model._meta.model_name), pk): version
        for model in models
        for pk, version in model._base_manager.values_list("pk", "version")
    }
    return Counter(versions), Counter(Event.objects.order_by().values_list("thing", "thing_pk"))


def forms_of(world: World) -> list[tuple[str, Client, str, dict[str, Any]]]:
    """The buttons of a meeting in this state; with a plan also those for people and accounts."""
    found = buttons(world)
    if world.meeting.state == State.PLAN:
        lan = clients(world)["lan"]
        for words in [*SECRETARY, "account -", "sign-in -", "slip -"]:
            name, of = words.split()
            client = lan if name != "sign-in" else Client()
            found.append((words, client, address(name, of, world.keys), form_for(name, world)))
    return found


def one_of_each(form: Iterable[str]) -> list[str]:
    """Of fields that repeat in every row of a table (points_1.1, points_1.2) the first; all fall ill together after."""
    return list({re.sub(r"[\d.]+", "#", field): field for field in reversed([*form])}.values())


def kept_open(file: UploadedFile) -> SimpleUploadedFile:
    """The same file, which can still be read after the request."""
    return SimpleUploadedFile(file.name or "", file.read(), file.content_type)


@contextmanager
def read_forms() -> Iterator[list[BaseForm]]:
    """The forms that a page fills with what was sent to it, as the page itself has made them."""
    found: list[BaseForm] = []
    clean = BaseForm.full_clean

    def notice(form: BaseForm) -> None:
        if form.is_bound:
            found.append(form)
            form.files = MultiValueDict({name: [kept_open(file)] for name, file in form.files.items()})
        clean(form)

    BaseForm.full_clean = notice  # type: ignore[method-assign]
    try:
        yield found
    finally:
        BaseForm.full_clean = clean  # type: ignore[method-assign]


def answer_of(form: BaseForm, data: dict[str, Any]) -> BaseForm:
    """The same form with this in its fields, read and shown again beside its errors."""
    again = copy(form)
    again.fields = deepcopy(form.fields)
    again._bound_fields_cache = {}
    again.data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in data.items()})
    again.full_clean()
    str(again.errors)
    for name in again.fields:
        if data.get(name) != form.data.get(name):
            str(again[name])
    return again


# Buttons that leave two events: the line is saved, then planned; what a file says, and who has a device of their own.
TWO_THINGS = {"line-plan line", "member-edit member"}


def this_week(where: str, count: int) -> list[str]:
    """What is sent there this week: so many of the values that stand one after another in the list."""
    values = [*NASTY]
    first = crc32(f"{where} {WEEK}".encode()) % len(values)
    return (values * 2)[first : first + count]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1] + 1}")
def doors(request: pytest.FixtureRequest, world_in: Callable[[State], World]) -> list[Any]:
    state, part = request.param
    return this_weeks(forms_of(world_in(state)), of=8)[part :: PARTS[state]]


@pytest.mark.in_turn
def test_whatever_stands_in_a_field_its_form_has_an_answer(doors: list[Any]) -> None:
    broken = []
    for name, client, url, form in doors:
        with read_forms() as forms:
            click(client, "post", url, form)
        for one in {type(one): one for one in forms}.values():
            sent = {field: value for field, value in one.data.items() if field != "csrfmiddlewaretoken"}
            for what, value in NASTY.items():
                for field in one_of_each(one.add_prefix(field) for field in one.fields):
                    try:
                        with written() as wrote:
                            answer_of(one, {**sent, field: value})
                        counted = ("axes_", "members_tries")  # a failed sign-in, a wrong password
                        assert [sql for sql in wrote if not any(one in sql for one in counted)] == []
                    except Exception as problem:
                        broken.append((name, type(one).__name__, field, what, repr(problem)))
    assert broken == []


@pytest.mark.in_turn
def test_whatever_is_sent_there_is_an_answer_and_nothing_is_half_saved(doors: list[Any]) -> None:
    broken = []
    before = saved()
    for name, client, url, form in doors:
        client.raise_request_exception = False
        with read_forms() as forms:
            click(client, "post", url, form)
        judged = {one.add_prefix(field) for one in forms for field in one.fields}
        spoilt = [(what, dict.fromkeys(form, NASTY[what])) for what in this_week(name, 1)]
        for field in one_of_each(form):
            chosen = this_week(f"{name} {field}", 1 if field in judged else 4)  # no form stands between the rest and us
            spoilt += [(what, {**form, field: NASTY[what]}) for what in chosen]
        most = 2 if name in TWO_THINGS else 1
        for what, data in spoilt:
            got = click(client, "post", url, data, then=saved)
            counted, told = (after - was for after, was in zip(got.then, before, strict=True))
            if got.response.status_code >= 500 or counted != told or max(counted.values(), default=0) > most:
                broken.append((name, what, [f for f in data if data[f] == NASTY[what]], got.word, counted, told))
    assert broken == [], f"see it again with CHIBO_WEEK={WEEK}"

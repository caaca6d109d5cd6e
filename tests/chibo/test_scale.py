"""The province to measure on: rows as the actions would have written them, and every page opens on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q

from benchmarks.scale import made_before, pages
from meetings.lifecycle import State
from meetings.models import Attendance, Exchange, Meeting, Minutes, ScoreSheet, Task, TaskState
from members.models import Event, Member, Organisation, Tenure, TenureKind, User
from search.models import Passage

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.in_turn
def test_a_small_province_is_built_and_every_page_of_the_measurement_opens_on_it(
    db: None, client: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chibo.management.commands.seed_scale.know_sizes", lambda: None)  # no VACUUM in a test
    call_command("seed_scale", cells=3, members_per_cell=5, years=1)
    told = capsys.readouterr().out
    assert told.startswith("3/3 chi bộ · 100 % ·")
    assert "chưa có mật khẩu" in told

    assert (Organisation.objects.cells().count(), Member.objects.count()) == (3, 17)  # with the two who follow
    assert Tenure.objects.filter(kind=TenureKind.SUPERIOR).count() == 2
    paths = {one.pk: one for one in Organisation.objects.all()}
    assert all(one.path == f"{paths[one.parent_id].path if one.parent_id else '/'}{one.pk}/" for one in paths.values())

    sealed = Meeting.objects.filter(state=State.SEALED)
    assert sealed.count() > 24
    assert not sealed.filter(Q(minutes__sealed_at=None) | Q(closed_at__lte=F("opened_at"))).exists()
    for minutes in Minutes.objects.exclude(sealed_at=None):
        assert Attendance.objects.of(minutes.meeting).counts() == (minutes.counted, minutes.present)
    events = dict(Event.objects.of_kind(Meeting).values_list("thing_pk").annotate(Count("pk")).order_by())
    assert events == dict(Meeting.objects.values_list("pk", "version"))
    done = Task.objects.filter(state=TaskState.DONE)
    assert done.exists()
    assert not ScoreSheet.objects.filter(settled_at=None).exists()
    assert not Exchange.objects.exclude(meeting__state=State.SEALED).exists()
    assert Passage.objects.exists()

    made = made_before()
    for account, address in pages(made).values():
        client.force_login(User.objects.get(pk=account), backend="members.accounts.Backend")
        assert client.get(address).status_code == 200, address
    added = Organisation.objects.create(name="Chi bộ thật", paper_name="CHI BỘ THẬT")  # keys go on after those given
    assert added.pk > max(paths)

    with pytest.raises(CommandError) as caught:
        call_command("seed_scale", cells=3)
    assert str(caught.value).startswith("Cơ sở dữ liệu đã có đảng viên.")
    with pytest.raises(CommandError, match="Số chi bộ phải từ 1 đến"):
        call_command("seed_scale", cells=0)
    call_command("seed_scale", cells=1, members_per_cell=3, years=1, add=True, without_search=True)
    assert Organisation.objects.cells().count() == 5

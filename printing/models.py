"""A large paper that somebody has asked for: how far it is, and for a day the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q

from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedJSON, EncryptedText
from members.models import User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import datetime

KEPT = timedelta(days=1)
SILENT = timedelta(seconds=15)  # whoever works on it gives a sign of life every second


class State(models.TextChoices):
    """How far it is; a failed one may be asked for again."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang lập"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Chưa lập được"


class Kind(models.TextChoices):
    """By what it is made: MAKERS in printing/making.py."""

    PAPER = "paper", "Văn bản"
    YEAR = "year", "Sổ của năm"


class Why(models.TextChoices):
    """Why nothing came of it."""

    TOO_MUCH = "too_much", "quá lớn"
    CHANGED = "changed", "sổ biên bản không còn nguyên"
    BROKEN = "broken", "máy chủ dừng giữa chừng nhiều lần"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many orders stand where, of everybody together."""

    waiting: int
    running: int
    failed: int
    stuck: int


class OrderQuerySet(CellScoped["Order"]):
    """Each change is one conditional UPDATE: of two that try, one is told False."""

    def asked_by(self, user: User) -> Self:
        """An order is its account's, also of whoever follows from above and belongs to no cell."""
        return self.filter(by=user)

    def light(self) -> Self:
        """Without the file."""
        return self.defer("result")

    def unfinished(self) -> Self:
        return self.filter(state__in=[State.WAITING, State.RUNNING])

    def old(self, now: datetime) -> Self:
        return self.filter(asked_at__lt=now - KEPT)

    def kept(self, key: str, now: datetime) -> Order | None:
        """What was ordered under this key and can still be opened."""
        found = self.filter(key=key, asked_at__gte=now - KEPT).first()
        return None if found is None or getattr(found.asked, "unopened", False) else found

    def standing(self, now: datetime, long: timedelta) -> Standing:
        """How many stand where; `stuck`: nobody works on them and they were asked for so long ago. One query."""
        waiting, running = Q(state=State.WAITING), Q(state=State.RUNNING)
        idle = waiting | (running & Q(beat_at__lt=now - SILENT))
        counts = self.aggregate(
            waiting=Count("pk", filter=waiting),
            running=Count("pk", filter=running),
            failed=Count("pk", filter=Q(state=State.FAILED, ended_at__gt=now - KEPT)),
            stuck=Count("pk", filter=idle & Q(asked_at__lt=now - long)),
        )
        return Standing(**counts)

    def let_go_silent(self, now: datetime) -> int:
        """What a server had begun that is no more, is to be begun again."""
        silent = self.filter(state=State.RUNNING, beat_at__lt=now - SILENT)
        return silent.update(state=State.WAITING, slot=None, runner="")

    def next_key(self) -> int | None:
        return self.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True).first()

    def take(self, pk: int, runner: str, now: datetime) -> bool:
        """Raises IntegrityError while another one is worked on, by any server of this database."""
        waiting = self.filter(pk=pk, state=State.WAITING)
        return bool(
            waiting.update(state=State.RUNNING, slot=1, runner=runner, beat_at=now, tries=F("tries") + 1, laid=0)
        )

    def beat(self, pk: int, runner: str, now: datetime, laid: int, total: int) -> bool:
        """Still at it; False where it was taken away meanwhile."""
        return bool(self.filter(pk=pk, runner=runner).update(beat_at=now, laid=laid, total=total))

    def put_back(self, pk: int, runner: str) -> None:
        """Its server stops in good order: that was no try."""
        rows = self.filter(pk=pk, runner=runner)
        rows.update(state=State.WAITING, slot=None, runner="", tries=F("tries") - 1)

    def done(self, pk: int, runner: str, now: datetime) -> bool:
        rows = self.filter(pk=pk, runner=runner)
        return bool(rows.update(state=State.DONE, slot=None, runner="", ended_at=now, laid=F("total")))

    def end(self, pk: int, runner: str, now: datetime, why: str) -> None:
        rows = self.filter(pk=pk, runner=runner)
        rows.update(state=State.FAILED, why=why, slot=None, runner="", ended_at=now)


class Order(Bound):
    """`key`: of everything that makes its bytes, so that who asks again finds it; whoever fetches it has come through
    the address of the paper and its rights. `asked`: what printing/making.py needs; `result`: the file in base64.
    """

    BOUND_TO = ("by_id", "kind", "key")

    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=64)
    asked = EncryptedJSON(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)
    laid = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    slot = models.PositiveSmallIntegerField(null=True, unique=True)  # one at a time
    runner = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = EncryptedText(default=str)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="ordered_once", fields=["by", "key"]),
            models.CheckConstraint(name="who_runs_has_the_slot", condition=Q(state="running") | Q(slot__isnull=True)),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="order_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)

    def is_idle(self, now: datetime) -> bool:
        """Nobody works on it."""
        silent = self.beat_at is None or self.beat_at < now - SILENT
        return self.state == State.WAITING or (self.state == State.RUNNING and silent)

    @property
    def done_pages(self) -> int:
        """Of `total`, which was reckoned and may be some pages short."""
        return min(self.laid, self.total)

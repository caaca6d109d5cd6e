"""A person's rights over their data (NĐ 356/2025, Điều 5), what they agreed to, what was destroyed in its time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from critique.letters.answerable import Answerable, Delay
from critique.official_forms import days
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from critique.sealing.unopened import paper_in
from documents.model import Document
from members.models import Changing, Member, Organisation, User
from members.scoping import CellScoped
from privacy.lifecycle import Destroying

if TYPE_CHECKING:
    from datetime import date


class Right(models.TextChoices):
    """What somebody may ask for; consent is taken back by a click, without asking anybody."""

    VIEW = "view", "Xem, nhận bản sao dữ liệu về tôi"
    CORRECT = "correct", "Sửa dữ liệu chưa đúng"
    END = "end", "Xoá hoặc hạn chế việc dùng dữ liệu"


CLAUSE = "356/2025/NĐ-CP, Điều 5"
ACKNOWLEDGE_DAYS = 2  # working days
# Calendar days from the day on which it was made; each may be extended once by as many again. Who asks to delete or to
# restrict has the shorter of two clocks: 15 days to restrict or object, 20 to delete.
DAYS: dict[Right, int] = {Right.VIEW: 10, Right.CORRECT: 10, Right.END: 15}


class Outcome(models.TextChoices):
    DONE = "done", "Đã thực hiện"
    PARTLY = "partly", "Thực hiện một phần"
    REFUSED = "refused", "Không thực hiện"


class DataRequest(Answerable):
    """One request of one person, answered by whoever leads the cell; nobody answers their own."""

    NAMED = "Đề nghị này"
    ANEW = (*Answerable.ANEW, "acknowledged_at")
    SENDER = "member_id"
    PARTIES = ("member", "acknowledged_by__member")
    BOUND_TO = (*Answerable.BOUND_TO, "member_id", "right")
    BOUND_WITH: ClassVar = {"reply": ("replied_by_id", "outcome")}

    member = models.ForeignKey(Member, models.PROTECT, related_name="data_requests", verbose_name="người đề nghị")
    right = models.CharField("đề nghị", max_length=8, choices=Right.choices)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome.choices, blank=True)

    def __str__(self) -> str:
        return f"{self.get_right_display()} (số {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("data-request", args=[self.pk])

    @property
    def acknowledge_by(self) -> date:
        return days.after(self.sent_on, ACKNOWLEDGE_DAYS, self.off)

    @property
    def first_due(self) -> date:
        return self.sent_on + timedelta(days=DAYS[Right(self.right)])


class DataRequestDelay(Delay):
    row = models.ForeignKey(DataRequest, models.PROTECT, related_name="delays")


class Purpose(models.TextChoices):
    """What the notice asks for beside having been read: each optional, each for itself."""

    READ = "read", "Đã đọc thông báo"
    EMAIL = "email", "Nhắc lịch và gửi thông báo họp qua e-mail"
    BROWSER = "browser", "Tự viết bản kiểm điểm trên máy"


OPTIONAL = (Purpose.EMAIL, Purpose.BROWSER)


class Consent(models.Model):
    """Append-only, kept so by the database: who agreed to what under which notice, or took it back, and when."""

    APPEND_ONLY = True

    member = models.ForeignKey(Member, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    given = models.BooleanField()
    notice = models.CharField(max_length=12)  # version of privacy.data_notice
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CellScoped["Consent"].as_manager()

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'đồng ý' if self.given else 'không đồng ý'}"


class DestructionQuerySet(CellScoped["Destruction"]):
    def with_people(self) -> Self:
        return self.select_related("cell", "proposed_by__member", "ended_by__member")


class Destruction(Bound, Changing):
    """Texts whose time is over: proposed by one person, carried out by another; then only this record is left."""

    NAMED = "Đề nghị huỷ này"
    BOUND_TO = ("cell_id", "mark", "proposed_by_id", "document")
    BOUND_WITH: ClassVar = {"record": ("ended_by_id",)}

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="destructions")
    mark = models.UUIDField(default=uuid4, unique=True)
    state = models.CharField(max_length=10, choices=Destroying.choices, default=Destroying.PROPOSED)
    why = EncryptedText("lý do", default=str)
    document = models.CharField(max_length=200)  # what fixed the time, as it stood when this was proposed
    kept = models.PositiveSmallIntegerField()  # how many years, or latest self-reviews of each person, stay
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    record = EncryptedText(default=str)  # canonical JSON of the paper: names, years, who and when, no word of theirs

    objects = DestructionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="destruction_state_is_known", condition=Q(state__in=Destroying.values)),
            models.CheckConstraint(
                name="destroyed_by_two", condition=~Q(state=Destroying.DONE) | ~Q(ended_by=F("proposed_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"Đề nghị huỷ số {self.pk}"

    @property
    def paper(self) -> Document:
        """The record of a destruction that was carried out."""
        return paper_in(self.record, str(self), timezone.localdate(self.ended_at))

    def get_absolute_url(self) -> str:
        return reverse("destruction", args=[self.pk])


class Destroyed(models.Model):
    """One row of a destruction: of a model that is declared to end."""

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="items")
    thing = models.CharField(max_length=20)  # the name of its model
    thing_pk = models.BigIntegerField()

    objects = CellScoped["Destroyed"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="destroyed_once", fields=["destruction", "thing", "thing_pk"])
        ]

    def __str__(self) -> str:
        return f"{self.destruction_id}: {self.thing} {self.thing_pk}"

    @property
    def cell(self) -> Organisation:
        return self.destruction.cell

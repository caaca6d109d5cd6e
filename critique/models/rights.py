"""A person's rights over their own data: requests with their clocks (NĐ 356/2025, Điều 5), and what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from critique.lifecycle import Answering
from critique.sealing.fields import EncryptedText
from members.models import Changing, Member, Organisation, User
from members.scoping import CellScoped, answering

if TYPE_CHECKING:
    from datetime import date


class Right(models.TextChoices):
    """What somebody may ask for."""

    VIEW = "view", "Xem dữ liệu về tôi"
    COPY = "copy", "Nhận bản sao dữ liệu về tôi"
    CORRECT = "correct", "Sửa dữ liệu chưa đúng"
    WITHDRAW = "withdraw", "Rút lại sự đồng ý"
    RESTRICT = "restrict", "Hạn chế việc dùng dữ liệu"
    OBJECT = "object", "Phản đối việc dùng dữ liệu"
    DELETE = "delete", "Xoá dữ liệu"


class Outcome(models.TextChoices):
    DONE = "done", "Đã thực hiện"
    PARTLY = "partly", "Thực hiện một phần"
    REFUSED = "refused", "Không thực hiện"


class DataRequest(Changing):
    """One request of one person, answered by whoever leads the cell; nobody answers their own."""

    NAMED = "Đề nghị này"
    ANEW = ("acknowledge_by", "acknowledged_at", "due_on", "extended_at", "reply", "replied_at")
    BOUND_TO = ("cell_id", "mark")

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="data_requests")
    mark = models.UUIDField(default=uuid4, unique=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="data_requests", verbose_name="người đề nghị")
    right = models.CharField("đề nghị", max_length=8, choices=Right.choices)
    words = EncryptedText("nội dung", default=str)
    made_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acknowledge_by = models.DateField()  # counted in working days
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    extension = EncryptedText("lý do gia hạn", default=str)
    state = models.CharField(max_length=10, choices=Answering.choices, default=Answering.WAITING)
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome.choices, blank=True)
    reply = EncryptedText("trả lời", default=str)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CellScoped["DataRequest"].as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(name="data_request_of_cell", fields=["cell", "state"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="data_request_state_is_known", condition=Q(state__in=Answering.values)),
            models.CheckConstraint(
                name="data_request_answered_by_somebody",
                condition=Q(state=Answering.ANSWERED, replied_at__isnull=False, replied_by__isnull=False)
                | (~Q(state=Answering.ANSWERED) & Q(replied_at__isnull=True, replied_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()} (số {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("data-request", args=[self.pk])

    @property
    def followers(self) -> set[int]:
        return answering(self)

    def is_late(self, today: date) -> bool:
        return self.state == Answering.WAITING and self.due_on < today


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
    notice = models.CharField(max_length=12)  # version of critique.notice
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CellScoped["Consent"].as_manager()

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'đồng ý' if self.given else 'không đồng ý'}"

"""What coming in leaves in the database: slips, recovery codes, where one is signed in, wrong tries.

Of every code only a hash is kept. members/models.py takes these in; nothing here imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from members.entry.locked import opened, seal
from members.scoping import CellScoped

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Member, Organisation


class Guarded(models.Model):
    """The columns of an account that say how safely it is its owner's; they come with the account's one query."""

    private_until = models.DateTimeField("phần riêng đóng đến", null=True, editable=False)
    news_at = models.DateTimeField("người khác làm gì với tài khoản, lần cuối", null=True, editable=False)
    news_seen_at = models.DateTimeField("chủ tài khoản đã xem", null=True, editable=False)
    second_factor_since = models.DateTimeField("xác nhận hai lớp từ", null=True, editable=False)
    draft_version = models.PositiveIntegerField(default=0, editable=False)  # of the key for words kept on a device

    class Meta:
        abstract = True

    @property
    def is_private_open(self) -> bool:
        """IS THIS ACCOUNT'S PRIVATE PART OPEN? Asked by members/policy.py and by what lists everything at once."""
        return self.private_until is None or self.private_until <= timezone.now()

    @property
    def has_news(self) -> bool:
        """Somebody else has done something to this account that its owner has not said to have seen."""
        return self.news_at is not None and (self.news_seen_at is None or self.news_seen_at < self.news_at)


class SlipQuerySet(CellScoped["SignInSlip"]):
    def waiting(self, at: datetime) -> Self:
        """Asks for a second person, and can still be used."""
        return self.filter(asked_at__isnull=False, confirmed_at__isnull=True, used_at__isnull=True, expires_at__gt=at)

    def unused(self, at: datetime) -> Self:
        return self.filter(used_at__isnull=True, expires_at__gt=at)

    def with_people(self) -> Self:
        return self.select_related("user__member__organisation", "issued_by__member")


class SignInSlip(models.Model):
    """A printed one-time code that lets its owner set a password: issued, where it asks for it confirmed, used."""

    user = models.ForeignKey("members.User", models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey("members.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # for a second person, because the account had been used
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("members.User", models.PROTECT, null=True, related_name="+")
    drops_factor = models.BooleanField(default=False)  # the owner has lost what gives the second factor
    used_at = models.DateTimeField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="slip_confirmed_by_somebody_else",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=models.F("issued_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Phiếu đăng nhập của {self.user}"

    @property
    def cell(self) -> Organisation:
        return self.owner.organisation

    @property
    def owner(self) -> Member:
        """Slips are of members: the server's administrator has none."""
        return cast("Member", self.user.member)

    def is_waiting(self, at: datetime) -> bool:
        return self.asked_at is not None and not self.confirmed_at and not self.used_at and self.expires_at > at


class RecoveryCode(models.Model):
    """One of the printed codes that only the owner has: opens the private part, confirms a slip, replaces the phone."""

    user = models.ForeignKey("members.User", models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = CellScoped["RecoveryCode"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="recovery_code_once", fields=["user", "code_hash"])]

    def __str__(self) -> str:
        return f"Mã dự phòng {self.pk}"


class Phone(TOTPDevice):
    """The phone that shows the codes. The algorithm and the row are django-otp's; its `key` lies there sealed."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        return opened(self.key, self.user_id)

    def remember(self, secret: bytes) -> None:
        self.key = seal(secret, self.user_id)


class Visit(models.Model):
    """Where an account has come in: its session, in words what with, and the place as a hash that nobody reads back."""

    user = models.ForeignKey("members.User", models.CASCADE, related_name="visits")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    device = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=64, blank=True)

    objects = CellScoped["Visit"].as_manager()

    class Meta:
        ordering: ClassVar = ["-began_at", "-pk"]

    def __str__(self) -> str:
        return f"Lần đăng nhập {self.pk}"


class Tries(models.Model):
    """How often something was tried in vain; `key` is a hash that leads back to no name and no address."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} lần"

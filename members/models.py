"""Organisations, members, their dated tenures, accounts, and the numbers given to papers."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.bodies.models import Closable, InOrder, Running
from members.entry.models import Guarded, Phone, RecoveryCode, SignInSlip, Tries, Visit
from members.names import Titled, given_name, is_found
from members.posts.models import ByDocument
from members.roles import LEADERS, ON_COMMITTEE
from members.scoping import CellScoped, OfOrganisation

__all__ = ["Phone", "RecoveryCode", "SignInSlip", "Tries", "Visit"]  # what coming in leaves, in members/entry/models.py

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.press import Press


class Changing(models.Model):
    """What changes only through members.changes: each change counts `version` up and leaves an event.

    `NAMED` begins the sentence that refuses; `ANEW` names the columns that are read again once the row is held.
    """

    NAMED: ClassVar[str] = "Việc này"
    ANEW: ClassVar[tuple[str, ...]] = ()
    last_number = 0  # of its events, once they were looked at while the row is held (members/changes.py)
    last_moment: datetime | None = None
    done_lately: int | None = None  # what was counted of them then, where it was asked for

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def events(self) -> EventQuerySet:
        return Event.objects.of(self)

    @property
    def next_version(self) -> int:
        """Of a row that is held: what its next event will make, also in a table that was put up again."""
        return max(self.version, self.last_number) + 1


class OrganisationKind(models.TextChoices):
    COMMITTEE = "committee", "Cấp uỷ"
    CELL = "cell", "Chi bộ"


class OrganisationQuerySet(CellScoped["Organisation"], Running, InOrder):
    def cells(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.CELL)

    def committees(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.COMMITTEE)

    def followed(self, own: list[int], asked: str = "") -> list[Titled]:
        """Cells other than the account's own, in Vietnamese order, by a part of the name however it is typed."""
        found = self.cells().exclude(pk__in=own).titled()
        return [cell for cell in found if is_found(asked, cell.name)] if asked else found

    def below(self, organisation: Organisation) -> OrganisationQuerySet:
        return self.filter(path__startswith=organisation.path).exclude(pk=organisation.pk)


class Organisation(Closable, Changing):
    """One body in the tree of any depth; cells are leaves that hold meetings."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="cấp trên trực tiếp"
    )
    kind = models.CharField("loại", max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.CELL)
    name = models.CharField("tên gọi", max_length=120)
    paper_name = models.CharField(
        "tên trên văn bản", max_length=160, help_text="Viết hoa như trên giấy, ví dụ CHI BỘ VĂN PHÒNG."
    )
    superior_line = models.CharField(
        "dòng cấp trên trên văn bản", max_length=200, blank=True, help_text="Ví dụ ĐẢNG BỘ PHƯỜNG …"
    )
    place_name = models.CharField("địa danh", max_length=80, blank=True)
    symbol = models.CharField("ký hiệu trên văn bản", max_length=20, default="CB")
    term_started_on = models.DateField(
        "nhiệm kỳ bắt đầu từ", null=True, blank=True, help_text="Số văn bản chạy lại từ 01 theo nhiệm kỳ."
    )
    number_minutes = models.BooleanField("đánh số biên bản", default=True)
    path = models.CharField(max_length=400, blank=True, db_index=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        ordering: ClassVar = ["path", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(name="organisation_is_not_its_own_parent", condition=~Q(parent=F("pk"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cell(self) -> Organisation:
        return self

    @property
    def line(self) -> list[int]:
        """The keys of the organisations above it, from the top, and its own; its path lists them."""
        return [int(key) for key in self.path.split("/") if key]

    @property
    def above_ids(self) -> list[int]:
        return [key for key in self.line if key != self.pk]


class Member(Changing):
    """One person; the organisation is the one that keeps this person's file."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members", verbose_name="nơi giữ hồ sơ")
    full_name = models.CharField("họ và tên", max_length=80)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    admitted_on = models.DateField("ngày kết nạp", null=True, blank=True)
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    has_device = models.BooleanField(
        "dùng máy riêng", default=True, help_text="Bỏ chọn nếu đồng chí cần bản in và người nhập thay."
    )
    told_by = models.CharField(
        "dấu phân biệt khi trùng tên", max_length=20, blank=True, help_text="Ví dụ A, tổ 2. Để trống thì ghi năm sinh."
    )
    apart = models.CharField("đứng sau tên", max_length=40, blank=True, editable=False)  # "" where nobody shares it

    objects = OfOrganisation["Member"].as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"

    def __str__(self) -> str:
        """As this person is chosen, listed and printed: namesakes of one cell are told apart."""
        return f"{self.full_name} ({self.apart})" if self.apart else self.full_name

    @property
    def cell(self) -> Organisation:
        return self.organisation

    @property
    def given_name(self) -> str:
        return given_name(self.full_name)

    @property
    def has_account(self) -> bool:
        account = getattr(self, "account", None)
        return account is not None and account.is_active and account.has_usable_password()


class TenureKind(models.TextChoices):
    """What somebody is in an organisation. The first eight exclude each other; the rest are posts."""

    FULL = "full", "Đảng viên chính thức"
    PROBATIONARY = "probationary", "Đảng viên dự bị"
    EXEMPT = "exempt", "Được miễn công tác và sinh hoạt"
    SPECIAL_DUTY = "special_duty", "Lực lượng vũ trang, đang làm nhiệm vụ đặc thù"  # full members
    TEMPORARY_IN = "temporary_in", "Sinh hoạt tạm thời đến"
    TEMPORARY_OUT = "temporary_out", "Sinh hoạt tạm thời đi nơi khác"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt"
    LEFT = "left", "Đã chuyển đi hoặc ra khỏi chi bộ"
    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó bí thư"
    COMMITTEE_MEMBER = "committee_member", "Chi uỷ viên"
    SUPERIOR = "superior", "Cấp uỷ viên cấp trên theo dõi"


STANDINGS = (
    TenureKind.FULL,
    TenureKind.PROBATIONARY,
    TenureKind.EXEMPT,
    TenureKind.SPECIAL_DUTY,
    TenureKind.TEMPORARY_IN,
    TenureKind.TEMPORARY_OUT,
    TenureKind.SUSPENDED,
    TenureKind.LEFT,
)
POSTS = (*(TenureKind(role) for role in ON_COMMITTEE), TenureKind.SUPERIOR)
BARRED = (TenureKind.SUSPENDED, TenureKind.LEFT)  # from the cell, whatever post is still open
# Who takes part in the life of the cell: the exempt and those on special duty may still come, the suspended and
# those away do not.
TAKING_PART = (
    TenureKind.FULL,
    TenureKind.PROBATIONARY,
    TenureKind.EXEMPT,
    TenureKind.SPECIAL_DUTY,
    TenureKind.TEMPORARY_IN,
)


class TenureQuerySet(OfOrganisation["Tenure"]):
    def on(self, day: date) -> TenureQuerySet:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def standings(self) -> TenureQuerySet:
        return self.filter(kind__in=STANDINGS)

    def posts(self) -> TenureQuerySet:
        return self.filter(kind__in=POSTS)


class Tenure(ByDocument):
    """From when until when a member has a standing or a post in an organisation; both days count."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="tenures", verbose_name="đảng viên")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tenures", verbose_name="tổ chức")
    kind = models.CharField("tư cách, chức vụ", max_length=20, choices=TenureKind.choices)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = "tư cách, chức vụ"
        verbose_name_plural = "tư cách, chức vụ"
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tenure_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(name="tenure_starts_once", fields=["member", "organisation", "kind", "starts_on"]),
        ]
        indexes: ClassVar = [models.Index(name="tenure_by_kind", fields=["kind", "organisation"])]  # meetings/needs.py

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {self.starts_on:%d/%m/%Y}"

    @property
    def cell(self) -> Organisation:
        return self.organisation

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class User(Guarded, AbstractUser):
    """An account. Without a member it is the server's administrator, who sees no content."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, blank=True, related_name="account", verbose_name="đảng viên"
    )

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Kept and compared in small letters: a phone that writes the first letter large still signs in."""
        return super().normalize_username(username).strip().lower()

    def get_full_name(self) -> str:
        return str(self.member) if self.member else self.username

    @cached_property
    def tenures(self) -> list[Tenure]:
        """Today's tenures with their organisations: every answer about rights comes from this one list."""
        if self.member_id is None:
            return []
        rows = Tenure.objects.on(timezone.localdate()).filter(member_id=self.member_id)
        return list(rows.with_organisation())

    @cached_property
    def cell_ids(self) -> list[int]:
        """Cells whose papers this account may ask for."""
        inside = {*TAKING_PART, *ON_COMMITTEE}
        barred = {t.organisation_id for t in self.tenures if t.kind in BARRED}
        return sorted({t.organisation_id for t in self.tenures if t.kind in inside} - barred)

    def cells_with(self, kinds: Collection[str]) -> set[int]:
        """Own cells in which this account has one of these standings or posts today."""
        return {t.organisation_id for t in self.tenures if t.kind in kinds and t.organisation_id in self.cell_ids}

    @cached_property
    def part_cells(self) -> set[int]:
        return self.cells_with(TAKING_PART)

    @cached_property
    def led_cells(self) -> set[int]:
        return self.cells_with(LEADERS)

    @cached_property
    def committee_cells(self) -> set[int]:
        return self.cells_with(ON_COMMITTEE)

    @property
    def above_ids(self) -> set[int]:
        """Every body above one of the account's own cells."""
        own = self.cell_ids
        return {pk for t in self.tenures if t.organisation_id in own for pk in t.organisation.above_ids}

    @property
    def superior_paths(self) -> list[str]:
        return [t.organisation.path for t in self.tenures if t.kind == TenureKind.SUPERIOR]


class PaperNumberQuerySet(CellScoped["PaperNumber"]):
    def of_term(self, cell: Organisation, term: date) -> Self:
        return self.filter(cell=cell, term_started_on=term)


class PaperNumber(models.Model):
    """Numbers run from 01 per kind of paper for one term of the cell; `entered_by`: of one that was written outside."""

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="paper_numbers")
    kind = models.CharField(max_length=4)
    term_started_on = models.DateField()
    number = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    subject = models.CharField("trích yếu", max_length=300, blank=True)
    dated = models.DateField("ngày văn bản", null=True)
    entered_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")

    objects = PaperNumberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_number_per_kind_and_term", fields=["cell", "kind", "term_started_on", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}-{self.kind}"


class EventQuerySet(CellScoped["Event"]):
    def of(self, row: Changing) -> Self:
        return self.filter(thing=row._meta.model_name, thing_pk=row.pk)

    def from_press(self, press: Press) -> Self:
        """What this press of a button has done already."""
        return self.filter(key=press.key, digest=press.digest)

    def done_by(self, user: User) -> Self:
        return self.filter(actor=user)

    def done_to(self, member: int | None, what: Collection[str], since: datetime | None) -> Self:
        """What of this was done to a member's file or account, after that moment."""
        rows = self.filter(thing="member", thing_pk=member, what__in=what)
        return rows if since is None else rows.filter(happened_at__gt=since)

    def told_to_leaders(self, cells: Collection[int], what: Collection[str], since: datetime) -> Self:
        """What of this was done to members of these cells after that moment."""
        return self.filter(thing="member", cell__in=cells, what__in=what, happened_at__gt=since)

    def of_kind(self, model: type[Changing]) -> Self:
        return self.filter(thing=model._meta.model_name)


class Event(models.Model):
    """Append-only, kept so by the database: what was done to which row, by whom, when. For security and audit.

    `number` is the version that it made, `key` and `digest` the press that it came from (members.press). It points at
    its row by name and number, so that nothing that happens to the row happens to it.
    """

    APPEND_ONLY = True

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    thing = models.CharField(max_length=20)
    thing_pk = models.BigIntegerField()
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=40)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    key = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["thing", "thing_pk", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="event_number_once", fields=["thing", "thing_pk", "number"]),
            models.UniqueConstraint(name="event_key_once", fields=["thing", "thing_pk", "key"]),
        ]
        indexes: ClassVar = [models.Index(name="event_of_cell_in_time", fields=["cell", "happened_at"])]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_pk}: {self.number} {self.what}"

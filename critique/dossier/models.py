"""What the committee says of a paper in somebody's dossier that the program does not hold itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from critique.cycle.models import Participant
from critique.sealing.bound import Bound
from critique.sealing.fields import EncryptedText
from members.models import Organisation, User
from members.scoping import CellScoped


class Filed(models.TextChoices):
    PAPER = "paper", "Đã có bản giấy"
    ASKED = "asked", "Đã đề nghị, đang chờ"
    NONE = "none", "Không phát sinh"
    EXEMPT = "exempt", "Thuộc diện không phải có"


class DossierQuerySet(CellScoped["DossierEntry"]):
    def under(self, item: int) -> DossierEntry | None:
        return self.filter(item=item).first()


class DossierEntry(Bound):
    """One of the nine items of one person's dossier, as the committee has found it on its shelf."""

    BOUND_TO = ("participant_id", "item", "participant.member_id", "state", "entered_by_id", "rev")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="dossier")
    item = models.PositiveSmallIntegerField()  # critique.dossier.ITEMS
    state = models.CharField(max_length=6, choices=Filed.choices)
    sent_on = models.DateField("ngày đề nghị", null=True)
    received_on = models.DateField("ngày nhận", null=True)
    note = EncryptedText("ghi chú", default=str)
    rev = models.PositiveIntegerField(default=0)  # how often it was said
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["item"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="dossier_item_once", fields=["participant", "item"]),
            models.CheckConstraint(name="dossier_state_is_known", condition=Q(state__in=Filed.values)),
            models.CheckConstraint(name="dossier_item_is_one_of_nine", condition=Q(item__gte=1) & Q(item__lte=9)),
        ]

    def __str__(self) -> str:
        return f"Mục {self.item}: {self.get_state_display()}"

    @property
    def cell(self) -> Organisation:
        return self.participant.cell

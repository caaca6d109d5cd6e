"""A short news text about a meeting, edited by a person, with its photographs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting, OfMeeting, OfMeetingQuerySet
from members.models import Organisation, User
from members.saving.models import SavesItself
from members.scoping import CellScoped

MOST_PHOTOS = 2
TO_BE_WRITTEN = "[…]"  # stands in the proposal where somebody has to write


class News(SavesItself, OfMeeting):
    """Proposed from the record when it is begun; nothing of it leaves before somebody has edited it."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="news")
    headline = models.TextField("đầu đề", blank=True)
    text = models.TextField("nội dung tin", blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = OfMeetingQuerySet["News"].as_manager()

    def __str__(self) -> str:
        return f"Tin bài: {self.headline}"

    @property
    def is_edited(self) -> bool:
        """By a person, to the end: it can be printed and copied."""
        words = f"{self.headline}\n{self.text}"
        return self.rev > 0 and TO_BE_WRITTEN not in words and all(one.strip() for one in (self.headline, self.text))


class PhotoQuerySet(CellScoped["NewsPhoto"]):
    def with_meeting(self) -> PhotoQuerySet:
        return self.select_related("news__meeting__cell", "news__meeting__paper")

    def without_pixels(self) -> PhotoQuerySet:
        return self.defer("jpeg")


class NewsPhoto(models.Model):
    """Of the meeting itself, written anew without place, camera or hour. `agreed_*`: who has ticked that all agree."""

    news = models.ForeignKey(News, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    jpeg = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField("chú thích", max_length=200)
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_photo_in_a_place", fields=["news", "position"]),
            models.CheckConstraint(
                name="a_news_text_has_two_photos", condition=Q(position__gte=1, position__lte=MOST_PHOTOS)
            ),
        ]

    def __str__(self) -> str:
        return f"Ảnh {self.position}: {self.caption}"

    @property
    def cell(self) -> Organisation:
        return self.news.meeting.cell

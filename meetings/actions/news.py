"""A news text about a meeting: begun from the record, photographs taken in and out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.facts import Evening
from meetings.lifecycle import OVER
from meetings.models import Kind, Meeting
from meetings.models.news import MOST_PHOTOS, News, NewsPhoto
from meetings.papers.news import proposed
from meetings.photos import reencode
from members.access import require
from members.changes import claim
from members.refusal import Refused
from members.secrecy import mark_in, mark_in_name

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from members.models import User
    from members.press import Press

NO_NEWS_OF = (Kind.CONFERENCE, Kind.COMMITTEE)  # people are considered there; the committee's own are not public


@transaction.atomic
def begin(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> News:
    """With the words that the record proposes, to be edited; once for each meeting."""
    require(by, "news.write", meeting)
    claim(meeting, OVER, "begin_news", by=by, at=at, key=key)
    if meeting.kind in NO_NEWS_OF:
        raise Refused("Không viết tin về hội nghị kiểm điểm, buổi họp chi uỷ.")
    if News.objects.filter(meeting=meeting).exists():
        raise Refused("Buổi họp này đã có tin bài.")
    made: News = News.objects.create(meeting=meeting, begun_by=by, begun_at=at, **proposed(Evening.of(meeting)))
    return made


def add_photo(
    news: News, *, file: UploadedFile, caption: str, agreed: bool, by: User, at: datetime, key: Press | None = None
) -> NewsPhoto:
    """One of at most two, of the meeting, once it is ticked that everybody in it agrees."""
    require(by, "news.write", news)
    if not agreed:
        raise Refused("Chỉ đưa ảnh lên khi những người trong ảnh đồng ý.", field="agreed")
    if mark_in(caption) or mark_in_name(file.name or ""):
        raise Refused("Có dấu chỉ độ mật. Không đưa tài liệu bí mật nhà nước lên máy nối mạng.", field="file")
    photo = reencode(file)  # before anything is held: a large one takes its time
    with transaction.atomic():
        claim(news.meeting, OVER, "add_photo", by=by, at=at, key=key)
        taken = set(news.photos.values_list("position", flat=True))
        free = next((number for number in range(1, MOST_PHOTOS + 1) if number not in taken), None)
        if free is None:
            raise Refused(f"Tin bài có nhiều nhất {MOST_PHOTOS} ảnh.", field="file")
        kept = {"jpeg": photo.jpeg, "width": photo.width, "height": photo.height}
        made: NewsPhoto = NewsPhoto.objects.create(
            news=news, position=free, caption=caption.strip(), agreed_by=by, agreed_at=at, **kept
        )
        return made


@transaction.atomic
def remove_photo(photo: NewsPhoto, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Its pixels are gone at once: whoever is in it may change their mind."""
    require(by, "news.write", photo)
    claim(photo.news.meeting, OVER, "remove_photo", by=by, at=at, key=key, position=photo.position)
    photo.delete()

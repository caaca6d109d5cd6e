"""The news text about a meeting: written from the record, with its photographs, printed once somebody has edited it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.http import paper_response
from meetings.actions import news as actions
from meetings.forms import PhotoForm
from meetings.lifecycle import OVER
from meetings.models import News, NewsPhoto
from meetings.models.news import MOST_PHOTOS
from meetings.papers.news import build_news
from meetings.views.shared import act, done_before, load_meeting
from members.access import load
from members.forming import run

if TYPE_CHECKING:
    from meetings.models import Meeting
    from members.access import MemberRequest


def _meeting(request: MemberRequest, pk: int) -> Meeting:
    meeting = load_meeting(request, pk, "news.write")
    if meeting.state not in OVER or meeting.kind in actions.NO_NEWS_OF:
        raise Http404
    return meeting


def _page(request: MemberRequest, meeting: Meeting, form: PhotoForm | None = None) -> HttpResponse:
    row = News.objects.of(meeting).first()
    photos = list(row.photos.without_pixels()) if row else []
    context = {
        "meeting": meeting,
        "news": row,
        "photos": photos,
        "form": form or PhotoForm(),
        "room": len(photos) < MOST_PHOTOS,
        "most": MOST_PHOTOS,
    }
    return render(request, "meetings/news.html", context, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
def news(request: MemberRequest, pk: int) -> HttpResponse:
    """POST begins it with the words that the record proposes."""
    meeting = _meeting(request, pk)
    if request.method == "POST":
        act(request, meeting, actions.begin, meeting, said="Đã soạn sẵn từ biên bản. Xin đọc và sửa lại.")
        return redirect("news", pk)
    return _page(request, meeting)


@require_GET
def news_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """What nobody has edited yet is no paper."""
    row = News.objects.of(_meeting(request, pk)).first()
    if row is None or not row.is_edited:
        raise Http404
    return paper_response(request, build_news(row, row.photos.all()))


@require_POST
def photo_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Refused beside the field with the reason."""
    meeting = _meeting(request, pk)
    row = News.objects.of(meeting).first()
    if row is None:
        raise Http404
    form = PhotoForm(request.POST, request.FILES)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.add_photo, row, **who, **form.cleaned_data):
        return redirect("news", pk)
    return _page(request, meeting, form)


def _photo(request: MemberRequest, pk: int) -> NewsPhoto:
    found: NewsPhoto = load(request, NewsPhoto.objects.with_meeting(), "news.write", pk=pk)
    return found


@require_GET
def photo(request: MemberRequest, pk: int) -> HttpResponse:
    """Our own bytes; kept by no browser, for it may be taken out."""
    row = _photo(request, pk)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(row.jpeg), content_type="image/jpeg", headers=headers)


@require_POST
def photo_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Its pixels are gone at once."""
    if (changed := done_before(request)) is not None:
        return redirect("news", changed.pk)
    row = _photo(request, pk)
    meeting = row.news.meeting
    act(request, meeting, actions.remove_photo, row, said="Đã gỡ ảnh.")
    return redirect("news", meeting.pk)

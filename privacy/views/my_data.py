"""What is kept about me: a page, a paper and a file, for the person alone, also after they have left the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from documents.http import form_of, paper_response
from members.entry.views.again import password_again
from members.private import private
from privacy.actions.exporting import data_exported
from privacy.my_data import Chapter, as_data, as_paper, kept_about

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Member


def myself(request: MemberRequest) -> Member:
    """Whoever signed in, and nobody else: no address of these pages names a person."""
    if request.user.member is None:
        raise Http404
    return request.user.member


def _kept(request: MemberRequest) -> list[Chapter]:
    return kept_about(myself(request), shut=not request.user.is_private_open)


@private
@require_GET
def my_data(request: MemberRequest) -> HttpResponse:
    return render(request, "privacy/my_data.html", {"chapters": _kept(request)})


@private
@require_GET
@password_again
def my_data_json(request: MemberRequest) -> HttpResponse:
    me, now = myself(request), timezone.now()
    data_exported(request.user, "json", by=request.user, at=now)
    data = as_data(me, _kept(request), now)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="nhung-gi-luu-ve-toi.json"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@private
@require_GET
@password_again
def my_data_pdf(request: MemberRequest) -> HttpResponse:
    me, now = myself(request), timezone.now()
    data_exported(request.user, form_of(request), by=request.user, at=now)
    return paper_response(request, as_paper(me, _kept(request), now), download=True)

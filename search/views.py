"""The page of the search: what was asked, among what, and the places where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from members.models import Organisation
from members.private import private
from search.asking import Sought
from search.facts import find, years_of
from search.forms import SearchForm

if TYPE_CHECKING:
    from members.access import MemberRequest


@private
@require_GET
def search(request: MemberRequest) -> HttpResponse:
    """What cannot be asked gets a sentence and 422; a filter that nobody offered is passed over."""
    user = request.user
    years = years_of(user, timezone.localdate().year)
    several = bool(user.superior_paths) or len(user.cell_ids) > 1
    form = SearchForm(request.GET, years=years, of_cells=several)
    form.is_valid()  # a filter that nobody offered is left out; the words are read by Sought
    told = form.cleaned_data
    asked = Sought.of(request.GET["q"]) if "q" in request.GET else None
    found = None
    if asked is not None and not asked.refusal:
        name = told.get("chi_bo", "")
        cells = [one.pk for one in Organisation.objects.for_user(user).followed([], name)] if name else None
        among = {"group": told.get("muc", ""), "year": told.get("nam"), "cells": cells}
        found = find(asked, user, **among, page=request.GET.get("page"))
    context = {"form": form, "asked": asked, "found": found, "several": several}
    status = 422 if asked is not None and asked.refusal else 200
    return render(request, "search/search.html", context, status=status)

"""What somebody has sent and the server has not taken: kept on the page that says so, to be sent again or copied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST = 400_000  # characters in all; a page that carries more is no page any more
WORDS = 40  # characters from which on something was written, and not chosen
#: Fields of forms, by the last part of their names: some forms stand under a prefix.
APART = {"csrfmiddlewaretoken", "password", "again", "old", "code", "recovery", "next", "sent", "sent_to"}


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of one form and where they were to go; `files`: names of what a page cannot carry."""

    to: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @classmethod
    def by(cls, request: HttpRequest) -> Sent | None:
        """What this request has brought; None where that is nothing, or too much for a page."""
        if request.method != "POST":
            return None
        fields = tuple((name, text) for name, texts in request.POST.lists() for text in texts if _may_go(name))
        if sum(len(text) for _, text in fields) > LONGEST:
            return None
        files = tuple(str(file.name) for _, several in request.FILES.lists() for file in several)
        return cls(request.get_full_path(), fields, files)

    @classmethod
    def carried(cls, request: HttpRequest) -> Sent | None:
        """What the sign-in page has carried along; None where that is nothing or nonsense."""
        to = request.POST.get("sent_to", "")
        if not is_ours(request, to):
            return None
        try:
            fields = tuple((str(name), str(text)) for name, text in json.loads(request.POST.get("sent", "")))
        except (ValueError, TypeError):
            return None
        return cls(to, tuple((name, text) for name, text in fields if _may_go(name)))

    @property
    def written(self) -> list[str]:
        """Only what people have written, to be shown or copied."""
        return [text for _, text in self.fields if len(text) >= WORDS or "\n" in text]

    @property
    def as_json(self) -> str:
        return json.dumps(self.fields, ensure_ascii=False)


def _may_go(name: str) -> bool:
    return name.rpartition("-")[2] not in APART


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether this is the path of one of our own pages, and nothing else that a browser would follow."""
    host = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return host and address.startswith("/") and not address.startswith("//")


def from_our_page(request: HttpRequest) -> bool:
    """Whether a page of ours has sent this, as the browser itself says: another site cannot say so."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    place = urlsplit(said)
    return (place.scheme, place.netloc) == (request.scheme, request.get_host())


def page_behind(request: HttpRequest) -> str:
    """The page on which the form stands that was sent here; where nobody says, the nearest above this address."""
    place = urlsplit(request.headers.get("Referer") or "")
    page = f"{place.path}?{place.query}" if place.query else place.path
    if from_our_page(request) and page and is_ours(request, page) and place.path != request.path:
        return page
    return above(request.path)


def above(path: str) -> str:
    """/meetings/5/paper/opinions/ -> /meetings/5/paper/, the first address above that is one of ours."""
    parts = path.strip("/").split("/")
    while len(parts) > 1:
        parts.pop()
        higher = f"/{'/'.join(parts)}/"
        if _leads_somewhere(higher):
            return higher
    return resolve_url("home")


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def next_of(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours; otherwise home."""
    wanted: Any = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(request, wanted) else resolve_url("home")

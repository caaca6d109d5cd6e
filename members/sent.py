"""What somebody has sent and the server has not taken: kept on the page that says so, to be sent again or copied."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import PermissionDenied
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST = 400_000  # characters in all; a page that carries more is no page any more
PAGE_OF = "page_of"  # whose page has sent it: every form of ours says so
KEPT = "kept"  # the name under which static/kept.js keeps a form on the device

#: Fields of forms, by the last part of their names: some forms stand under a prefix.
APART = {"csrfmiddlewaretoken", "password", "again", "old", "code", "recovery", "next", "sent", PAGE_OF}


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of one form and where they were to go; `owner`: of the page that has sent it.

    `files`: names of what a page cannot carry.
    """

    to: str
    owner: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @classmethod
    def by(cls, request: HttpRequest) -> Sent | None:
        """What a page of ours has sent here; None where that is nothing, too much for a page, or nobody's."""
        owner = request.POST.get(PAGE_OF, "") if request.method == "POST" else ""
        fields = tuple((name, text) for name, texts in request.POST.lists() for text in texts if _may_go(name))
        if not owner or sum(len(text) for _, text in fields) > LONGEST:
            return None
        files = tuple(str(file.name) for _, several in request.FILES.lists() for file in several)
        sent = cls(request.get_full_path(), owner, fields, files)
        return sent if sent.written else None

    @classmethod
    def carried(cls, request: HttpRequest) -> Sent | None:
        """What the sign-in page has carried along; None where that is nothing or was not sealed here."""
        try:
            to, owner, fields, files = json.loads(_lock().decrypt(request.POST.get("sent", "").encode(), HOURS * 3600))
        except (InvalidToken, ValueError, TypeError):
            return None
        return cls(to, owner, tuple((name, text) for name, text in fields), tuple(files))

    @property
    def sealed(self) -> str:
        """To be carried by a page that anybody may see: only this server opens it."""
        return _lock().encrypt(json.dumps([self.to, self.owner, self.fields, self.files]).encode()).decode()

    def is_of(self, user: Any) -> bool:
        return constant_time_compare(self.owner, owner_of(user))

    @property
    def written(self) -> list[str]:
        """Only what people have written, in words, to be shown or copied."""
        apart = {"key", "made_from", KEPT}
        return [text for name, text in self.fields if name not in apart and len(text.split()) > 1]


HOURS = 12  # a session lasts no longer


def owner_of(user: Any) -> str:
    """Tells one account's pages from another's; says nothing else. Empty for nobody."""
    return salted_hmac("chibo.drafts.owner", str(user.pk)).hexdigest()[:16] if user.pk is not None else ""


def only_own(request: HttpRequest) -> None:
    """Refuses words that were typed on a page of somebody else, who has left this browser since."""
    typed_by = request.headers.get("X-Owner")
    if typed_by and not constant_time_compare(typed_by, owner_of(request.user)):
        raise PermissionDenied


def _lock() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("members.sent", "carried", algorithm="sha256").digest()))


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

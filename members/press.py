"""One press of a button: the key that its page carries, and a mark of what was sent with it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from members.sent import KEPT, PAGE_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

_APART = {"csrfmiddlewaretoken", "key", PAGE_OF, KEPT}


@dataclass(frozen=True, slots=True)
class Press:
    """The same key with the same digest is the same press; with another digest it is something else that was typed."""

    key: UUID
    digest: str = ""

    @classmethod
    @sensitive_variables()
    def of(cls, key: UUID, data: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> Press:
        """The digest is keyed: a vote or a short sentence cannot be guessed from what the database keeps of it."""
        sent = {name: _every(data, name) for name in data if name not in _APART}
        sent |= {name: [_mark(file) for file in _every(files, name)] for name in files or {}}
        text = json.dumps(sent, sort_keys=True, default=str)
        return cls(key, salted_hmac("members.press", text, algorithm="sha256").hexdigest())


def _every(data: Mapping[str, Any] | None, name: str) -> list[Any]:
    if data is None:
        return []
    return list(data.getlist(name)) if hasattr(data, "getlist") else [data[name]]


def _mark(file: UploadedFile) -> str:
    """By what is in it: the name of a file says little, and its bytes need not be kept."""
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return f"{file.size} {found.hexdigest()}"


def key_of(request: HttpRequest) -> Press | None:
    """The key alone, where what was sent with it is a password, of which nothing is kept."""
    press = press_of(request)
    return Press(press.key) if press else None


def press_of(request: HttpRequest) -> Press | None:
    """What the page sent, or None when it sent no key or nonsense."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Press.of(key, request.POST, request.FILES)

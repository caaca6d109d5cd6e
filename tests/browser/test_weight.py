"""What the first pages weigh over the wire, everything included."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Cast

KILOBYTES = 1000
MOST = 100


def weight(client: Client, path: str) -> float:
    """Kilobytes of the page as it is and of each file that it names, compressed as the server sends them at worst."""
    page = client.get(path).content
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    assert names >= {"chibo.css", "chibo.js", "js-lib-bootstrap5/css/bootstrap.min.css"}
    files = [Path(str(finders.find(name))).read_bytes() for name in names]
    return (len(page) + sum(len(gzip.compress(file)) for file in files)) / KILOBYTES


@pytest.mark.django_db
def test_the_sign_in_page_is_light() -> None:
    assert weight(Client(), "/sign-in/") < MOST


def test_the_home_page_of_a_secretary_is_light(cast: Cast, as_user: Callable[..., Client]) -> None:
    assert weight(as_user(cast.lan), "/") < MOST


def test_the_desk_is_light(cast: Cast, opened: object, as_user: Callable[..., Client]) -> None:
    """A phone at the back of the hall may be opened on it for the first time that evening."""
    item = opened.items.get(step="thematic_discussion")
    assert weight(as_user(cast.lan), f"/items/{item.pk}/desk/") < MOST

"""The links of the book: for each cell one chain, only ever added to."""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from book.kinds import KINDS, sha256
from members.models import Organisation
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Collection

DOMAIN = "chibo/book/1"
FIRST = "0" * 64  # what stands before the first link


class LinkQuerySet(CellScoped["Link"]):
    def head_of(self, cell: Organisation) -> Link | None:
        return self.filter(cell=cell).order_by("-number").first()

    def of_kinds(self, cell: Organisation, kinds: Collection[str]) -> LinkQuerySet:
        """In the order of the book."""
        return self.filter(cell=cell, kind__in=kinds).order_by("number")

    def coded(self, cell: Organisation, start: str) -> Link | None:
        """Whose hash begins so; `start` has 80 bits, which no two links share by chance."""
        return self.filter(cell=cell, hash__startswith=start).first()


class Link(models.Model):
    """Append-only, kept so by the database: that something was sealed, what its stored bytes were, what came before.

    `digest` is over the row as `book/kinds.py` says for its kind; `taken_over`: the row was sealed before there was a
    book, so that nothing is proved of the time before. It points at its row by kind and key.
    """

    APPEND_ONLY = True

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    thing_pk = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    taken_over = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["cell", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="link_number_once", fields=["cell", "number"]),
            models.UniqueConstraint(name="linked_once", fields=["kind", "thing_pk"]),
        ]

    def __str__(self) -> str:
        return f"Mục {self.number}: {self.label}"

    @property
    def label(self) -> str:
        return KINDS[self.kind].label if self.kind in KINDS else "loại không rõ"

    @property
    def code(self) -> str:
        return code_of(self.hash)

    def computed(self) -> str:
        """Its own hash, from what stands in the row."""
        return link_hash(
            self.cell_id,
            self.number,
            self.kind,
            self.thing_pk,
            self.digest,
            self.previous,
            self.taken_over,
            self.made_at,
        )


def link_hash(
    cell: int, number: int, kind: str, thing: int, digest: str, previous: str, taken_over: bool, made_at: datetime
) -> str:
    moment = made_at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (DOMAIN, cell, number, kind, thing, digest, previous, "taken over" if taken_over else "sealed", moment)
    return sha256("\n".join(map(str, parts)))


def code_of(hash_: str) -> str:
    """The first 80 bits for people: four times four letters and figures, none of which looks like another."""
    letters = b32encode(bytes.fromhex(hash_[:20])).decode()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


_CODE = re.compile(r"(?<!\w)[A-Z0-9](?:[\W_]*[A-Z0-9]){15}(?![A-Z0-9])")


def start_of(code: str) -> str | None:
    """How the hash begins that has this code, however the code was typed; None where it is none.

    What stands behind it is left out: the paper prints "XXXX-XXXX-XXXX-XXXX, mục 20".
    """
    found = _CODE.search(code.upper())
    if found is None:
        return None
    letters = "".join(one for one in found.group() if one.isalnum())
    try:
        return b32decode(letters.replace("0", "O").replace("1", "I").replace("8", "B")).hex()
    except ValueError:
        return None

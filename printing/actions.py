"""Asking for a large paper, giving it up, asking for it again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from documents.model import to_json
from documents.sealed import writer
from documents.turn import Busy
from members.access import require_self
from printing.models import Kind, Order, State

if TYPE_CHECKING:
    from datetime import datetime

    from book.yearly import Volume
    from documents.large import Wanted
    from members.models import User

MOST_WAITING = 3  # of one account


def ask_paper(wanted: Wanted, address: str, *, by: User, at: datetime) -> Order:
    """The same order for the same paper. The right was asked at the paper's own address, and is again when it is opened
    there. Raises Busy.
    """
    document, proof = to_json(wanted.document), wanted.proof
    bears = None if proof is None else {name: getattr(proof, name) for name in type(proof).__slots__}
    key = hashlib.sha256(repr((writer(), document, bears, wanted.form)).encode()).hexdigest()
    asked = {"address": address, "title": wanted.document.title, "name": wanted.document.name, "form": wanted.form}
    return _order(Kind.PAPER, key, asked | {"document": document, "proof": bears}, by=by, at=at)


def ask_year(volume: Volume, name: str, title: str, address: str, *, by: User, at: datetime) -> Order:
    """The same order for the same papers, which are those that `by` may read. Raises Busy."""
    asked = {"address": address, "title": title, "name": name, "form": "pdf"}
    content = {
        "cell": volume.cell.pk,
        "year": volume.year,
        "links": [leaf.link.number for leaf in volume.leaves],
        "head": volume.head.number,
        "others": volume.others,
    }
    return _order(Kind.YEAR, volume.key, asked | content, by=by, at=at)


def _order(kind: Kind, key: str, asked: dict[str, Any], *, by: User, at: datetime) -> Order:
    own = Order.objects.asked_by(by)
    with transaction.atomic():
        own.old(at).delete()
        if (found := own.kept(key, at)) is not None:
            return found
        own.filter(key=key).delete()  # sealed with a key that is gone
        _judge_room(by)
        order, _ = Order.objects.get_or_create(by=by, key=key, defaults={"kind": kind, "asked": asked, "asked_at": at})
        return order


def _judge_room(by: User) -> None:
    if Order.objects.asked_by(by).unfinished().count() >= MOST_WAITING:
        raise Busy


def give_up(order: Order, *, by: User) -> None:
    """Whoever works on it notices within a second."""
    require_self(by, order.by)
    order.delete()


def ask_again(order: Order, *, by: User) -> None:
    """After it has failed. Raises Busy."""
    require_self(by, order.by)
    if order.state == State.FAILED:
        _judge_room(by)
    Order.objects.filter(pk=order.pk, state=State.FAILED).update(state=State.WAITING, why="", tries=0, laid=0)


def forget_old(now: datetime | None = None) -> None:
    """The clock of the server."""
    Order.objects.old(now or timezone.now()).delete()

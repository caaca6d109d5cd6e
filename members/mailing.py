"""Who may be written to, and writing to one person about their own account."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

if TYPE_CHECKING:
    from members.models import User

AGREED: dict[str, Callable[[Iterable[int]], set[int]]] = {}  # name of the app → who of these members has agreed

log = logging.getLogger(__name__)


def who_agreed(members: Iterable[int | None]) -> set[int]:
    """Of these members, by their keys, those who may be written to; as long as no app says so, nobody is."""
    known = {member for member in members if member is not None}
    return {member for agreed in AGREED.values() for member in agreed(known)}


def write_to(user: User, subject: str, body: str) -> None:
    """One mail once what it tells of is in the database; a mail server that is away stops nothing."""
    if not (settings.EMAIL_HOST and user.email and who_agreed([user.member_id])):
        return
    mail = EmailMessage(subject, body, to=[user.email])
    transaction.on_commit(lambda: _send(mail))


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except OSError as away:  # smtplib's errors are OSErrors
        log.warning("A mail about an account was not sent: %s", type(away).__name__)

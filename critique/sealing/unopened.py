"""What stands in the place of a sealed value that does not open: a sentence, never the words, never an error."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from critique.sealing.crypto import Sealed, Unreadable
from documents.model import Document, from_json, para
from members.refusal import Refused

logger = logging.getLogger("chibo.sealing")

SENTENCE = (
    "Đoạn này không mở được: dữ liệu cất giữ đã bị đổi, chuyển chỗ, thay bằng bản cũ hoặc hỏng. "
    "Xin báo người quản trị máy chủ để lấy lại từ bản sao lưu."
)


class Unopened(str):  # noqa: SLOT000
    """Shown where a text would be. Saved again, the column keeps what it holds."""

    unopened = True
    sealed: Sealed


class UnopenedBody(dict[str, Any]):
    """The same in the place of a body of several texts."""

    unopened = True
    sealed: Sealed


def unopened(kind: Any, held: Sealed, row: models.Model, column: str, problem: Unreadable) -> Any:
    """The administrator finds in the log where it is; nothing there says what it is."""
    logger.error("%s %s: %s does not open. %s", row._meta.label, row.pk, column, str(problem).partition(" (")[0])
    shown = kind(SENTENCE) if kind is Unopened else kind()
    shown.sealed = held
    return shown


def texts_in(body: dict[str, Any]) -> list[str]:
    """The texts of a body of several, or the sentence instead of them."""
    return [SENTENCE] if isinstance(body, UnopenedBody) else list(body.values())


def paper_in(text: Any, title: str, day: date) -> Document:
    """The paper that was sealed as JSON, or one that says that it does not open."""
    if getattr(text, "unopened", False):
        return Document("khong-mo-duoc", title, day, (para(SENTENCE),))
    return from_json(text)


def judge_rows(rows: Iterable[Any]) -> None:
    for row in rows:
        judge_whole(*(getattr(row, field.attname) for field in row.sealed_fields()))


def judge_whole(*values: Any) -> None:
    """Of what does not open nothing new is made: no copy, no sealed paper, no opinion."""
    if any(getattr(value, "unopened", False) for value in values):
        raise Refused(SENTENCE)

"""The book app: what the lowest apps seal stands in it; upper apps join their own kinds when they start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

if TYPE_CHECKING:
    from members.models import PaperNumber


def _called(number: PaperNumber) -> str:
    return f"Số văn bản {number}, nhiệm kỳ từ {number.term_started_on:%d/%m/%Y}"


class BookConfig(AppConfig):
    name = "book"
    verbose_name = "Sổ biên bản"

    def ready(self) -> None:
        from book import checks, personal  # noqa: F401  (registers the system check, declares what is held)
        from book.guards import after_migrations, before_migrations
        from book.kinds import Kind, join

        columns = ("cell", "kind", "term_started_on", "number")
        join(Kind("number", "Số văn bản", "members.PaperNumber", columns, about=_called))
        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)

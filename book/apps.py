"""The book app: what the lowest apps seal stands in it; upper apps join their own kinds when they start."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class BookConfig(AppConfig):
    name = "book"
    verbose_name = "Sổ biên bản"

    def ready(self) -> None:
        from book import checks, personal  # noqa: F401  (registers the system check, declares what is held)
        from book.guards import after_migrations, before_migrations
        from book.kinds import Kind, join

        join(Kind("number", "Số văn bản", "members.PaperNumber", ("cell", "kind", "term_started_on", "number")))
        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)

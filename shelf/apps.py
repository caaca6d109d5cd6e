"""The shelf: documents and passages that a cell leans on, each with its exact source."""

from django.apps import AppConfig


class ShelfConfig(AppConfig):
    name = "shelf"
    verbose_name = "Tủ tài liệu"

    def ready(self) -> None:
        from meetings.extension import EXTENSIONS, Extension
        from members.deeds.words import join as join_words
        from search.keeping import join as join_search
        from shelf import deeds, personal  # noqa: F401  (declares what is held)
        from shelf.facts import missing_before, to_read
        from shelf.searched import SEARCHED

        EXTENSIONS[self.name] = Extension(reads=to_read, advises=missing_before)
        join_words(*deeds.THINGS)
        join_search(*SEARCHED)

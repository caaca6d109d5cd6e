"""Work from above: it comes back before each meeting of a cell until the cell has said what became of it."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "errands"
    verbose_name = "Việc cấp trên giao"

    def ready(self) -> None:
        from errands import deeds, personal  # noqa: F401  (declares what is held)
        from errands.facts import before_meeting
        from meetings.extension import EXTENSIONS, Extension
        from members.deeds.words import join as join_words

        EXTENSIONS[self.name] = Extension(brings=before_meeting)
        join_words(*deeds.THINGS)

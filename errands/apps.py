"""Work and topics from above: they come back before meetings or stand in the year, until the cell has answered."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "errands"
    verbose_name = "Việc cấp trên giao"

    def ready(self) -> None:
        from errands import deeds, personal  # noqa: F401  (declares what is held)
        from errands.actions import note_planned
        from errands.facts import before_meeting, topics
        from meetings.extension import EXTENSIONS, Extension
        from members.deeds.words import join as join_words

        EXTENSIONS[self.name] = Extension(brings=before_meeting, asks=topics, planned=note_planned)
        join_words(*deeds.THINGS)

"""Registers the self-criticism of a cell: what it brings before a meeting, keeps of one, and erases in time."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique.actions.note import erase_what_is_over
        from critique.conference import KEEPER
        from critique.register import before_meeting
        from meetings.apart import KEEPERS
        from meetings.business import CHORES, SOURCES

        if before_meeting not in SOURCES:
            SOURCES.append(before_meeting)
        if erase_what_is_over not in CHORES:
            CHORES.append(erase_what_is_over)
        KEEPERS["review"] = KEEPER

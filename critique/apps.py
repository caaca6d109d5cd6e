"""Registers the self-criticism of a cell as an app, what it brings before a meeting and keeps of one."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique.conference import KEEPER
        from critique.register import before_meeting
        from meetings.apart import KEEPERS
        from meetings.business import SOURCES

        if before_meeting not in SOURCES:
            SOURCES.append(before_meeting)
        KEEPERS["review"] = KEEPER

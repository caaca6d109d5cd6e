"""Registers the self-criticism of a cell as an app, and what it brings before a meeting."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique.register import before_meeting
        from meetings.business import SOURCES

        if before_meeting not in SOURCES:
            SOURCES.append(before_meeting)

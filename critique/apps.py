"""Registers the self-criticism of a cell: what it brings before a meeting, keeps and erases."""

from typing import Any

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique import personal  # noqa: F401  (declares what self-criticism holds about people)
        from critique.hearing.actions.note import erase_what_is_over
        from critique.hearing.conference import KEEPER
        from critique.levels.fixed import CAP, VOTE
        from critique.remedies.fixed import RHYTHM
        from critique.remedies.register import before_meeting
        from critique.writing.fixed import RUBRICS
        from meetings import apart, business
        from rulings.subjects import register

        registered: tuple[tuple[list[Any], Any], ...] = (
            (business.SOURCES, before_meeting),
            (business.CHORES, erase_what_is_over),
        )
        for known, mine in registered:
            if mine not in known:
                known.append(mine)
        apart.KEEPERS["review"] = KEEPER
        register(*RUBRICS, RHYTHM, VOTE, CAP)

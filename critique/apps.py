"""Registers the self-criticism of a cell: what it brings before a meeting, keeps, erases, and who may get mail."""

from typing import Any

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique import fixed
        from critique.actions.recount import count_anew
        from critique.consenting import who_agreed_to_mail
        from critique.hearing.actions.note import erase_what_is_over
        from critique.hearing.conference import KEEPER
        from critique.levels.fixed import CAP, VOTE
        from critique.remedies.fixed import RHYTHM
        from critique.remedies.register import before_meeting
        from critique.writing.fixed import RUBRICS
        from meetings import apart, business, consent
        from rulings.actions import ON_DAYS_OFF
        from rulings.subjects import register

        registered: tuple[tuple[list[Any], Any], ...] = (
            (business.SOURCES, before_meeting),
            (business.CHORES, erase_what_is_over),
            (consent.SOURCES, who_agreed_to_mail),
            (ON_DAYS_OFF, count_anew),
        )
        for known, mine in registered:
            if mine not in known:
                known.append(mine)
        apart.KEEPERS["review"] = KEEPER
        register(*RUBRICS, RHYTHM, VOTE, CAP, fixed.RETENTION, fixed.BASIS)

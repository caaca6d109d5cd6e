"""Registers the self-criticism of a cell: its part in meetings, and its texts that save themselves."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from book.kinds import join as join_book
        from critique import deeds, personal  # noqa: F401  (declares what self-criticism holds about people)
        from critique.conference.keeper import KEEPER
        from critique.conference.signed import OUTSIDE
        from critique.cycle.left import unfinished_reviews
        from critique.hearing import saving as hearing
        from critique.hearing.actions.note import erase_what_is_over
        from critique.hearing.in_book import PROCEEDINGS, PROCEEDINGS_COPY
        from critique.levels.fixed import CAP, VOTE
        from critique.levels.in_book import BALLOT
        from critique.remedies import saving as remedies
        from critique.remedies.fixed import RHYTHM
        from critique.remedies.register import before_meeting
        from critique.writing import saving as writing
        from critique.writing.fixed import RUBRICS
        from meetings.actions.signed import KINDS
        from meetings.extension import EXTENSIONS, Extension
        from members.bodies.left import UNFINISHED
        from members.deeds.sources import SOURCES
        from members.deeds.words import join as join_words
        from members.saving.sheet import join
        from rulings.subjects import register

        EXTENSIONS[self.name] = Extension(
            brings=before_meeting,
            chores=(erase_what_is_over,),
            keeps={"conference": KEEPER},
        )
        join(*writing.SHEETS, *hearing.SHEETS, *remedies.SHEETS)
        UNFINISHED[self.name] = unfinished_reviews
        join_words(*deeds.THINGS)
        SOURCES.extend(deeds.SOURCES)
        join_book(PROCEEDINGS, PROCEEDINGS_COPY, BALLOT)
        KINDS[PROCEEDINGS.name] = OUTSIDE
        register(*RUBRICS, RHYTHM, VOTE, CAP)

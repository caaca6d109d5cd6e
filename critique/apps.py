"""Registers the self-criticism of a cell: its part in meetings, and its texts that save themselves."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique import fixed
        from critique.actions.recount import count_anew
        from critique.consenting import who_agreed_to_mail
        from critique.hearing import saving as hearing
        from critique.hearing.actions.note import erase_what_is_over
        from critique.hearing.conference import KEEPER
        from critique.levels.fixed import CAP, VOTE
        from critique.remedies import saving as remedies
        from critique.remedies.fixed import RHYTHM
        from critique.remedies.register import before_meeting
        from critique.writing import saving as writing
        from critique.writing.fixed import RUBRICS
        from meetings.extension import EXTENSIONS, Extension
        from members.saving.sheet import join
        from rulings.actions import ON_DAYS_OFF
        from rulings.subjects import register

        EXTENSIONS[self.name] = Extension(
            brings=before_meeting,
            chores=(erase_what_is_over,),
            agreed=who_agreed_to_mail,
            keeps={"review": KEEPER},
        )
        join(*writing.SHEETS, *hearing.SHEETS, *remedies.SHEETS)
        if count_anew not in ON_DAYS_OFF:
            ON_DAYS_OFF.append(count_anew)
        register(*RUBRICS, RHYTHM, VOTE, CAP, fixed.RETENTION, fixed.BASIS)

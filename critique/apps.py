"""Registers the self-criticism of a cell: its part in meetings, and its texts that save themselves."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique.consenting import who_agreed_to_mail
        from critique.hearing import saving as hearing
        from critique.hearing.actions.note import erase_what_is_over
        from critique.hearing.conference import KEEPER
        from critique.remedies import saving as remedies
        from critique.remedies.register import before_meeting
        from critique.writing import saving as writing
        from meetings.extension import EXTENSIONS, Extension
        from members.saving.sheet import join

        EXTENSIONS[self.name] = Extension(
            brings=before_meeting,
            chores=(erase_what_is_over,),
            agreed=who_agreed_to_mail,
            keeps={"review": KEEPER},
        )
        join(*writing.SHEETS, *hearing.SHEETS, *remedies.SHEETS)

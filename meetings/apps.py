"""The meetings app: registers what is fixed by documents, its texts that save themselves, its chores."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Sinh hoạt chi bộ"

    def ready(self) -> None:
        from django.contrib.sessions.models import Session
        from django.db.models.signals import post_delete

        from book.kinds import join as join_book
        from meetings import deeds, personal, personal_between  # noqa: F401  (declares what meetings hold about people)
        from meetings.actions.following_register import follow_register, hold_rolls
        from meetings.extension import EXTENSIONS, Extension
        from meetings.fixed import register_subjects
        from meetings.in_book import KINDS
        from meetings.left import unfinished_meetings
        from meetings.live import parts  # noqa: F401  (adds the floor and an open vote to the story)
        from meetings.live.hub import HUB
        from meetings.live.watch import tell_the_end
        from meetings.saving import SHEETS
        from meetings.searched import SEARCHED
        from members.bodies.left import UNFINISHED
        from members.changes import TOLD
        from members.deeds.words import join as join_words
        from members.entry.forgetting import forget_old
        from members.register import FOLLOWERS, Follower
        from members.saving.drafts import erase_forgotten
        from members.saving.sheet import join
        from search.keeping import join as join_search
        from search.matching import let_go_of_words

        join(*SHEETS)
        join_words(*deeds.THINGS)
        join_book(*KINDS)
        join_search(*SEARCHED)
        EXTENSIONS[self.name] = Extension(chores=(erase_forgotten, forget_old, let_go_of_words))
        FOLLOWERS[self.name] = Follower(hold=hold_rolls, follow=follow_register)
        UNFINISHED[self.name] = unfinished_meetings
        TOLD["meeting"] = HUB.hear
        post_delete.connect(tell_the_end, sender=Session)
        register_subjects()

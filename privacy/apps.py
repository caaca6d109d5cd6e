"""Registers the protection of people's data: who has agreed to what, and what every app holds about people."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Bảo vệ dữ liệu cá nhân"

    def ready(self) -> None:
        from book.kinds import join
        from meetings.extension import EXTENSIONS, Extension
        from members.deeds.words import join as join_words
        from members.mailing import AGREED
        from privacy import deeds, personal  # noqa: F401  (declares what this app holds about people)
        from privacy.consent import who_agreed_to_mail, who_declined_screen
        from privacy.fixed import BASIS, RETENTION
        from privacy.in_book import DESTRUCTION
        from rulings.subjects import register

        AGREED[self.name] = who_agreed_to_mail
        EXTENSIONS[self.name] = Extension(declined=who_declined_screen)
        join(DESTRUCTION)
        join_words(*deeds.THINGS)
        register(RETENTION, BASIS)

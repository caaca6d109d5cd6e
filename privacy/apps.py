"""Registers the protection of people's data: who has agreed to what, and what every app holds about people."""

from typing import Any

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Bảo vệ dữ liệu cá nhân"

    def ready(self) -> None:
        from meetings import consent
        from privacy import personal  # noqa: F401  (declares what this app holds about people)
        from privacy.consent import who_agreed_to_mail, who_declined_screen
        from privacy.fixed import BASIS, RETENTION
        from rulings.subjects import register

        registered: tuple[tuple[list[Any], Any], ...] = (
            (consent.SOURCES, who_agreed_to_mail),
            (consent.DECLINED, who_declined_screen),
        )
        for known, mine in registered:
            if mine not in known:
                known.append(mine)
        register(RETENTION, BASIS)

"""Registers the self-criticism of a cell as an app, what it brings before a meeting, and who may get mail."""

from django.apps import AppConfig


class CritiqueConfig(AppConfig):
    name = "critique"
    verbose_name = "Tự phê bình và phê bình"

    def ready(self) -> None:
        from critique.consenting import who_agreed_to_mail
        from critique.register import before_meeting
        from meetings import business, consent

        if before_meeting not in business.SOURCES:
            business.SOURCES.append(before_meeting)
        if who_agreed_to_mail not in consent.SOURCES:
            consent.SOURCES.append(who_agreed_to_mail)

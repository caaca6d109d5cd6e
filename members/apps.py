"""The members app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Tổ chức và đảng viên"

    def ready(self) -> None:
        from members import checks, held_checks, personal  # noqa: F401  (registers the system checks, declares what is held)
        from members.deeds import things  # noqa: F401  (the words of the log)

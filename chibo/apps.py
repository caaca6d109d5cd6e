"""Registers the project itself as an app, so that its checks and commands are found."""

from django.apps import AppConfig


class ChiboConfig(AppConfig):
    name = "chibo"
    verbose_name = "Chi bộ"

    def ready(self) -> None:
        from chibo import checks  # noqa: F401  registering the checks is the point

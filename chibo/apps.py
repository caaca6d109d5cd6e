"""Registers the project itself as an app, so that its checks and commands are found."""

from django.apps import AppConfig, apps
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.models.signals import post_migrate


class ChiboConfig(AppConfig):
    name = "chibo"
    verbose_name = "Chi bộ"
    default = True  # of several in this file; without the word Django takes none of them

    def ready(self) -> None:
        from chibo import checks  # noqa: F401  registering the checks is the point
        from chibo.leaving import travels  # noqa: F401  likewise
        from chibo.roles import after_migrations

        post_migrate.connect(after_migrations, sender=apps.get_app_config("book"))


class CollectedConfig(StaticFilesConfig):
    """Bootstrap travels inside `house.css`: no page asks for its own files, so none is laid out and compressed."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "js-lib-bootstrap5"]

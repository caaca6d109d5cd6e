"""The printing app: what is too large to be written while somebody waits for the page."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "printing"
    verbose_name = "Bản in lớn"

    def ready(self) -> None:
        from meetings.extension import EXTENSIONS, Extension
        from printing import personal  # noqa: F401  (declares what is held)
        from printing.actions import forget_old

        EXTENSIONS[self.name] = Extension(chores=(forget_old,))

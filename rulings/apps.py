"""The rulings app."""

from django.apps import AppConfig


class RulingsConfig(AppConfig):
    name = "rulings"
    verbose_name = "Quy định của cấp uỷ"

    def ready(self) -> None:
        from rulings import personal  # noqa: F401  (declares what rulings hold about people)

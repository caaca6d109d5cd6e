"""The rulings app."""

from django.apps import AppConfig


class RulingsConfig(AppConfig):
    name = "rulings"
    verbose_name = "Quy định của cấp uỷ"

    def ready(self) -> None:
        from members.house import SETTLED
        from rulings import personal  # noqa: F401  (declares what rulings hold about people)
        from rulings.house import SUBJECTS, house_of
        from rulings.subjects import register

        register(*SUBJECTS)
        SETTLED[:] = [house_of]

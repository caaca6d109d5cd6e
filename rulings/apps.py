"""The rulings app."""

from django.apps import AppConfig


class RulingsConfig(AppConfig):
    name = "rulings"
    verbose_name = "Quy định của cấp uỷ"

    def ready(self) -> None:
        from members.house import SETTLED
        from rulings import personal  # noqa: F401  (declares what rulings hold about people)
        from rulings.house import SUBJECTS, house_of
        from rulings.searched import SEARCHED
        from rulings.subjects import register
        from search.keeping import join

        register(*SUBJECTS)
        SETTLED[:] = [house_of]
        join(SEARCHED)

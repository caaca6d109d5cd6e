"""`manage.py rotate_keys`: seal everything with the first key of CHIBO_CRITIQUE_KEYS; then old ones can go."""

from typing import Any

from django.core.management.base import BaseCommand

from critique.sealing.rotation import rotate


class Command(BaseCommand):
    help = "Seals all free text of self-criticism with the first key of CHIBO_CRITIQUE_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        found = rotate()
        self.stdout.write(f"{found.again} values sealed again with the first key, {found.current} already were.")
        if found.unopened:
            self.stdout.write(f"{found.unopened} values do not open and stay as they are; the log says where.")

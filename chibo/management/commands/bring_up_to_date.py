"""Bring the database up to date; one that an earlier trial or a newer version made is named in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from members.entry import start
from search import keeping


class Command(BaseCommand):
    help = "Runs the migrations, unless the database is of a version whose migrations are gone; then what is searched."

    def handle(self, *args: Any, **options: Any) -> None:
        loader = MigrationLoader(connection)
        ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
        gone = [key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations]
        name = settings.DATABASES["default"]["NAME"]
        waiting = [key for key in loader.disk_migrations if key[0] in ours and key not in loader.applied_migrations]
        if gone and not waiting:
            raise CommandError(
                f"Một bản mới hơn của phần mềm đã dùng cơ sở dữ liệu {name}; bản đang chạy cũ hơn nên chưa đụng gì đến "
                "dữ liệu. Hãy chạy bản mới ấy; muốn về bản cũ thì khôi phục bản sao lưu làm trước khi cập nhật."
            )
        if gone:
            raise CommandError(
                f"Cơ sở dữ liệu này do một bản dùng thử cũ tạo ra, bản này không dùng tiếp được: hãy cất hoặc xoá "
                f"{name} rồi chạy lại."
            )
        call_command("migrate", interactive=False, verbosity=0)
        if not keeping.is_of_this_shape():
            keeping.rebuild()
        if start.is_to_come() and start.asks_code():
            call_command("start_code", stdout=self.stdout)

"""`manage.py rebuild_search`: all passages anew, while people go on working."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.keeping import rebuild


class Command(BaseCommand):
    help = "Lập lại chỗ tìm kiếm từ các nội dung đang có; mọi người vẫn làm việc bình thường trong lúc ấy."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã lập lại: {rebuild()} chỗ tìm được.")

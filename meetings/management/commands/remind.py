"""Remind by e-mail of meetings that come soon; for cron or a timer. Says first to whom it will write.

With --verbosity 0 it says how many: for a log, in which nobody's name has to stand.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.actions.reminding import letters, send
from meetings.extension import do_chores

LONGEST = 60


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= LONGEST:
        raise ArgumentTypeError(f"{text}: số ngày từ 1 đến {LONGEST}.")
    return int(text)


class Command(BaseCommand):
    help = "Nhắc qua e-mail các buổi họp sắp tới; in danh sách người nhận trước khi gửi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ in danh sách, không gửi")
        parser.add_argument("--days", type=_days, default=3, help="nhắc trước bao nhiêu ngày (mặc định 3)")

    def handle(self, *args: Any, **options: Any) -> None:
        now, names = timezone.now(), options["verbosity"] > 0
        if not options["dry_run"]:
            do_chores(now)
        waiting = letters(now, options["days"])
        for letter in waiting if names else ():
            self.stdout.write(f"{letter.to.get_full_name()} <{letter.to.email}>: {letter.about}")
        if not waiting:
            self.stdout.write("Không có ai cần nhắc.")
            return
        if not settings.EMAIL_HOST:
            self.stdout.write("Chưa có máy chủ thư (CHIBO_EMAIL_HOST): không gửi thư nào.")
            return
        if options["dry_run"]:
            self.stdout.write(f"Chạy thử: {len(waiting)} thư chưa gửi.")
            return
        failed = []
        connection = get_connection()
        for letter in waiting:
            try:
                send(letter, connection, at=now)
            except Exception as problem:  # one bad address must not keep the others from their mail
                failed.append(letter.to.email)
                if names:
                    self.stderr.write(f"Không gửi được tới {letter.to.email}: {problem}")
        self.stdout.write(f"Đã gửi {len(waiting) - len(failed)} thư.")
        if failed:
            raise CommandError(f"{len(failed)} thư chưa gửi được, lần chạy sau sẽ gửi lại.")

"""Where the passphrase of a backup comes from: the environment for a timer, the keyboard for a person."""

from __future__ import annotations

from getpass import getpass

from django.core.management.base import CommandError

from chibo.env import env_str

LEAST = 12


def passphrase(*, new: bool) -> str:
    given = env_str("CHIBO_BACKUP_PASSPHRASE")
    if not given:
        given = getpass("Mật khẩu của tệp sao lưu: ")
        if new and getpass("Nhập lại: ") != given:
            raise CommandError("Hai lần nhập không giống nhau.")
    if new and len(given) < LEAST:
        raise CommandError(f"Mật khẩu cần {LEAST} ký tự trở lên, nên là vài từ không liên quan nhau.")
    return given

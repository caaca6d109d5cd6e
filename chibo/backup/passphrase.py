"""Where the passphrase of a backup or of a cell's archive comes from: the environment, or the keyboard."""

from __future__ import annotations

from getpass import getpass

from django.core.management.base import CommandError

from chibo.env import env_str

LEAST = 12


def passphrase(*, new: bool, name: str = "CHIBO_BACKUP_PASSPHRASE", of: str = "tệp sao lưu") -> str:
    given = env_str(name)
    if not given:
        given = getpass(f"Mật khẩu của {of}: ")
        if new and getpass("Nhập lại: ") != given:
            raise CommandError("Hai lần nhập không giống nhau.")
    if new and len(given) < LEAST:
        raise CommandError(f"Mật khẩu cần {LEAST} ký tự trở lên, nên là vài từ không liên quan nhau.")
    return given

"""What is asked before a cell's record leaves: whose hand it is, and what the archive is locked with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from chibo.backup.passphrase import LEAST
from members.entry.forms import NewPasswordForm, OwnPassword
from members.forms import PasswordField


class ExportForm(NewPasswordForm, OwnPassword):
    """Nothing of it is kept anywhere; the fields bear the names that `Sent` never carries."""

    password = PasswordField(
        label="Mật khẩu của lưu trữ",
        autocomplete="off",
        help_text=f"Từ {LEAST} ký tự, nên là vài từ không liên quan nhau, khác mật khẩu đăng nhập. Quên thì không ai "
        "mở được tệp; ghi ra giấy, cất riêng.",
    )
    again = PasswordField(label="Gõ lại mật khẩu của lưu trữ", autocomplete="off")
    old = PasswordField(label="Mật khẩu đăng nhập của đồng chí", autocomplete="current-password")
    field_order = ("password", "again", "old")

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        if len(given) < LEAST:
            raise ValidationError(f"Mật khẩu cần {LEAST} ký tự trở lên.", code="short")
        return given

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "old" in given and given["old"] == given.get("password"):
            self.add_error("password", "Dùng mật khẩu khác mật khẩu đăng nhập: tệp này sẽ đi nhiều nơi.")
        return given

"""What the administrator may change of an account: never a password, never whose it is."""

from __future__ import annotations

from typing import Any

from django import forms

from members.forming import HouseForm
from members.forms import UserNameField, UserNameForm
from members.models import User


class AccountForm(HouseForm):
    username = UserNameField(attrs={"autocomplete": "off"}, min_length=3)
    is_active = forms.BooleanField(
        label="Được đăng nhập",
        required=False,
        help_text="Bỏ chọn thì tài khoản không vào được nữa, kể cả phiên đang mở. Chọn lại thì vào được như trước.",
    )
    FIELDS = ("username", "is_active")

    clean_username = UserNameForm.clean_username

    @classmethod
    def initial_for(cls, account: User) -> dict[str, Any]:
        return {name: getattr(account, name) for name in cls.FIELDS}

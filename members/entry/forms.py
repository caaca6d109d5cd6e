"""The shape of what is typed at the door and on one's own account page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.accounts import weakness_of
from members.entry import limits
from members.entry.door import limit_of
from members.forming import HouseForm
from members.forms import TOO_LONG, NameField, PasswordField, UserNameField
from members.models import User
from members.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

# One sentence for a wrong password, an unknown name and a closed account: it tells nothing.
NO_ENTRY = (
    "Tên đăng nhập hoặc mật khẩu không đúng. Sau nhiều lần sai, đồng chí đợi 15 phút rồi thử lại, "
    "hoặc xin bí thư chi bộ một phiếu đăng nhập mới."
)
# The same for every name, known or not, and for a right password as for a wrong one: nobody learns which it was.
WAIT = "Tên này đã sai nhiều lần từ đây. Xin đợi 15 phút rồi thử lại; trong lúc đợi, mật khẩu đúng cũng chưa vào được."
CODE_IN_CAPITALS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class SignInForm(HouseForm):
    """Who is at the door. Takes the request, because failed attempts are counted by name, address and device."""

    username = UserNameField(attrs={"autocomplete": "username", "autofocus": True})
    password = PasswordField(label="Mật khẩu", autocomplete="current-password")

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "username" in given and "password" in given:
            limit, whose = limit_of(self.request, given["username"])
            try:
                limit.begin(whose, timezone.now())
            except Refused:
                raise ValidationError(WAIT, code="wait") from None
            found = authenticate(self.request, username=given["username"], password=given["password"])
            if not isinstance(found, User):
                blocked = getattr(self.request, "axes_locked_out", False)
                raise ValidationError(WAIT if blocked else NO_ENTRY, code="no_entry")
            limit.forget(whose)
            self.user = found
        return given


class NewPasswordForm(HouseForm):
    """A password typed twice, for whoever cannot look at what is typed."""

    password = PasswordField(
        label="Mật khẩu mới",
        autocomplete="new-password",
        help_text="Ít nhất 15 ký tự. Bốn từ tiếng Việt liền nhau là đủ, có dấu hay không đều được; không dùng họ tên, "
        "tên chi bộ.",
    )
    again = PasswordField(label="Gõ lại mật khẩu mới", autocomplete="new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        first = self.cleaned_data.get("password")
        if first is not None and unicodedata.normalize("NFKC", again) != unicodedata.normalize("NFKC", first):
            raise ValidationError("Hai lần gõ chưa giống nhau.", code="mismatch")
        return again


class SlipForm(NewPasswordForm):
    """The code from the printed slip, and the password that its owner chooses."""

    code = NameField(
        label="Mã trên phiếu",
        max_length=40,
        help_text="Chữ hoa, chữ thường, dấu gạch và khoảng trắng đều như nhau.",
        widget=forms.TextInput(attrs={**CODE_IN_CAPITALS, "data-from-fragment": True}),
    )
    recovery = NameField(
        label="Mã dự phòng, nếu có",
        max_length=40,
        required=False,
        help_text="Đã in ở trang Tài khoản từ trước. Có mã này thì phiếu không cần người thứ hai xác nhận.",
        widget=forms.TextInput(attrs=CODE_IN_CAPITALS),
    )
    field_order = ("code", "recovery", "password", "again")


class OwnPassword(HouseForm):
    """The password of whoever is signed in, asked once more; guesses are slowed down."""

    old = PasswordField(label="Mật khẩu đang dùng", autocomplete="current-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        try:
            limits.PASSWORD.begin(self.user.pk, timezone.now())
        except Refused as refused:
            raise ValidationError(refused.sentence, code="wait") from None
        if not self.user.check_password(old):
            raise ValidationError("Mật khẩu đang dùng không đúng.", code="wrong")
        limits.PASSWORD.forget(self.user.pk)
        return old


class PasswordForm(NewPasswordForm, OwnPassword):
    """Changing one's own password asks for the old one."""

    field_order = ("old", "password", "again")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if weakness := weakness_of(password, self.user):
            raise ValidationError(weakness, code="weak")
        return password


class EmailForm(OwnPassword):
    email = forms.EmailField(
        label="Địa chỉ e-mail",
        required=False,
        help_text="Để nhận thông báo họp. Có thể để trống.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "Địa chỉ này chưa đúng dạng, ví dụ hoa@example.vn.",
            "max_length": TOO_LONG,
        },
    )
    field_order = ("email", "old")


class CodeForm(HouseForm):
    """A code from the phone, or one of the printed ones."""

    code = NameField(
        label="Mã",
        max_length=40,
        widget=forms.TextInput(attrs={**CODE_IN_CAPITALS, "autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, *args: Any, label: str = "Mã trên điện thoại, hoặc một mã dự phòng", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = label


class PhoneForm(HouseForm):
    """What a leader says when printing a slip."""

    drops_factor = forms.BooleanField(
        required=False, label="Đồng chí ấy mất cả điện thoại nhận mã: tắt xác nhận hai lớp khi dùng phiếu"
    )

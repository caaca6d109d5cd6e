"""What is asked when a server is started for the first time."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.accounts import weakness_of
from members.entry import start
from members.entry.actions.start import First
from members.entry.forms import CODE_IN_CAPITALS, NewPasswordForm
from members.forms import DayField, NameField, UserNameField, UserNameForm, judge_days
from members.models import Member, Organisation, OrganisationKind, User

_EMPTY_DAY = "Đồng chí chưa chọn ngày."


_FOLDED = (
    "<details{% if form.paper_name.errors or form.superior_line.errors or form.symbol.errors or "
    'form.term_started_on.errors %} open{% endif %}><summary class="btn-link-quiet">Thể thức văn bản: để nguyên nếu '
    "chưa rõ</summary>"
)
_WHO = (
    '<h2 class="mt-4"><span class="only-cell">Bí thư chi bộ</span>'
    '<span class="only-committee">Người phụ trách ở cấp uỷ</span></h2>'
)


def _heading(words: str) -> HTML:
    return HTML(f"<h2>{words}</h2>")


class StartForm(NewPasswordForm):
    """Which body this server is for, who answers for it, and how that person signs in.

    The days of standing and post are asked for and never proposed: today would be wrong for nearly everybody.
    """

    code = NameField(
        label="Mã khởi đầu",
        max_length=40,
        help_text="In ở màn hình máy chủ khi cài đặt. Chữ hoa, chữ thường, dấu gạch đều như nhau.",
        widget=forms.TextInput(attrs=CODE_IN_CAPITALS),
    )
    kind = forms.ChoiceField(
        label="Máy chủ này dùng cho",
        choices=[
            (OrganisationKind.CELL, "Một chi bộ"),
            (OrganisationKind.COMMITTEE, "Một cấp uỷ và các chi bộ trực thuộc"),
        ],
        initial=OrganisationKind.CELL,
        widget=forms.RadioSelect,
    )
    name = NameField(label="Tên gọi", max_length=120, help_text="Ví dụ Chi bộ Văn phòng; Đảng uỷ phường Hoa Sen.")
    paper_name = NameField(
        label="Tên trên văn bản", max_length=160, required=False, help_text="Để trống thì lấy tên gọi, viết hoa."
    )
    superior = NameField(
        label="Cấp uỷ cấp trên trực tiếp",
        max_length=120,
        required=False,
        help_text="Chi bộ phải ghi; ví dụ Đảng uỷ phường Hoa Sen.",
    )
    superior_line = NameField(
        label="Dòng cấp trên trên văn bản",
        max_length=200,
        required=False,
        help_text="Ví dụ ĐẢNG BỘ PHƯỜNG HOA SEN. Để trống thì lấy tên cấp trên, viết hoa.",
    )
    place_name = NameField(
        label="Địa danh", max_length=80, help_text="Ghi trước ngày tháng trên văn bản; ví dụ Hoa Sen."
    )
    symbol = NameField(label="Ký hiệu trên văn bản", max_length=20, initial="CB", required=False)
    term_started_on = DayField(
        label="Nhiệm kỳ bắt đầu từ", required=False, help_text="Số văn bản chạy lại từ 01 theo nhiệm kỳ."
    )
    number_minutes = forms.BooleanField(label="Đánh số biên bản", required=False, initial=True)
    full_name = NameField(label="Họ và tên", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    born_on = DayField(label="Ngày sinh", required=False)
    official_on = DayField(label="Ngày chính thức", required=False)
    standing_from = DayField(
        label="Sinh hoạt tại chi bộ từ ngày",
        required=False,
        help_text="Ngày đầu là đảng viên của chi bộ này.",
    )
    post_from = DayField(label="Giữ chức vụ từ ngày", help_text="Theo quyết định; không phải ngày hôm nay.")
    username = UserNameField(attrs={"autocomplete": "username"}, min_length=3)

    field_order = ("code", "kind", "name")
    layout = (
        "code",
        _heading("Tổ chức"),
        "kind",
        "name",
        "superior",
        "place_name",
        HTML(_FOLDED),
        "paper_name",
        "superior_line",
        Div("symbol", "term_started_on", css_class="form-row"),
        Div("number_minutes", css_class="only-cell"),
        HTML("</details>"),
        HTML(_WHO),
        "full_name",
        Div("born_on", "official_on", css_class="form-row"),
        Div(Div("standing_from", css_class="only-cell"), "post_from", css_class="form-row"),
        _heading("Tài khoản của đồng chí ấy"),
        "username",
        "password",
        "again",
    )
    PAPERS = ("symbol", "term_started_on", "number_minutes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not start.asks_code():
            del self.fields["code"]
            self.helper.layout.pop(0)

    clean_username = UserNameForm.clean_username

    @property
    def is_cell(self) -> bool:
        return bool(self.cleaned_data.get("kind") == OrganisationKind.CELL)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        judge_days(self)
        if self.is_cell and not given.get("superior"):
            self.add_error("superior", "Chi bộ trực thuộc cấp uỷ nào? Xin ghi tên cấp uỷ ấy.")
        if self.is_cell and "standing_from" in given and given["standing_from"] is None:
            self.add_error("standing_from", _EMPTY_DAY)
        self._judge_since()
        if "password" in given and (weakness := weakness_of(given["password"], self._somebody())):
            self.add_error("password", ValidationError(weakness, code="weak"))
        return given

    def _judge_since(self) -> None:
        given, today = self.cleaned_data, timezone.localdate()
        for name in ("standing_from", "post_from"):
            if given.get(name) and given[name] > today:
                self.add_error(name, "Ngày này còn ở phía trước.")
        standing, post = given.get("standing_from"), given.get("post_from")
        if self.is_cell and standing and post and post < standing:
            self.add_error("post_from", "Ngày giữ chức vụ không thể trước ngày về sinh hoạt tại chi bộ.")

    def _somebody(self) -> User:
        """Whose words a password must not be made of; nothing of it is kept."""
        given = self.cleaned_data
        body = Organisation(name=given.get("name", ""), superior_line=given.get("superior", ""))
        member = Member(full_name=given.get("full_name", ""), organisation=body)
        return User(username=given.get("username", ""), member=member)

    @property
    def first(self) -> First:
        given = self.cleaned_data
        organisation = {name: given[name] for name in ("kind", "name", "place_name", *self.PAPERS)}
        organisation["symbol"] = given["symbol"] or "CB"
        organisation["paper_name"] = given["paper_name"] or given["name"].upper()
        organisation["superior_line"] = given["superior_line"] or given["superior"].upper()
        return First(
            organisation,
            superior=given["superior"],
            person={name: given[name] for name in ("full_name", "born_on", "official_on")},
            standing_from=given["standing_from"] if self.is_cell else None,
            post_from=given["post_from"],
            username=given["username"],
            password=given["password"],
        )

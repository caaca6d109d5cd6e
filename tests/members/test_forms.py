"""What may be typed about a person, and the sentence for what may not."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from members.entry.forms import NewPasswordForm, SlipForm
from members.forms import NewMemberForm, PersonForm, StandingForm, UserNameForm
from members.models import Member, TenureKind


def _person(**typed: Any) -> PersonForm:
    return PersonForm({"full_name": "Vũ Thị Ngọc", **typed})


def _errors(form: Any) -> dict[str, list[str]]:
    return {name: list(sentences) for name, sentences in form.errors.items()}


def test_a_name_is_trimmed_and_kept_in_one_unicode_form() -> None:
    form = _person(full_name=unicodedata.normalize("NFD", "  Vũ   Thị Ngọc "))
    assert form.is_valid()
    assert form.person["full_name"] == unicodedata.normalize("NFC", "Vũ Thị Ngọc")


@pytest.mark.parametrize("odd", ["\x00", "\x07", "\n", "\u202e", "\u200b"])
def test_a_name_with_something_invisible_in_it_is_refused(odd: str) -> None:
    form = _person(full_name=f"Vũ{odd}Ngọc")
    assert _errors(form) == {"full_name": ["Có ký tự không nhìn thấy được. Đồng chí hãy xoá đi và gõ lại."]}


def test_a_name_of_81_letters_is_refused_with_its_length() -> None:
    assert _errors(_person(full_name="a" * 81)) == {"full_name": ["Dài quá: nhiều nhất 80 ký tự, đang có 81."]}
    assert _person(full_name="a" * 80).is_valid()


def test_a_name_is_needed() -> None:
    assert _errors(_person(full_name="   ")) == {"full_name": ["Đồng chí chưa điền mục này."]}


@pytest.mark.parametrize(
    ("day", "faults"),
    [
        ("1899-12-31", ["Năm phải trong khoảng 1900 đến 2100."]),
        ("1900-01-01", []),
        ("2101-01-01", ["Năm phải trong khoảng 1900 đến 2100."]),
        ("19/05/1980", []),
        ("hôm qua", ["Không đọc được ngày này. Hãy ghi như 19/05/1980."]),
        ("1980-02-30", ["Không đọc được ngày này. Hãy ghi như 19/05/1980."]),
    ],
)
def test_a_birthday_is_a_day_that_a_living_person_can_have(day: str, faults: list[str]) -> None:
    assert _errors(_person(born_on=day)).get("born_on", [])[:1] == faults


def test_the_day_is_read_before_the_month() -> None:
    form = _person(born_on="03/12/1980")
    assert form.is_valid()
    assert form.person["born_on"] == date(1980, 12, 3)


@pytest.mark.parametrize(
    ("born", "admitted", "official", "faults"),
    [
        ("1980-05-19", "2004-06-01", "2005-06-01", {}),
        ("1980-05-19", "2004-06-01", "2004-06-01", {}),
        ("", "", "", {}),
        ("1980-05-19", "1980-05-19", "", {"admitted_on": ["Ngày kết nạp phải sau ngày sinh."]}),
        ("", "2004-06-01", "2004-05-31", {"official_on": ["Ngày chính thức không thể trước ngày kết nạp."]}),
        ("1980-05-19", "", "1979-05-19", {"official_on": ["Ngày chính thức phải sau ngày sinh."]}),
    ],
)
def test_a_life_goes_forward(born: str, admitted: str, official: str, faults: dict[str, list[str]]) -> None:
    assert _errors(_person(born_on=born, admitted_on=admitted, official_on=official)) == faults


def test_nobody_is_born_tomorrow() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert _errors(_person(born_on=str(tomorrow))) == {"born_on": ["Ngày này còn ở phía trước."]}


def test_nobody_comes_into_the_cell_as_someone_who_has_left() -> None:
    typed = {"full_name": "Vũ Thị Ngọc", "kind": TenureKind.LEFT, "starts_on": "2026-01-01"}
    assert list(NewMemberForm(typed).errors) == ["kind"]
    assert NewMemberForm({**typed, "kind": TenureKind.TEMPORARY_IN}).is_valid()


def test_a_post_is_not_a_standing() -> None:
    assert list(StandingForm({"kind": TenureKind.SECRETARY, "starts_on": "2026-01-01"}).errors) == ["kind"]


def test_a_change_of_standing_is_never_preselected() -> None:
    assert StandingForm().fields["kind"].choices[0] == ("", "— chọn tư cách —")  # type: ignore[attr-defined]


def test_two_passwords_must_be_the_same_whatever_keyboard_composed_them() -> None:
    nfc, nfd = (unicodedata.normalize(shape, "bốn từ tiếng Việt") for shape in ("NFC", "NFD"))
    assert NewPasswordForm({"password": nfc, "again": nfd}).is_valid()
    assert _errors(NewPasswordForm({"password": nfc, "again": "khác"})) == {"again": ["Hai lần gõ chưa giống nhau."]}


def test_spaces_of_a_password_stay() -> None:
    form = NewPasswordForm({"password": " bốn từ ", "again": " bốn từ "})
    assert form.is_valid()
    assert form.cleaned_data["password"] == " bốn từ "


def test_the_code_field_asks_the_script_for_the_fragment_and_no_password_is_sent_back() -> None:
    form = SlipForm({"code": "ABCD", "password": "bí mật của tôi", "again": ""})
    html = form.as_p()
    assert ("data-from-fragment" in html, "bí mật" in html) == (True, False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("hoa.nt", "hoa.nt"), (" Hoa.NT ", "hoa.nt"), ("hoạ", None), ("a b", None), ("ab", None)],
)
def test_a_user_name_is_plain_small_letters(typed: str, kept: str | None) -> None:
    form = UserNameForm({"username": typed}, member=Member(full_name="Nguyễn Thị Hoa"))
    assert (form.cleaned_data["username"] if form.is_valid() else None) == kept


def test_the_proposed_user_name_comes_from_the_full_name() -> None:
    form = UserNameForm(member=Member(full_name="Nguyễn Thị Hoa"))
    assert form.initial == {"username": "hoa.nt"}

"""Passwords: the same word from two keyboards, what is too weak, and a closed account."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.hashers import check_password, make_password

from members.accounts import Backend, weakness_of
from members.models import User
from tests.conftest import Cast

NFC = unicodedata.normalize("NFC", "bốn từ tiếng Việt")
NFD = unicodedata.normalize("NFD", NFC)


@pytest.mark.parametrize(("chosen", "typed"), [(NFC, NFD), (NFD, NFC), (NFC, NFC)])
def test_a_vietnamese_password_is_the_same_from_every_keyboard(settings: object, chosen: str, typed: str) -> None:
    settings.PASSWORD_HASHERS = ["members.accounts.Hasher"]  # type: ignore[attr-defined]
    encoded = make_password(chosen)
    assert (check_password(typed, encoded), check_password(typed + "s", encoded)) == (True, False)


def test_the_hash_has_the_size_that_two_cores_can_carry(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["members.accounts.Hasher"]  # type: ignore[attr-defined]
    assert make_password("x").split("$")[:4] == ["argon2nfkc", "argon2id", "v=19", "m=19456,t=2,p=1"]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("bốn từ tiếng Việt", ""),
        ("ngắn quá", "Mật khẩu ngắn quá: cần ít nhất 15 ký tự."),
        ("1q2w3e4r5t6y7u8i9o0p", "Mật khẩu này nhiều người dùng, dễ bị đoán ra."),
        ("nguyenthihoa.nt", "Mật khẩu giống tên đăng nhập quá."),
        ("1234567890123450", "Mật khẩu chỉ có chữ số, dễ bị đoán ra. Xin thêm vài từ."),
        ("abababababababab", "Mật khẩu lặp đi lặp lại vài chữ, dễ bị đoán ra."),
    ],
)
def test_a_weak_password_is_told_why_in_vietnamese(password: str, sentence: str) -> None:
    assert weakness_of(password, User(username="nguyenthihoa.n")) == sentence


def test_an_account_brings_its_member_and_todays_posts_in_one_query(
    cast: Cast, django_assert_num_queries: object
) -> None:
    lan = cast.account(cast.lan)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = Backend().get_user(lan.pk)
        assert found is not None
        assert sorted(tenure.kind for tenure in found.tenures) == ["full", "secretary"]
        assert found.member == cast.lan


def test_a_closed_account_is_nobody(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    User.objects.filter(pk=lan.pk).update(is_active=False)
    assert Backend().get_user(lan.pk) is None


def test_user_names_are_compared_in_small_letters() -> None:
    assert User.normalize_username(" Hoa.NT ") == "hoa.nt"


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("trần thị lan 1970", False),
        ("Tran Thi Lan 12345", False),
        ("tranthilan19051980", False),
        ("chi bộ văn phòng 2026", False),
        ("bí thư chi bộ văn phòng", False),
        ("qwertyuiop asdfghjkl", False),
        ("bàn ghế lá chuối", True),
        ("hoa lan nở trên đồi vắng", True),  # her own name is one word among others
    ],
)
def test_their_own_name_the_cells_words_and_keyboard_runs_are_no_password(
    cast: Cast, password: str, good: bool
) -> None:
    assert (weakness_of(password, cast.account(cast.lan)) == "") == good

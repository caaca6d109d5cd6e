"""Nobody becomes somebody else: not a leader, not the administrator, not by a slip; and the owner is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.core import mail
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from meetings.lifecycle import State
from members import actions
from members.declare import DECLARED
from members.entry.actions import recovery, slips
from members.entry.codes import hash_of
from members.known import KNOWN, known
from members.models import Event, RecoveryCode, SignInSlip, TenureKind, User
from members.policy import PRIVATE
from members.refusal import Refused
from tests.addresses import address
from tests.clicks import clients
from tests.conftest import Cast
from tests.factories import PASSWORD, agree_to_mail, make_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World

THEIRS = "mật khẩu do kẻ khác đặt ra"
SECOND = "chờ người thứ hai"


def comes_in(client: Client, name: str, password: str) -> bool:
    client.post("/sign-in/", {"username": name, "password": password})
    return client.get("/account/").status_code == 200


def uses(code: str, password: str = THEIRS, **more: str) -> Any:
    client = Client()
    answer = client.post("/slip/", {"code": code, "password": password, "again": password, **more})
    return client, answer


def used_before(cast: Cast) -> User:
    """Hoa has come in, has printed her codes and agreed to mail."""
    hoa = cast.account(cast.hoa)
    hoa.last_login = timezone.now() - timedelta(days=30)
    hoa.email = "hoa@example.vn"
    hoa.save()
    agree_to_mail(cast.hoa)
    return hoa


def test_a_leader_alone_does_not_become_somebody_who_has_come_in_before(cast: Cast, as_user: Any) -> None:
    used_before(cast)
    lan = as_user(cast.lan)
    code = lan.post(f"/members/{cast.hoa.pk}/slip/").context["slip"].code
    thief, answer = uses(code)
    assert (answer.status_code, SECOND in answer.text) == (422, True)
    assert thief.get("/account/").status_code == 302
    assert lan.post(f"/slips/{SignInSlip.objects.get().pk}/confirm/").status_code == 302  # her own slip
    assert (uses(code)[1].status_code, comes_in(Client(), "hoa", PASSWORD)) == (422, True)


@pytest.mark.parametrize("second", ["deputy", "superior"])
def test_two_people_let_somebody_in_again_and_the_owner_reads_who_it_was(
    cast: Cast, as_user: Any, settings: Any, django_capture_on_commit_callbacks: Any, second: str
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail", "django.core.mail.backends.locmem.EmailBackend"
    hoa = used_before(cast)
    who = cast.phuc
    if second == "deputy":
        who = cast.account(make_member(cast.cell, "Ngô Minh Thư", post=TenureKind.DEPUTY, username="thu"))
    with django_capture_on_commit_callbacks(execute=True):
        code = slips.issue_slip(hoa, by=cast.account(cast.lan), at=timezone.now())
        slip = SignInSlip.objects.get()
        page = as_user(who).get("/slips/")
        assert (cast.hoa.full_name in page.text, as_user(who).post(f"/slips/{slip.pk}/confirm/").status_code) == (
            True,
            302,
        )
        inside, answer = uses(code)
    assert answer.status_code == 302
    home = inside.get("/").text
    for words in ("phát phiếu đăng nhập", cast.lan.full_name, who.member.full_name, "đặt bằng phiếu"):
        assert words in home
    log = inside.get("/account/data/").text
    assert all(words in log for words in ("Phát phiếu đăng nhập", "Xác nhận phiếu đăng nhập", cast.lan.full_name))
    assert [one.to for one in mail.outbox] == [["hoa@example.vn"]] * 3
    assert all(code not in one.body for one in mail.outbox)
    # whoever sits here cannot make the news go away while the private part is shut
    inside.post("/account/news/")
    assert "đặt bằng phiếu" in inside.get("/").text


def test_the_device_that_was_put_out_is_told_at_the_door(cast: Cast) -> None:
    home = Client()
    assert comes_in(home, "hoa", PASSWORD)
    code = slips.issue_slip(cast.account(cast.hoa), by=cast.account(cast.lan), at=timezone.now())
    slips.confirm_slip(SignInSlip.objects.get(), by=cast.phuc, at=timezone.now())
    assert uses(code)[1].status_code == 302
    assert home.get("/account/").status_code == 302
    told = [client.get("/sign-in/").text.count("đặt lại bằng phiếu") for client in (home, Client())]
    assert told == [1, 0]


def test_a_slip_from_before_the_first_sign_in_is_worth_nothing_after_it(cast: Cast) -> None:
    code = slips.issue_slip(cast.account(cast.hoa), by=cast.account(cast.lan), at=timezone.now())
    assert comes_in(Client(), "hoa", PASSWORD)
    assert uses(code)[1].status_code == 422


def test_a_waiting_slip_is_seen_by_the_owner_who_is_still_in_and_refused(cast: Cast, as_user: Any) -> None:
    hoa = as_user(cast.hoa)
    code = slips.issue_slip(cast.account(cast.hoa), by=cast.account(cast.lan), at=timezone.now())
    assert "huỷ phiếu" in hoa.get("/").text
    assert hoa.post("/account/slip/refuse/").status_code == 302
    with pytest.raises(Refused, match="hết hạn"):
        slips.use_slip(code=code, password=THEIRS, at=timezone.now())
    hoa.post("/account/news/")
    hoa.get("/")
    assert "phiếu" not in hoa.get("/").text


def test_one_person_is_not_two_by_way_of_a_fresh_account(cast: Cast) -> None:
    """Lan opens the deputy's account, comes in as the deputy, and confirms her own slip: not for a week."""
    now, lan = timezone.now(), cast.account(cast.lan)
    thu = make_member(cast.cell, "Ngô Minh Thư", post=TenureKind.DEPUTY)
    account = actions.open_account(thu, username="thu", by=lan, at=now)
    slips.use_slip(code=slips.issue_slip(account, by=lan, at=now), password=THEIRS, at=now)
    slips.issue_slip(used_before(cast), by=lan, at=now)
    slip = SignInSlip.objects.waiting(now).get()
    with pytest.raises(Refused, match="chưa đủ 7 ngày"):
        slips.confirm_slip(slip, by=cast.account(thu), at=now)
    assert "mã dự phòng" in slips.why_not_confirm(slip, cast.account(cast.hoa), now)


@pytest.mark.parametrize("puppet", ["deputy", "superior"])
def test_the_administrator_alone_makes_no_second_person(cast: Cast, puppet: str) -> None:
    now, hoa = timezone.now(), used_before(cast)
    made = actions.add_member(
        cast.ward if puppet == "superior" else cast.cell,
        person={"full_name": "Người Dựng Lên"},
        standing=TenureKind.FULL,
        starts_on=timezone.localdate() - timedelta(days=900),
        by=cast.admin,
        at=now - timedelta(hours=1),
    )
    where, kind = (cast.ward, TenureKind.SUPERIOR) if puppet == "superior" else (cast.cell, TenureKind.DEPUTY)
    actions.appoint(made, where, kind=kind, starts_on=timezone.localdate() - timedelta(days=900), by=cast.admin, at=now)
    account = actions.open_account(made, username="rong", by=cast.admin, at=now)
    slips.issue_slip(hoa, by=cast.admin, at=now)
    slip = SignInSlip.objects.get()
    with pytest.raises(Refused, match="mới có, chưa đủ 7 ngày"):
        slips.confirm_slip(slip, by=cast.account(made), at=now)
    later = now + timedelta(days=6)
    assert "chưa đủ 7 ngày" in slips.why_not_confirm(slip, account, later)
    assert slips.why_not_confirm(slip, cast.phuc, now) == ""


def test_the_leaders_of_the_cell_read_whose_slip_was_issued_and_confirmed(cast: Cast, as_user: Any) -> None:
    lan = as_user(cast.lan)
    slips.issue_slip(used_before(cast), by=cast.admin, at=timezone.now())
    assert f"phát phiếu đăng nhập cho đồng chí {cast.hoa}" in lan.get("/").text
    slips.confirm_slip(SignInSlip.objects.get(), by=cast.phuc, at=timezone.now())
    assert f"xác nhận phiếu đăng nhập của đồng chí {cast.hoa}" in lan.get("/").text
    lan.post("/account/news/")
    assert "phiếu đăng nhập" not in lan.get("/").text
    assert "phiếu đăng nhập" not in as_user(cast.tuan).get("/").text


def test_the_owners_own_code_is_the_second_person_and_keeps_the_private_part_open(cast: Cast) -> None:
    hoa, now = used_before(cast), timezone.now()
    codes = recovery.make_codes(hoa, by=hoa, at=now)
    code = slips.issue_slip(hoa, by=cast.account(cast.lan), at=now)
    _, wrong = uses(code, recovery="2222-3333-4444")
    inside, right = uses(code, recovery=codes[0].lower())
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert cast.account(cast.hoa).is_private_open
    assert inside.post("/account/news/").status_code == 302
    assert "đặt bằng phiếu" not in inside.get("/").text
    again = slips.issue_slip(cast.account(cast.hoa), by=cast.account(cast.lan), at=now)
    assert uses(again, recovery=codes[0])[1].status_code == 422  # each code once


def test_the_private_part_stays_shut_until_a_code_or_a_week(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    hoa = world.cast.account(world.cast.hoa)
    who = clients(world)["hoa"]
    codes = recovery.make_codes(hoa, by=hoa, at=timezone.now())
    pages = [address("prep-notes", "cycle", world.keys), address("prep-note", "noted", world.keys)]
    before = [who.get(page).status_code for page in pages]
    User.objects.filter(pk=hoa.pk).update(private_until=timezone.now() + timedelta(days=7))
    assert before == [200, 200]
    assert [who.get(page).status_code for page in pages] == [403, 403]
    assert "Phần riêng" in who.get(pages[0]).text
    assert who.post("/account/codes/", {"codes-old": PASSWORD}).status_code == 422  # no new set opens it
    assert who.post("/account/private/", {"private-code": "2222-3333-4444"}).status_code == 422
    assert f"Còn {len(codes)} mã chưa dùng" in who.get("/account/").text
    assert who.post("/account/private/", {"private-code": codes[3]}).status_code == 302
    assert f"Còn {len(codes) - 1} mã chưa dùng" in who.get("/account/").text
    assert [who.get(page).status_code for page in pages] == [200, 200]
    User.objects.filter(pk=hoa.pk).update(private_until=timezone.now() - timedelta(seconds=1))
    assert who.get(pages[0]).status_code == 200


def test_what_is_only_for_its_author_is_left_out_of_every_list_of_a_shut_account() -> None:
    """Whatever a right of the private part reads is declared private for the page of one's own data as well."""
    shut = {label for label in KNOWN if known(label).see and {*known(label).see} <= PRIVATE}
    told = {
        declared.model._meta.label
        for declared in DECLARED.values()
        if any(kind.private == Q() for kind in declared.chapters if not kind.hidden)
    }
    assert shut == told
    assert len(shut) == 4


def test_the_administrator_alone_sets_no_password_and_moves_no_account(cast: Cast, as_user: Any) -> None:
    hoa, desk = used_before(cast), as_user(cast.admin)
    password, page = hoa.password, f"/quan-tri/members/user/{hoa.pk}"
    assert desk.post(f"{page}/password/", {"password1": THEIRS, "password2": THEIRS}).status_code in (302, 404)
    moved = {"username": "hoa", "is_active": "on", "member": cast.son.pk, "email": "khac@example.vn", "password": "x"}
    assert desk.post(f"{page}/change/", moved).status_code == 302
    now = cast.account(cast.hoa)
    assert (now.password, now.email, now.member_id) == (password, "hoa@example.vn", cast.hoa.pk)
    with pytest.raises(Refused):
        actions.edit_account(now, fields={"member": cast.son}, by=cast.admin, at=timezone.now())
    code = desk.post(f"{page}/slip/").context["slip"].code
    assert (uses(code)[1].status_code, comes_in(Client(), "hoa", PASSWORD)) == (422, True)
    assert SignInSlip.objects.get().is_waiting(timezone.now())
    assert "người quản trị máy chủ phát phiếu" in as_user(cast.hoa).get("/").text


def test_what_the_administrator_changes_the_owner_is_told(cast: Cast, as_user: Any) -> None:
    used_before(cast)
    page = f"/quan-tri/members/user/{cast.account(cast.hoa).pk}/change/"
    assert as_user(cast.admin).post(page, {"username": "hoa.moi", "is_active": "on"}).status_code == 302
    assert "người quản trị máy chủ sửa tài khoản" in as_user(cast.hoa).get("/").text
    assert Event.objects.filter(what="edit_account", thing_pk=cast.hoa.pk).count() == 1


def test_the_servers_pages_have_no_door_of_their_own_and_show_nobodys_secret(cast: Cast, as_user: Any) -> None:
    registered = {model.__name__ for model in admin.site._registry if model._meta.app_label != "axes"}
    assert registered == {"Organisation", "Member", "Tenure", "User"}
    assert Client().get("/quan-tri/login/?next=/quan-tri/")["Location"] == "/sign-in/?next=%2Fquan-tri%2F"
    assert as_user(cast.admin).get("/quan-tri/password_change/")["Location"] == "/account/"


def test_a_page_of_codes_that_is_drawn_again_makes_no_second_set_and_says_what_the_first_has_voided(cast: Cast) -> None:
    hoa, key = used_before(cast), str(uuid4())
    inside = Client()
    inside.force_login(hoa)
    sent = {"codes-old": PASSWORD, "key": key}
    first = inside.post("/account/codes/", sent)
    name = first.context["set"].name
    assert f"Bộ mã {name}" in first.text
    assert "mọi bộ đã in trước đều hết hiệu lực" in first.text
    kept = set(RecoveryCode.objects.filter(user=hoa).values_list("code_hash", flat=True))
    again = inside.post("/account/codes/", sent, follow=True)
    assert "mã chỉ hiện một lần" in again.text
    assert f"Bộ mã {name}" in again.text  # the account's page names the set that is valid
    assert set(RecoveryCode.objects.filter(user=hoa).values_list("code_hash", flat=True)) == kept
    assert not Event.objects.exclude(digest="").filter(what="make_codes").exists()  # nothing is kept of the password
    assert inside.post("/account/codes/", {**sent, "key": str(uuid4())}).context["set"].name != name


def test_a_slip_that_is_drawn_again_stays_the_one_that_was_printed(cast: Cast, as_user: Callable[..., Client]) -> None:
    lan, sent, page = as_user(cast.lan), {"key": str(uuid4())}, f"/members/{cast.hoa.pk}/slip/"
    used_before(cast)
    printed = lan.post(page, sent).context["slip"].code
    again = lan.post(page, sent, follow=True)
    assert "mã chỉ hiện một lần" in again.text
    slip = SignInSlip.objects.get(user=cast.account(cast.hoa))
    assert (slip.code_hash, slip.expires_at > timezone.now()) == (hash_of(printed), True)

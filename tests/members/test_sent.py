"""What was sent and not taken: the session had ended, the page came from another one, the address takes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from meetings.actions import thematic
from meetings.models import Opinion, ThematicPaper
from members.entry import forms
from members.forming import HouseForm
from members.forms import PasswordField
from members.sent import APART, above
from tests.clicks import our_urls
from tests.factories import PASSWORD, at, new_key
from tests.pages import forms_on

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import AsUser, Cast

WORDS = "Góp ý dài về phần giải pháp.\nDòng thứ hai của ý kiến, viết mười lăm phút."


@pytest.fixture
def shared(cast: Cast, called: Meeting) -> Meeting:
    paper = ThematicPaper.objects.get(meeting=called)
    ThematicPaper.objects.filter(pk=paper.pk).update(draft="Đoạn một.")
    paper.refresh_from_db()
    thematic.share(paper, by=cast.account(cast.tuan), at=at("2026-11-26 08:00"))
    return called


def opinions(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/paper/opinions/"


def test_what_was_sent_after_the_session_had_ended_is_sent_again_after_signing_in(cast: Cast, shared: Meeting) -> None:
    client = Client()
    door = client.post(opinions(shared), {"text": WORDS, "key": new_key()})
    assert (door.status_code, WORDS.splitlines()[1] in door.content.decode()) == (401, True)
    sign_in = forms_on(door, "/")[-1]
    wrong = client.post(sign_in.action, sign_in.data | {"username": "hoa", "password": "không phải"})
    sign_in = forms_on(wrong, "/")[-1]
    inside = client.post(sign_in.action, sign_in.data | {"username": "hoa", "password": PASSWORD})
    again = forms_on(inside, "/")[-1]
    assert (inside.status_code, again.action, Opinion.objects.count()) == (200, opinions(shared), 0)
    assert "Nguyễn Thị Hoa" in inside.content.decode()  # under whose name it goes, before it goes
    told = client.post(again.action, again.data, follow=True)
    opinion = Opinion.objects.get()
    assert (told.status_code, opinion.text, opinion.member) == (200, WORDS, cast.hoa)


@pytest.mark.parametrize("referer", [None, "page"])
def test_the_door_leads_on_to_a_page_and_never_to_an_address_that_only_takes_forms(
    cast: Cast, shared: Meeting, referer: str | None
) -> None:
    page = f"/meetings/{shared.pk}/paper/"
    headers = {"Referer": f"http://testserver{page}?paragraph=0"} if referer else {}
    door = Client().post(opinions(shared), {"text": "Ngắn"}, headers=headers)
    assert door.context["next"] == (f"{page}?paragraph=0" if referer else page)


def test_nothing_secret_is_carried_along(cast: Cast) -> None:
    door = Client().post(
        "/account/", {"do": "password", "old": "mật khẩu cũ", "password": "mật khẩu mới", "again": "mật khẩu mới"}
    )
    assert "mật khẩu" not in door.context["sent"].as_json


def test_no_form_has_a_secret_that_is_carried_along(cast: Cast) -> None:
    """Passwords and codes of every form, also of those that stand under a prefix."""
    kinds = [kind for kind in vars(forms).values() if isinstance(kind, type) and issubclass(kind, HouseForm)]
    secret = {
        name
        for kind in kinds
        for name, field in kind.base_fields.items()
        if isinstance(field, PasswordField) or name in {"code", "recovery"}
    }
    assert secret == {"password", "again", "old", "code", "recovery"} <= APART
    under = {f"codes-{name}": "một-hai-ba" for name in secret}
    assert Client().post("/account/codes/", under).context["sent"].fields == ()


def test_a_form_of_another_session_is_kept_and_sent_again_with_a_press(cast: Cast, shared: Meeting) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    sent = {"text": WORDS, "key": new_key(), "csrfmiddlewaretoken": "x" * 64}
    refused = client.post(opinions(shared), sent, headers={"Origin": "http://testserver"})
    again = forms_on(refused, "/")[-1]
    assert (refused.status_code, again.action, again.data["text"]) == (403, opinions(shared), WORDS)
    token = again.fields["csrfmiddlewaretoken"].value
    told = client.post(
        again.action, again.data | {"csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"}
    )
    assert (told.status_code, Opinion.objects.get().text) == (302, WORDS)


def test_another_site_gets_no_button_that_sends_what_it_has_filled_in(cast: Cast, shared: Meeting) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    for told in ({"Origin": "https://xa.example"}, {"Referer": "https://xa.example/"}, {}, {"Origin": "null"}):
        refused = client.post(opinions(shared), {"text": WORDS}, headers=told)
        assert (refused.status_code, [form.action for form in forms_on(refused, "/")]) == (403, ["/sign-out/"])


@pytest.mark.parametrize("sent_to", ["https://xa.example/", "//xa.example/", "abc", "", "/\\xa.example"])
def test_the_door_carries_nothing_to_another_site(cast: Cast, sent_to: str) -> None:
    given = {"username": "hoa", "password": PASSWORD, "sent_to": sent_to, "sent": '[["text", "x"]]'}
    assert Client().post("/sign-in/", given)["Location"] == "/"


@pytest.mark.parametrize("sent", ["", "{}", "[1]", '[["a"]]', "nhảm", "[[[], {}]]"])
def test_nonsense_that_is_carried_along_is_no_error(cast: Cast, sent: str) -> None:
    given = {"username": "hoa", "password": PASSWORD, "sent_to": "/account/", "sent": sent}
    assert Client().post("/sign-in/", given).status_code in (200, 302)


def test_an_address_that_only_takes_forms_says_so_and_leads_to_the_page(
    cast: Cast, shared: Meeting, as_user: AsUser
) -> None:
    page = as_user(cast.hoa).get(opinions(shared))
    assert (page.status_code, page["Allow"], page.context["page"]) == (405, "POST", f"/meetings/{shared.pk}/paper/")
    assert "chỉ nhận biểu mẫu" in page.content.decode()


def test_what_nobody_may_do_any_more_comes_back_to_be_copied(cast: Cast, shared: Meeting, as_user: AsUser) -> None:
    for client, url, status in (
        (as_user(cast.tuan), f"/meetings/{shared.pk}/edit/", 403),
        (as_user(cast.tuan), "/meetings/987654/edit/", 404),
        (as_user(cast.tuan), f"/meetings/{shared.pk}/minutes.pdf", 405),
    ):
        answer = client.post(url, {"purpose": WORDS})
        assert (answer.status_code, "Dòng thứ hai của ý kiến" in answer.content.decode()) == (status, True)


def test_when_the_server_fails_the_words_are_on_its_page(
    cast: Cast, shared: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("meetings.views.thematic.OpinionForm", fail)
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    failed = client.post(opinions(shared), {"text": WORDS})
    assert (failed.status_code, "Dòng thứ hai của ý kiến" in failed.content.decode()) == (500, True)


@pytest.mark.parametrize("odd", ["abc", "-0", "sign-out", "http:abc", "///", "\\", "/%00", "?x"])
def test_an_odd_way_on_is_no_error(cast: Cast, odd: str) -> None:
    assert Client().post("/sign-in/", {"username": "hoa", "password": PASSWORD, "next": odd}).status_code == 302


def test_every_address_has_one_of_ours_above_it() -> None:
    assert above("/meetings/5/paper/opinions/") == "/meetings/5/paper/"
    assert above("/write/remark/5/") == "/"
    assert all(above(f"/{route.pattern}".replace("<int:pk>", "1")).startswith("/") for route in our_urls().values())

"""What was sent and not taken: the session had ended, the page came from another one, the address takes none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from meetings.actions import thematic
from meetings.models import Opinion, ThematicPaper
from members.entry import forms
from members.forming import HouseForm
from members.forms import PasswordField
from members.models import User
from members.sent import APART, PAGE_OF, above, owner_of
from tests.addresses import our_urls
from tests.factories import PASSWORD, at, new_key
from tests.once import built_once
from tests.pages import forms_on

if TYPE_CHECKING:
    from django.http import HttpResponse

    from meetings.models import Meeting
    from members.models import Member
    from tests.conftest import AsUser, Cast

WORDS = "Góp ý dài về phần giải pháp.\nDòng thứ hai của ý kiến, viết mười lăm phút."


@built_once
def shared(cast: Cast, called: Meeting) -> Meeting:
    paper = ThematicPaper.objects.get(meeting=called)
    ThematicPaper.objects.filter(pk=paper.pk).update(draft="Đoạn một.")
    paper.refresh_from_db()
    thematic.share(paper, by=cast.account(cast.tuan), at=at("2026-11-26 08:00"))
    return called


def of(user: User) -> dict[str, str]:
    """As every form on a page of this account says."""
    return {PAGE_OF: owner_of(user)}


def opinions(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/paper/opinions/"


def opinion_form(client: Client, meeting: Meeting, text: str = WORDS) -> dict[str, Any]:
    """What the page of the draft would send."""
    page = f"/meetings/{meeting.pk}/paper/"
    (form,) = [form for form in forms_on(client.get(page), page) if form.action == opinions(meeting)]
    return form.data | {"text": text}


def sent_too_late(as_user: AsUser, who: Member, meeting: Meeting) -> HttpResponse:
    """The answer to somebody whose session has ended while they wrote."""
    client = as_user(who)
    form = opinion_form(client, meeting)
    client.cookies.clear()
    answer: HttpResponse = client.post(opinions(meeting), form)
    return answer


def test_what_was_sent_after_the_session_had_ended_is_sent_again_after_signing_in(
    cast: Cast, shared: Meeting, as_user: AsUser
) -> None:
    door, client = sent_too_late(as_user, cast.hoa, shared), Client()
    assert (door.status_code, "Góp ý dài" in door.content.decode()) == (401, False)  # whoever sits there reads nothing
    sign_in = forms_on(door, "/")[-1]
    wrong = client.post(sign_in.action, sign_in.data | {"username": "hoa", "password": "không phải"})
    sign_in = forms_on(wrong, "/")[-1]
    inside = client.post(sign_in.action, sign_in.data | {"username": "hoa", "password": PASSWORD})
    again = forms_on(inside, "/")[-1]
    assert (inside.status_code, again.action, Opinion.objects.count()) == (200, opinions(shared), 0)
    assert "Góp ý dài" in inside.content.decode()
    told = client.post(again.action, again.data, follow=True)
    opinion = Opinion.objects.get()
    assert (told.status_code, opinion.text, opinion.member) == (200, WORDS, cast.hoa)


def test_nobody_else_who_signs_in_there_reads_or_sends_it(cast: Cast, shared: Meeting, as_user: AsUser) -> None:
    sign_in = forms_on(sent_too_late(as_user, cast.hoa, shared), "/")[-1]
    inside = Client().post(sign_in.action, sign_in.data | {"username": "tuan", "password": PASSWORD}, follow=True)
    page = inside.content.decode()
    assert ("là của tài khoản khác" in page, "Góp ý dài" in page, "Gửi lại" in page) == (True, False, False)


def test_a_second_factor_is_asked_on_the_way_and_the_words_are_still_there(
    cast: Cast, shared: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, client = sent_too_late(as_user, cast.hoa, shared), Client()
    User.objects.filter(member=cast.hoa).update(second_factor_since=at("2026-11-01 08:00"))
    monkeypatch.setattr("members.entry.actions.factor.is_right", lambda *_: True)
    sign_in = forms_on(door, "/")[-1]
    asked = client.post(sign_in.action, sign_in.data | {"username": "hoa", "password": PASSWORD})
    code = forms_on(asked, "/")[-1]
    inside = client.post(code.action, code.data | {"code": "123456"})
    assert (code.action, "Góp ý dài" in inside.content.decode()) == ("/sign-in/code/", True)


@pytest.mark.parametrize("referer", [None, "page"])
def test_the_door_leads_on_to_a_page_and_never_to_an_address_that_only_takes_forms(
    cast: Cast, shared: Meeting, referer: str | None
) -> None:
    page = f"/meetings/{shared.pk}/paper/"
    headers = {"Referer": f"http://testserver{page}?paragraph=0"} if referer else {}
    door = Client().post(opinions(shared), {"text": "Ngắn"}, headers=headers)
    assert door.context["next"] == (f"{page}?paragraph=0" if referer else page)


def test_nothing_secret_is_carried_along(cast: Cast) -> None:
    given = {"do": "password", "old": "mật khẩu cũ", "password": "mật khẩu mới", "again": "mật khẩu mới"}
    door = Client().post("/account/", given | {"why": "vài chữ", PAGE_OF: "x"})
    assert door.context["sent"].fields == (("do", "password"), ("why", "vài chữ"))


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
    under = {f"codes-{name}": "một hai ba" for name in secret}
    assert Client().post("/account/codes/", under | {PAGE_OF: "x"}).context["sent"] is None


def test_a_form_of_another_session_is_kept_and_sent_again_with_a_press(cast: Cast, shared: Meeting) -> None:
    client, hoa = Client(enforce_csrf_checks=True), cast.account(cast.hoa)
    client.force_login(hoa, backend="members.accounts.Backend")
    sent = {"text": WORDS, "key": new_key(), "csrfmiddlewaretoken": "x" * 64, **of(hoa)}
    refused = client.post(opinions(shared), sent, headers={"Origin": "http://testserver"})
    again = forms_on(refused, "/")[-1]
    assert (refused.status_code, again.action, again.data["text"]) == (403, opinions(shared), WORDS)
    token = again.fields["csrfmiddlewaretoken"].value
    told = client.post(
        again.action, again.data | {"csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"}
    )
    assert (told.status_code, Opinion.objects.get().text) == (302, WORDS)


def test_a_form_of_another_account_is_not_shown_to_whoever_has_signed_in_since(cast: Cast, shared: Meeting) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account(cast.tuan), backend="members.accounts.Backend")
    sent = {"text": WORDS, **of(cast.account(cast.hoa))}
    refused = client.post(opinions(shared), sent, headers={"Origin": "http://testserver"})
    assert (refused.status_code, "Góp ý dài" in refused.content.decode()) == (403, False)
    assert [form.action for form in forms_on(refused, "/")] == ["/sign-out/"]


def test_another_site_gets_no_button_that_sends_what_it_has_filled_in(cast: Cast, shared: Meeting) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    for told in ({"Origin": "https://xa.example"}, {"Referer": "https://xa.example/"}, {}, {"Origin": "null"}):
        sent = {"text": WORDS, **of(cast.account(cast.hoa))}
        refused = client.post(opinions(shared), sent, headers=told)
        assert (refused.status_code, [form.action for form in forms_on(refused, "/")]) == (403, ["/sign-out/"])


@pytest.mark.parametrize("sent", ["", "{}", "[1]", '[["a"]]', "nhảm", "[[[], {}]]"])
def test_nonsense_that_is_carried_along_is_no_error(cast: Cast, sent: str) -> None:
    given = {"username": "hoa", "password": PASSWORD, "sent": sent}
    assert Client().post("/sign-in/", given)["Location"] == "/"


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
        answer = client.post(url, {"purpose": WORDS, **of(cast.account(cast.tuan))})
        assert (answer.status_code, "Dòng thứ hai của ý kiến" in answer.content.decode()) == (status, True)


def test_when_the_server_fails_the_words_are_on_its_page(
    cast: Cast, shared: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("meetings.views.thematic.OpinionForm", fail)
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    failed = client.post(opinions(shared), {"text": WORDS, **of(cast.account(cast.hoa))})
    assert (failed.status_code, "Dòng thứ hai của ý kiến" in failed.content.decode()) == (500, True)


@pytest.mark.parametrize("odd", ["abc", "-0", "sign-out", "http:abc", "///", "\\", "/%00", "?x"])
def test_an_odd_way_on_is_no_error(cast: Cast, odd: str) -> None:
    assert Client().post("/sign-in/", {"username": "hoa", "password": PASSWORD, "next": odd}).status_code == 302


def test_every_address_has_one_of_ours_above_it() -> None:
    assert above("/meetings/5/paper/opinions/") == "/meetings/5/paper/"
    assert above("/write/remark/5/") == "/"
    assert all(above(f"/{route.pattern}".replace("<int:pk>", "1")).startswith("/") for route in our_urls().values())

"""What people can click, seen from outside: every URL of ours, a form filled in well for each, who wrote what."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from chibo.middleware import ENTERED, SEEN
from meetings.actions.minutes import rendered_paper
from meetings.lifecycle import State
from meetings.models import Meeting, ScoreSheet
from members.saving.drafts import DraftSheet
from members.saving.sheet import SHEETS
from tests import clicks_between, clicks_members, clicks_papers, clicks_reviews, clicks_room
from tests.addresses import address
from tests.factories import new_key
from tests.world import PDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse

    from members.models import User
    from tests.world import World

# Those who stand in the matrix; Thu, the deputy, stands beside Lan there.
PEOPLE = ["lan", "binh", "hoa", "tuan", "nam", "kha", "mai", "phuc", "far", "admin", "stranger"]
CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE")


def _sheet(world: World) -> ScoreSheet:
    return ScoreSheet.objects.get(pk=world.keys["sheet"])


def _points(world: World) -> dict[str, str]:
    """One point less than the committee has given, with the reason."""
    lines = list(_sheet(world).lines.all())
    return {
        **{f"points_{line.code}": str((line.points or 1) - 1) for line in lines},
        **{f"reason_{line.code}": "Cần rút kinh nghiệm" for line in lines},
    }


PLAN = {"starts_at": "2026-12-10T19:00", "place": "Phòng họp", "topic": "Chuyên đề mới", "purpose": ""}
TIMES = {"opened_at": "2026-12-03T19:05", "closed_at": "2026-12-03T20:40", "none_yet": "on"}


def _free(world: World) -> int:
    """Somebody who neither speaks nor waits."""
    here = world.meeting.attendances.filter(member__isnull=False).exclude(mark__in=("excused", "unexcused"))
    free = here.exclude(turns__state__in=("waiting", "speaking", "paused")).order_by("pk").first()
    return free.pk if free else world.keys["attendance"]


# One well filled form for every address that takes one. Where it depends on the rows, a function of the world.
FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    **clicks_members.FORMS,
    "meeting-new": PLAN,
    "meeting-edit": PLAN,
    "meeting-cancel": {"reason": "Trùng lịch"},
    "meeting-tick": {"what": "committee_met_at", "done": "1"},
    "item-add": {"title": "Việc khác", "minutes": "5"},
    "item-edit": {"title": "Việc đã sửa", "minutes": "5"},
    "item-move": {"to": "up"},
    "apology": {"reason": "Đi công tác"},
    "apology-decide": {"accepted": "1"},
    "paper-edit": lambda _: {"file": SimpleUploadedFile("moi.pdf", PDF), "not_secret": "on"},
    "opinion-add": {"text": "Nên thêm ví dụ.", "paragraph": "0"},
    "opinion-answer": {"answer": "kept", "reason": "Đã đủ ý"},
    "guest-add": {"name": "Mai Văn Khách", "position": "Đảng uỷ viên"},
    "seat-change": lambda world: {"seat": "chair", "member": world.nam.pk, "since": "19:25"},
    "mark": {"mark": "unexcused"},
    "times": {"arrived_at": "19:20"},
    "remark-add": lambda world: {"speaker_now": _free(world)},
    "vote-add": {"question": "Thông qua", "in_favour": "1", "against": "0", "other": "0"},
    "outcome-add": {"kind": "conclusion"},
    "aside-add": lambda world: {"person": world.keys["attendance"], "reason": "Việc liên quan đến đồng chí"},
    "task-add": {"text": "Viết báo cáo"},
    "task-edit": {"text": "Viết báo cáo quý"},
    "report": {"state": "done", "result": "Đã xong"},
    "task-note": {"state": "done", "text": "Đã gửi báo cáo số 12-BC/CB"},
    "close": TIMES,
    "write": {
        "dues": "Đã thu đủ.", "notes": "Đã trình bày.", "text": "Nói lại.", "draft": "Mới.", "completed": "Mới.",
        "directions": "Giữ nền nếp.", "purpose": "Nêu gương.", "reason": "Đã đủ ý.", "answer": "Đã rõ.",
        **clicks_reviews.TYPED,
    },
    "sign": lambda world: {"seat": "chair", "seen": _seen(world)},
    "correction-add": {"text": "Xin thêm chữ “cơ bản”."},
    "correction-answer": {"answer": "kept", "reason": "Đúng như đã nói"},
    "signed-add": lambda _: {"file": SimpleUploadedFile("da-ky.pdf", PDF)},
    "addendum-add": {"text": "Đính chính", "reason": "Ghi nhầm"},
    "comment-add": {"text": "Cần rõ hơn"},
    "verdict": {"verdict": "reviewed"},
    "comment-answer": {"answer": "Đã bổ sung."},
    "ruling-list": {
        "subject": "quorum", "figure": "50", "document": "07-QĐ/ĐU", "document_date": "2026-02-02",
        "starts_on": "2026-03-01",
    },
    "ruling-end": {"ends_on": "2026-12-31"},
    "day-off-add": {"day": "2027-02-09", "name": "Tết Nguyên đán"},
    "programme-lay-out": {"fixed_day": "5", "thematic_day": "20", "usual_time": "19:00", "usual_place": "Hội trường"},
    "programme-save": lambda world: {"base": "0", "usual_time": "19:00", **_line(world)},
    "line-plan": lambda world: {"base": "0", "usual_time": "19:00", **_line(world)},
    "charge-place": {"month": "12"},
    "explain": {"month": "2026-12-01", "text": "Chuyển sang ngày 28."},
    **clicks_between.FORMS,
    "score-give": lambda world: {**_points(world), "base": _sheet(world).rev, "weak_points": "Ít ý kiến."},
    "score-vote": {"in_favour": "1", "against": "0", "other": "0"},
    "score-confirm": _points,
    **clicks_reviews.FORMS,
    **clicks_room.FORMS,
    **clicks_papers.FORMS,
}  # fmt: skip


def _line(world: World) -> dict[str, Any]:
    prefix = f"line-{world.keys['line']}"
    return {f"{prefix}-day": "2026-12-10", f"{prefix}-topic": "Tổng kết năm", f"{prefix}-preparer": world.nam.pk}


def _seen(world: World) -> str:
    meeting = Meeting.objects.with_people().get(pk=world.keys["meeting"])
    return rendered_paper(meeting).fingerprint if meeting.state in (State.CLOSED, State.SEALED) else ""


def form_for(name: str, world: World, of: str = "", person: str = "") -> dict[str, Any]:
    """With a new key, and for a text with the revision that the page of this person has seen."""
    form = FORMS.get(name, {})
    seen = {"base": _revision(of, world, person)} if name in ("write", "cite") else {}
    if (name, person) == ("sign", "hoa"):
        seen = {"seat": "minute_taker"}  # each confirms for their own seat
    return {"key": new_key(), **(form(world) if callable(form) else form), **seen}


def _revision(of: str, world: World, person: str) -> int:
    """As the page has it for whoever wrote last; of a note nobody can say whose, so it is the first save's.

    A draft is one's own: who has none begins it.
    """
    sheet, kind = of.split("/")
    known = SHEETS[sheet]
    row = known.rows().get(pk=world.keys[kind])
    if sheet == "note":
        return 1
    if isinstance(known, DraftSheet):
        by = users(world).get(person)
        return known.kept_in(row, by).rev if by and by.member else 0
    return known.rev(row)


# Address, whose row, in which state it works, who clicks.
BUTTONS = [
    ("meeting-new", "cell", "plan", "lan"),
    ("meeting-edit", "meeting", "plan", "lan"),
    ("meeting-call", "meeting", "plan", "lan"),
    ("meeting-withdraw", "meeting", "called", "lan"),
    ("meeting-cancel", "meeting", "called", "lan"),
    ("meeting-tick", "meeting", "plan", "lan"),
    ("item-add", "meeting", "plan", "lan"),
    ("item-edit", "item", "plan", "lan"),
    ("item-move", "item", "plan", "lan"),
    ("item-remove", "item", "plan", "lan"),
    ("apology", "attendance", "called", "nam"),
    ("apology-decide", "attendance", "called", "lan"),
    ("paper-edit", "meeting", "plan", "tuan"),
    ("paper-share", "meeting", "plan", "tuan"),
    ("paper-agree", "meeting", "plan", "lan"),
    ("opinion-add", "meeting", "called", "nam"),
    ("opinion-answer", "opinion", "called", "tuan"),
    ("meeting-open", "meeting", "called", "lan"),
    ("mark-rest", "meeting", "open", "hoa"),
    ("guest-add", "meeting", "open", "hoa"),
    ("seat-change", "meeting", "open", "hoa"),
    ("mark", "attendance", "open", "hoa"),
    ("times", "attendance", "open", "hoa"),
    ("late", "attendance", "open", "hoa"),
    ("guest-remove", "guest", "open", "hoa"),
    ("item-start", "item", "open", "hoa"),
    ("item-end", "item", "open", "hoa"),
    ("remark-add", "item", "open", "hoa"),
    ("remark-remove", "remark", "open", "hoa"),
    ("vote-add", "item", "open", "hoa"),
    ("vote-remove", "vote", "open", "hoa"),
    ("outcome-add", "item", "open", "hoa"),
    ("outcome-remove", "outcome", "open", "hoa"),
    ("aside-add", "item", "open", "hoa"),
    ("aside-remove", "recusal", "open", "hoa"),
    ("task-add", "item", "open", "hoa"),
    ("task-edit", "task", "open", "hoa"),
    ("task-remove", "task", "open", "hoa"),
    ("report", "meeting", "open", "hoa"),
    ("task-note", "promise", "plan", "nam"),
    ("close", "meeting", "open", "lan"),
    ("read-back", "meeting", "open", "lan"),
    ("reopen", "meeting", "closed", "lan"),
    ("write", "meeting/meeting", "open", "hoa"),
    ("write", "item/item", "open", "hoa"),
    ("write", "remark/remark", "closed", "hoa"),
    ("write", "outcome/outcome", "closed", "hoa"),
    ("write", "draft/paper", "plan", "tuan"),
    ("write", "completed/paper", "closed", "tuan"),
    ("write", "meeting-edit/meeting", "plan", "lan"),
    ("write", "opinion-add/paper", "called", "nam"),
    ("write", "opinion-answer/opinion", "called", "tuan"),
    ("write", "remedy-report/remedy", "plan", "nam"),
    ("correction-add", "remark", "closed", "lan"),
    ("correction-answer", "correction", "closed", "hoa"),
    ("sign", "meeting", "closed", "lan"),
    ("addendum-add", "meeting", "sealed", "lan"),
    ("comment-add", "meeting", "sealed", "phuc"),
    ("verdict", "meeting", "sealed", "phuc"),
    ("programme-lay-out", "cell", "plan", "lan"),
    ("programme-save", "programme", "plan", "lan"),
    ("line-plan", "line", "plan", "lan"),
    ("programme-report", "programme", "plan", "lan"),
    ("charge-place", "asked", "plan", "lan"),
    ("errand-withdraw", "errand", "plan", "phuc"),
    ("explain", "cell", "plan", "lan"),
    ("calendar-revoke", "cell", "plan", "nam"),
    ("score-draw-up", "meeting", "open", "hoa"),
    ("score-give", "sheet", "closed", "hoa"),
    ("score-vote", "sheet", "open", "lan"),
    ("score-confirm", "sheet", "sealed", "phuc"),
    ("ruling-list", "cell", "plan", "lan"),
    ("ruling-list", "committee", "plan", "phuc"),
    ("ruling-end", "ruling", "plan", "lan"),
    ("day-off-add", "cell", "plan", "lan"),
    ("day-off-remove", "day-off", "plan", "lan"),
    *clicks_reviews.BUTTONS,
    *clicks_room.BUTTONS,
    *clicks_papers.BUTTONS,
    *clicks_between.BUTTONS,
]


@contextmanager
def written() -> Iterator[list[str]]:
    """Every statement that changes a table, except the session's own."""
    found: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(CHANGES) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found


def checksum() -> str:
    """Of every row of every table, except sessions."""
    digest = sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        if model._meta.label != "sessions.Session":
            rows = model._base_manager.order_by("pk").values_list()
            held = [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in rows]
            digest.update(repr([model._meta.label, *held]).encode())
    return digest.hexdigest()


@dataclass
class Click:
    response: HttpResponse
    wrote: list[str]
    then: Any  # what the caller wanted to know before the click was taken back

    @property
    def word(self) -> str:
        """The status, or "in" where the answer is the sign-in page."""
        led = self.response.status_code == 302 and self.response["Location"].startswith("/sign-in/?next=")
        signs_in = led or self.response.status_code == 401
        return "in" if signs_in else str(self.response.status_code)


def click(
    client: Client, method: str, url: str, data: dict[str, Any] | None = None, *, then: Callable[[], Any] = bool
) -> Click:
    """One click, taken back afterwards with everything that it changed, so that the next starts the same."""
    with taken_back(client), written() as wrote:
        response = getattr(client, method)(url, data or {})
        response.getvalue()  # reading a download to its end closes the file
        known = then()
    return Click(response, wrote, known)


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)


def users(world: World) -> dict[str, User]:
    """Everybody of the matrix who has an account."""
    cast = world.cast
    members = {"lan": cast.lan, "binh": world.binh, "hoa": cast.hoa, "tuan": cast.tuan, "nam": world.nam}
    members |= {"kha": cast.kha, "mai": cast.mai, "thu": world.thu}
    accounts = {name: cast.account(member) for name, member in members.items()}
    return accounts | {"phuc": cast.phuc, "far": world.far, "admin": cast.admin}


class Clients(dict[str, Client]):
    """Somebody for each name; who is asked for the first time signs in."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.users = users(world)

    def __missing__(self, name: str) -> Client:
        """At work just now, so that no click has to push the end of the session forward."""
        assert name in [*PEOPLE, "thu"]
        self[name] = client = Client()
        if name in self.users:
            client.force_login(self.users[name], backend="members.accounts.Backend")
            session = client.session
            session[SEEN] = session[ENTERED] = int(time.time()) + 3600
            session.save()
        return client

    def at_once(self) -> Clients:
        """Everybody, before tables are compared: signing in is written down."""
        for name in [*PEOPLE, "thu"]:
            self[name]
        return self


def clients(world: World) -> Clients:
    return Clients(world)


def buttons(world: World) -> list[tuple[str, Client, str, dict[str, Any]]]:
    """Name, who clicks, where, and the form, for every button that works in the state of this world."""
    who = clients(world)
    return [
        (f"{name} {of}", who[person], address(name, of, world.keys), form_for(name, world, of, person))
        for name, of, state, person in BUTTONS
        if state == world.meeting.state
    ]

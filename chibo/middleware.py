"""What happens around every request: who is calling, headers, the idle limit, the sign-in limit's answers."""

import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.messages import ERROR, get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from documents.apart import TooMuch
from documents.large import Endless, Large
from documents.turn import ASKING, Busy
from members.entry.actions import factor
from members.entry.address import counted, read
from members.entry.door import ENTERED, is_over, knows_device
from members.entry.views.account import session_ended
from members.sent import KEPT, page_behind
from printing.views import large

Handler = Callable[[HttpRequest], HttpResponseBase]

SEEN = "seen"
TAKEN = "chibo_taken"
SECONDS_BETWEEN_SAVES = 60
LONGEST_NAME = 255
SECONDS_UNTIL_PRINTED = 5


def proxy(get_response: Handler) -> Handler:
    """Behind N trusted proxies the caller is the Nth address from the right; the rest is hearsay."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        count = settings.TRUSTED_PROXIES
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        caller = read(hops[-count]) if 0 < count <= len(hops) else None
        if caller is not None:  # "unknown" and rubbish: the proxy itself is the nearest that is known
            request.META["REMOTE_ADDR"] = str(caller)
        return get_response(request)

    return handle


def headers(get_response: Handler) -> Handler:
    """Pages stay out of caches, so that Back shows nothing on a shared computer; no camera, no microphone."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response

    return handle


def idle(get_response: Handler) -> Handler:
    """Push the session's end forward while somebody is at work, writing it at most once a minute.

    A page that only asks whether something is new (X-Poll) is not somebody at work.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        session, now = request.session, int(time.time())
        if is_over(request, now):
            logout(request)
            return get_response(request)
        by_itself = request.method == "GET" and "X-Poll" in request.headers
        if SESSION_KEY in session and not by_itself and now - session.get(SEEN, 0) >= SECONDS_BETWEEN_SAVES:
            session[SEEN] = now
        if SESSION_KEY in session:
            session.setdefault(ENTERED, now)
        return get_response(request)

    return handle


def second_factor(get_response: Handler) -> Handler:
    """Whoever must have a second factor and has none can do nothing but set one up, or go."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if settings.SECOND_FACTOR != "none" and request.user.is_authenticated and factor.is_missing(request.user):
            here = reverse("second-factor")
            if request.path not in (here, reverse("recovery-codes"), reverse("password-again"), reverse("sign-out")):
                return redirect(here)
        return get_response(request)

    return handle


class SignInFirst(LoginRequiredMiddleware):
    """Nothing without signing in; what was sent after a session had ended is kept on the page that asks."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method == "POST":
            return session_ended(request)
        return super().handle_no_permission(request, view_func)


def leading(get_response: Handler) -> Handler:
    """Where a press sent by static/chibo.js leads is said and not followed: its page is opened once, by the browser."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 302 and request.method == "POST" and "X-Press" in request.headers:
            response.status_code = 200
            response["X-Leads-To"] = response["Location"]
            del response["Location"]
        return response

    return handle


def in_words(get_response: Handler) -> Handler:
    """A press on a panel of a screen (static/live.js) is answered by what there is to say of it, and no page follows;
    so these words need not stand in the session until one is shown.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 302 and request.method == "POST" and "X-Words" in request.headers:
            words = HttpResponse(render_to_string("ui/messages.html", {"messages": get_messages(request)}))
            words.cookies = response.cookies
            return words
        return response

    return handle


def own_pages(get_response: Handler) -> Handler:
    """A page of ours, where a browser would show its own: for an address that only takes forms."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", {"page": page_behind(request)}, status=405)
        page["Allow"] = response["Allow"]
        return page

    return handle


def too_much(get_response: Handler) -> Handler:
    """A paper that would take time and memory from everybody else: written outside the request, or told."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        asking = ASKING.set(lambda: request.user.pk)
        try:
            return get_response(request)
        finally:
            ASKING.reset(asking)

    def on_exception(request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        try:
            if isinstance(problem, Large):
                return large(request, problem.paper)  # type: ignore[arg-type]
        except Busy as busy:
            problem = busy
        if isinstance(problem, Busy):
            page = render(request, "chibo/busy.html", {"seconds": SECONDS_UNTIL_PRINTED}, status=503)
            page["Retry-After"] = str(SECONDS_UNTIL_PRINTED)
            return page
        if not isinstance(problem, TooMuch | Endless):
            return None
        return render(request, "chibo/too_much.html", {"reason": str(problem)}, status=422)

    handle.process_exception = on_exception  # type: ignore[attr-defined]
    return handle


def taken(get_response: Handler) -> Handler:
    """A form that was sent and led on without a word against it was taken: said to the device that keeps it."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        kept = request.POST.get(KEPT, "") if request.method == "POST" and response.status_code == 302 else ""
        if re.fullmatch(r"[0-9a-f]{16}", kept) and not _refused(request):
            response.set_cookie(TAKEN, kept, max_age=300, secure=settings.HTTPS, samesite="Lax")  # read by kept.js
        return response

    return handle


def _refused(request: HttpRequest) -> bool:
    """Some buttons say what is wrong on the page that they lead to."""
    told = get_messages(request)
    return any(one.level >= ERROR for one in getattr(told, "_queued_messages", ()))


def client_address(request: HttpRequest) -> str:
    """The address that `proxy` settled on, for counting failed sign-ins; of IPv6 the whole line."""
    return counted(str(request.META.get("REMOTE_ADDR", "")))


def attempted_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The name that failed sign-ins are counted under: spelling it differently must not start a new count."""
    given = (credentials or request.POST).get("username") or ""
    return unicodedata.normalize("NFKC", str(given)).strip().casefold()[:LONGEST_NAME]


def comes_with_known_device(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> bool:
    """Such a device is counted for itself, so that a neighbour behind the same address keeps nobody out."""
    return knows_device(request, attempted_name(request, credentials))


def same_answer(
    request: HttpRequest, response: HttpResponseBase, credentials: Mapping[str, Any] | None
) -> HttpResponseBase:
    """A blocked sign-in answers exactly as a wrong password does, so that it tells nothing."""
    return response

"""What the administrator does to the server itself: a letter to their own address, to see whether mail goes out."""

from __future__ import annotations

from dataclasses import dataclass
from smtplib import SMTPException, SMTPResponseException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from members.access import require_administrator
from members.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User

NOT_SET = "Chưa đặt CHIBO_EMAIL_HOST, nên phần mềm không gửi gì ra ngoài, cả thư thử."
NO_ADDRESS = "Tài khoản này chưa ghi địa chỉ e-mail: ghi ở trang Tài khoản rồi gửi lại."


@dataclass(frozen=True, slots=True)
class Answered:
    """`words`: what the mail server said, as it said it; in our own words only where it said nothing."""

    taken: bool
    words: str


def send_test(*, by: User, at: datetime) -> Answered:
    """One letter to whoever asks, and to nobody else. Changes nothing, so it leaves no event."""
    require_administrator(by)
    if not settings.EMAIL_HOST:
        raise Refused(NOT_SET)
    if not by.email:
        raise Refused(NO_ADDRESS)
    body = f"Thư thử gửi từ máy chủ Chibo lúc {timezone.localtime(at):%H:%M:%S ngày %d/%m/%Y}. Không cần trả lời."
    wire: Any = get_connection()
    try:
        wire.open()
        said = _listen(wire)
        EmailMessage("Thư thử của Chibo", body, to=[by.email], connection=wire).send()
        return Answered(True, "; ".join(said))
    except SMTPResponseException as refused:
        return Answered(False, f"{refused.smtp_code} {_words(refused.smtp_error)}")
    except (SMTPException, OSError) as away:
        return Answered(False, f"{type(away).__name__}: {away}")
    finally:
        wire.close()


def _listen(wire: Any) -> list[str]:
    """Of what is said to a letter Django keeps nothing: heard where smtplib hears it."""
    said: list[str] = []
    smtp = getattr(wire, "connection", None)
    if smtp is None:
        return said
    plain = smtp.data

    def heard(message: Any) -> Any:
        code, words = plain(message)
        said.append(f"{code} {_words(words)}")
        return code, words

    smtp.data = heard
    return said


def _words(said: Any) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)

"""Who may enter for somebody else what is theirs to say, and why not: one answer for every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from members.models import Member, User


def why_not_for(member: Member, by: User, does: str) -> str:
    """The sentence why this account does not enter it for that member; "" where it may, and for one's own.

    `does`: what the member does alone, "tự góp ý". Whoever has a device and can sign in says it in person.
    """
    if member.pk == by.member_id or not (member.has_device and member.has_account):
        return ""
    return f"Đồng chí {member} có máy, có tài khoản nên {does}; không ai ghi thay."


def has_signed_in(member: Member) -> bool:
    """Has an account, and somebody has come in with it: whatever is ticked about a device, they know the way."""
    return member.has_account and member.account.last_login is not None


def may_enter_for(member: Member, by: User) -> bool:
    """Somebody else, and there is nothing against it."""
    return member.pk != by.member_id and not why_not_for(member, by, "")

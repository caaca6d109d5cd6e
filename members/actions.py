"""What people do to people and accounts: each function is the only door to its change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from members.access import require_administrator, require_or_administrator, require_self
from members.apart import places_of, told_anew, word_is_taken
from members.changes import claim, hold
from members.entry.actions.news import tell_owner
from members.models import (
    POSTS,
    STANDINGS,
    Member,
    Organisation,
    Tenure,
    TenureKind,
    User,
)
from members.refusal import AlreadyDone, Refused
from members.register import hold_followers, tell_followers
from members.roles import LEADERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model


def _change(row: Model, fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """Save these columns; what was and what is, for the ones that changed."""
    before = {name: str(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    after = {name: str(getattr(row, name)) for name in fields}
    return {name: [old, after[name]] for name, old in before.items() if old != after[name]}


@transaction.atomic
def found_organisation(*, parent: Organisation | None, by: User | None, at: datetime, **fields: Any) -> Organisation:
    """Put an organisation into the tree; its path lists the keys of everything above it and its own."""
    if parent is None:
        require_administrator(by)
    else:
        require_or_administrator(by, "body.found", parent)
    organisation = Organisation.objects.create(parent=parent, **fields)
    place_in_tree(organisation)
    claim(organisation, None, "found_organisation", by=by, at=at)
    return organisation


@transaction.atomic
def edit_organisation(organisation: Organisation, *, fields: Mapping[str, Any], by: User, at: datetime) -> None:
    """These columns; where it stands the administrator alone changes here, others in members/bodies/actions.py."""
    if "parent" in fields:
        require_administrator(by)
    require_or_administrator(by, "body.keep", organisation)
    changed = _change(organisation, fields)
    place_in_tree(organisation)
    claim(organisation, None, "edit_organisation", by=by, at=at, changed=changed)


def place_in_tree(organisation: Organisation) -> None:
    """The path of this organisation, and of everything below it, after its parent changed. One statement for all."""
    above = organisation.parent.path if organisation.parent else "/"
    if organisation.path and above.startswith(organisation.path):
        raise Refused("Một tổ chức không thể trực thuộc chính cấp dưới của mình.", field="parent")
    old, organisation.path = organisation.path, f"{above}{organisation.pk}/"
    if old == organisation.path:
        return
    organisation.save(update_fields=["path"])
    if old:
        tail = Substr("path", len(old) + 1)
        below = Organisation.objects.filter(path__startswith=old).exclude(pk=organisation.pk)
        below.update(path=Concat(Value(organisation.path), tail))


def refuse_ended(body: Organisation) -> None:
    """Nobody enters a body that has ended, nor holds a post there."""
    if body.closed_on is not None:
        raise Refused(f"{body} đã kết thúc hoạt động từ {body.closed_on:%d/%m/%Y}: không ghi thêm người, chức vụ.")


@transaction.atomic
def add_member(
    cell: Organisation,
    *,
    person: Mapping[str, Any],
    standing: TenureKind,
    starts_on: date,
    by: User | None,
    at: datetime,
) -> Member:
    """Enter a person into the cell with a first standing."""
    require_or_administrator(by, "member.manage", cell)
    hold_followers(cell)
    hold(cell)
    refuse_ended(cell)
    if Member.objects.filter(
        organisation=cell, full_name__iexact=person["full_name"], born_on=person.get("born_on")
    ).exists():
        raise Refused(
            "Chi bộ đã có hồ sơ với họ tên và ngày sinh này. Nếu là người khác, hãy ghi ngày sinh để "
            "phân biệt; nếu đồng chí ấy trở lại, hãy ghi tư cách mới ở hồ sơ cũ.",
            field="full_name",
        )
    member = Member.objects.create(organisation=cell, **person)
    Tenure.objects.create(member=member, organisation=cell, kind=standing, starts_on=starts_on)
    claim(member, None, "add_member", by=by, at=at, standing=standing, starts_on=str(starts_on))
    _tell(cell, member, by, at)
    return member


def _tell(cell: Organisation, member: Member, by: User | None, at: datetime) -> None:
    """Namesakes are told apart anew in every cell that this concerns, and whoever follows the register hears of it."""
    day = timezone.localdate(at)
    changed = told_anew({cell.pk, *places_of(member, day)}, day)
    for one in changed:
        one.save(update_fields=["apart"])
    member.refresh_from_db(fields=["apart"])
    told = {one.pk: one for one in (*changed, member)}
    tell_followers(cell, list(told.values()), by, at)


def _refuse_a_word_in_use(member: Member, person: Mapping[str, Any], at: datetime) -> None:
    """Two namesakes of a cell with the same word after their name would not be told apart."""
    word, name = person.get("told_by", member.told_by), person.get("full_name", member.full_name)
    if word and word_is_taken(member, name, word, timezone.localdate(at)):
        raise Refused("Một đồng chí trùng tên đã mang dấu phân biệt này. Xin chọn dấu khác.", field="told_by")


@transaction.atomic
def edit_member(member: Member, *, person: Mapping[str, Any], by: User, at: datetime) -> None:
    require_or_administrator(by, "member.manage", member)
    hold_followers(member.organisation)
    hold(member.organisation)
    _refuse_a_word_in_use(member, person, at)
    changed = _change(member, person)
    claim(member, None, "edit_member", by=by, at=at, changed=changed)
    account = User.objects.filter(member=member).first()
    if "has_device" in changed and account is not None and account.pk != by.pk:
        claim(member, None, "set_device", by=by, at=at, has_device=member.has_device)
        tell_owner(account, "set_device", by, at)
    _tell(member.organisation, member, by, at)


@transaction.atomic
def set_standing(
    member: Member,
    cell: Organisation,
    *,
    kind: TenureKind,
    starts_on: date,
    knowing: bool = False,
    by: User | None,
    at: datetime,
) -> Tenure:
    """From this day the member's standing in the cell is `kind`; the standing before ends the day before.

    Whoever leaves holds no post there any more; `knowing` that this leaves the cell without anybody who leads it.
    """
    require_or_administrator(by, "member.manage", cell)
    hold_followers(cell)
    told: dict[str, Any] = {"organisation": cell.pk, "kind": kind, "starts_on": str(starts_on)}
    claim(member, None, "set_standing", by=by, at=at, **told)
    if member.organisation_id == cell.pk and not Member.objects.filter(pk=member.pk, organisation=cell).exists():
        raise Refused("Hồ sơ này vừa chuyển sang chi bộ khác, nên chưa ghi tư cách.")
    held = Tenure.objects.filter(member=member, organisation=cell, kind__in=STANDINGS)
    if held.filter(starts_on=starts_on, kind=kind).exists():
        raise AlreadyDone
    if held.filter(starts_on__gte=starts_on).exists():
        raise Refused("Đã có tư cách ghi từ ngày này hoặc sau ngày này.", field="starts_on")
    ending = held
    if kind == TenureKind.LEFT and by is not None and not knowing:
        _ask_before_the_last_leader_leaves(member, cell, starts_on)
    if kind == TenureKind.LEFT:
        posts = Tenure.objects.filter(member=member, organisation=cell, kind__in=POSTS)
        if begun := posts.filter(starts_on__gte=starts_on).first():  # it cannot end before it begins, and would stay
            held_as = f"{begun.get_kind_display()} ghi từ {begun.starts_on:%d/%m/%Y}"
            raise Refused(f"Đồng chí này có chức vụ {held_as}: xin kiểm tra ngày.", field="starts_on")
        ending |= posts
    ending.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).update(ends_on=starts_on - timedelta(days=1))
    made = Tenure.objects.create(member=member, organisation=cell, kind=kind, starts_on=starts_on)
    _tell(cell, member, by, at)
    return made


def _ask_before_the_last_leader_leaves(member: Member, cell: Organisation, day: date) -> None:
    leads = Tenure.objects.on(day).filter(organisation=cell, kind__in=LEADERS)
    if leads.filter(member=member).exists() and not leads.exclude(member=member).exists():
        raise Refused(
            f"Từ ngày {day:%d/%m/%Y} chi bộ sẽ không còn bí thư, phó bí thư: không ai gọi họp, sửa danh sách được nữa, "
            "chỉ cấp uỷ cấp trên ghi được bí thư mới. Nếu đúng như vậy, xin đánh dấu rồi ghi lại.",
            field="knowing",
        )


@transaction.atomic
def appoint(
    member: Member,
    organisation: Organisation,
    *,
    kind: TenureKind,
    starts_on: date,
    paper: Mapping[str, Any] | None = None,
    by: User | None,
    at: datetime,
) -> Tenure:
    """Give a post. One secretary at a time: the one before holds the post until the day before.

    `paper`: the columns of its document; on a page it is asked for (members/posts/actions.py).
    """
    require_or_administrator(by, "post.give", organisation)
    hold_followers(organisation)
    refuse_ended(organisation)
    told: dict[str, Any] = {"organisation": organisation.pk, "kind": kind, "starts_on": str(starts_on)}
    claim(member, None, "appoint", by=by, at=at, **told)
    people = [member]
    if kind == TenureKind.SECRETARY:
        before = Tenure.objects.filter(
            organisation=organisation, kind=kind, ends_on__isnull=True, starts_on__lt=starts_on
        )
        people += [one.member for one in before.exclude(member=member).select_related("member")]
        before.update(ends_on=starts_on - timedelta(days=1))
    post = {"organisation": organisation, "kind": kind, "starts_on": starts_on, **(paper or {})}
    made = Tenure.objects.create(member=member, **post)
    tell_followers(organisation, people, by, at)
    return made


@transaction.atomic
def end_tenure(
    tenure: Tenure, *, ends_on: date | None, paper: Mapping[str, Any] | None = None, by: User, at: datetime
) -> None:
    """The last day of a standing or post, with the columns of its document; None opens it again."""
    if tenure.kind in STANDINGS:
        require_administrator(by)
    require_or_administrator(by, "post.give", tenure)
    if ends_on is not None and ends_on < tenure.starts_on:
        raise Refused("Ngày kết thúc không thể trước ngày bắt đầu.", field="ends_on")
    told: dict[str, Any] = {"organisation": tenure.organisation_id, "kind": tenure.kind, "ends_on": str(ends_on)}
    hold_followers(tenure.organisation)
    claim(tenure.member, None, "end_tenure", by=by, at=at, **told)
    written = {"ends_on": ends_on, **(paper or {})}
    for name, value in written.items():
        setattr(tenure, name, value)
    tenure.save(update_fields=[*written])
    _tell(tenure.organisation, tenure.member, by, at)


@transaction.atomic
def open_account(member: Member, *, username: str, by: User | None, at: datetime, email: str = "") -> User:
    """An account that nobody can enter yet: a slip, or a password set by its owner, opens it."""
    require_or_administrator(by, "member.manage", member)
    claim(member, None, "open_account", by=by, at=at)
    if User.objects.filter(member=member).exists():
        raise AlreadyDone
    taken = Refused("Tên đăng nhập này đã có người dùng.", field="username")
    if User.objects.filter(username__iexact=username).exists():
        raise taken
    user = User(username=username, member=member, email=email)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # another cell took the name in the same second
        raise taken from None
    return user


@transaction.atomic
def set_password(user: User, *, password: str, by: User | None, at: datetime) -> None:
    require_self(by, user)
    write_password(user, password)
    if user.member:
        claim(user.member, None, "set_password", by=user, at=at)


def write_password(user: User, password: str, *also: str) -> None:
    """With these other columns. Every session but the one that does it ends, and drafts get another key."""
    user.set_password(password)
    user.draft_version += 1
    user.save(update_fields=["password", "draft_version", *also])


@transaction.atomic
def set_email(user: User, *, email: str, by: User, at: datetime) -> None:
    require_self(by, user)
    user.email = email
    user.save(update_fields=["email"])
    if user.member:
        claim(user.member, None, "set_email", by=by, at=at)


@transaction.atomic
def edit_account(user: User, *, fields: Mapping[str, Any], by: User, at: datetime) -> None:
    """What the server's administrator changes: the name, and whether it may enter at all. The owner is told.

    Whose an account is never changes, nor where its owner is written to: another person gets an account of their own.
    """
    require_administrator(by)
    if user.member_id is not None and (moved := {"member", "email"} & {*fields}):
        raise Refused("Tài khoản của ai là của người ấy: không chuyển, không đổi e-mail thay.", field=min(moved))
    if by is not None and user.pk == by.pk and not fields.get("is_active", True):
        raise Refused("Không ai tự khoá tài khoản của mình; nhờ một quản trị khác.", field="is_active")
    name = fields.get("username", user.username)
    if User.objects.filter(username__iexact=name).exclude(pk=user.pk).exists():
        raise Refused("Tên đăng nhập này đã có người dùng.", field="username")
    changed = _change(user, fields)
    if user.member and changed:
        claim(user.member, None, "edit_account", by=by, at=at, changed=changed)
        tell_owner(user, "edit_account", by, at)

"""The search app: people are found by name; the apps above join what they own, and then all of it is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

if TYPE_CHECKING:
    from members.models import Member, User


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from search import personal  # noqa: F401  (declares what is held)
        from search.keeping import join
        from search.kinds import Group, Searched
        from search.matching import after_migrations

        join(
            Searched(
                "member",
                Group.PEOPLE,
                "Đảng viên",
                "members.Member",
                "member.see",
                reads=("full_name",),
                words=lambda row: (row.full_name,),
                only=_in_the_list,
                opens=_in_the_cell,
                about=str,
                beside=("organisation",),
            )
        )
        post_migrate.connect(after_migrations, sender=self)


def _in_the_list(rows: Any) -> Any:
    """Who stands in the list of members today."""
    from django.utils import timezone

    from members.models import Tenure, TenureKind

    listed = Tenure.objects.on(timezone.localdate()).standings().exclude(kind=TenureKind.LEFT)
    return rows.filter(pk__in=listed.values("member"))


def _in_the_cell(row: Member, user: User) -> str:
    from django.urls import reverse

    return f"{reverse('member-list', args=[row.organisation_id])}?dong-chi={row.pk}#member-{row.pk}"

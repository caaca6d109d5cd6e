"""The server administrator's pages: the tree, people, posts and accounts. Nothing that a meeting holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as _groups  # noqa: F401  (registers what is taken away below)
from django.contrib.auth.models import Group
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp import admin as _devices  # noqa: F401
from django_otp.plugins.otp_totp.models import TOTPDevice

from members import actions
from members.edits import Edits
from members.entry.views.slip_paper import slip_paper
from members.forming import refuse
from members.forms import DayField, NameField, UserNameField, judge_days
from members.models import STANDINGS, Member, Organisation, OrganisationKind, Tenure, TenureKind, User
from members.names import is_found
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse

# Groups decide nothing here, and the secret of somebody's second factor is nobody's to see.
admin.site.unregister([Group, TOTPDevice])
admin.site.site_header = admin.site.site_title = "Chibo – quản trị máy chủ"
admin.site.index_title = "Tổ chức, đảng viên, tài khoản"


class ActionForm(Edits, forms.ModelForm):
    """A form that saves through an action: what the action refuses stands beside its field."""

    by: User
    made_from = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.over(self.initial)

    def act(self) -> Model:
        raise NotImplementedError

    def full_clean(self) -> None:
        """Runs inside the transaction that Django's admin opens around a change."""
        super().full_clean()
        if self.is_bound and not self.errors:
            try:
                self.instance = self.act()
            except Refused as refused:
                refuse(self, refused)
            except AlreadyDone:
                refuse(self, Refused("Việc này đã được ghi rồi."))

    @property
    def signed(self) -> dict[str, Any]:
        return {"by": self.by, "at": timezone.now()}


MOST_FOUND = 5000  # rows; a database takes no more keys in one question than some ten thousand


def found_by_name(rows: QuerySet[Any], columns: Iterable[str], asked: str) -> QuerySet[Any]:
    """The rows in one of whose columns the words stand, however they are typed: no database compares as we do."""
    if not asked.strip():
        return rows
    named = rows.order_by().values_list("pk", *columns)
    found = [pk for pk, *names in named.iterator() if any(is_found(asked, name or "") for name in names)]
    return rows.filter(pk__in=found[:MOST_FOUND])


class ActionAdmin(admin.ModelAdmin):
    """People and organisations have a history: nothing is deleted, and nothing is saved past an action."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        return found_by_name(queryset, self.search_fields, search_term), False

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """The form's action has saved it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OrganisationForm(ActionForm):
    class Meta:
        model = Organisation
        fields = (
            "parent",
            "kind",
            "name",
            "paper_name",
            "superior_line",
            "place_name",
            "symbol",
            "term_started_on",
            "number_minutes",
        )
        field_classes = dict.fromkeys(fields[2:7], NameField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = Organisation.objects.filter(kind=OrganisationKind.COMMITTEE)
        if self.instance.path:
            above = above.exclude(path__startswith=self.instance.path)
        cast("forms.ModelChoiceField", self.fields["parent"]).queryset = above

    def act(self) -> Organisation:
        if self.instance.pk is None:
            return actions.found_organisation(**self.cleaned_data, **self.signed)
        organisation = Organisation.objects.get(pk=self.instance.pk)
        actions.edit_organisation(organisation, fields=self.cleaned_data, **self.signed)
        return organisation


@admin.register(Organisation)
class OrganisationAdmin(ActionAdmin):
    form = OrganisationForm
    list_display = ("name", "kind", "parent")
    list_select_related = ("parent",)
    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("kind",) if obj else ()


class MemberForm(ActionForm):
    full_name = NameField(label="Họ và tên", max_length=80)
    born_on = DayField(label="Ngày sinh", required=False)
    admitted_on = DayField(label="Ngày kết nạp", required=False)
    official_on = DayField(label="Ngày chính thức", required=False)

    class Meta:
        model = Member
        fields = ("organisation", "full_name", "born_on", "admitted_on", "official_on", "has_device", "told_by")

    def clean(self) -> dict[str, Any]:
        judge_days(self)
        return self.cleaned_data

    def act(self) -> Member:
        member = Member.objects.get(pk=self.instance.pk)
        actions.edit_member(member, person=self.cleaned_data, **self.signed)
        return member


class NewMemberForm(MemberForm):
    kind = forms.ChoiceField(label="Tư cách hoặc chức vụ đầu tiên", choices=TenureKind.choices)
    starts_on = DayField(label="Từ ngày", initial=timezone.localdate)

    def act(self) -> Member:
        person = dict(self.cleaned_data)
        cell, kind, starts_on = (person.pop(name) for name in ("organisation", "kind", "starts_on"))
        return actions.add_member(cell, person=person, standing=TenureKind(kind), starts_on=starts_on, **self.signed)


@admin.register(Member)
class MemberAdmin(ActionAdmin):
    form = MemberForm
    list_display = ("full_name", "organisation")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)
    search_fields = ("full_name",)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = MemberForm if obj else NewMemberForm
        return super().get_form(request, obj, change, **{"form": form, **kwargs})


class TenureForm(ActionForm):
    starts_on = DayField(label="Từ ngày", initial=timezone.localdate)

    class Meta:
        model = Tenure
        fields = ("member", "organisation", "kind", "starts_on")

    def act(self) -> Tenure:
        given = self.cleaned_data
        kind = TenureKind(given["kind"])
        enter = actions.set_standing if kind in STANDINGS else actions.appoint
        return enter(given["member"], given["organisation"], kind=kind, starts_on=given["starts_on"], **self.signed)


class TenureEndForm(ActionForm):
    ends_on = DayField(label="Đến hết ngày", required=False)

    class Meta:
        model = Tenure
        fields = ("ends_on",)

    def act(self) -> Tenure:
        tenure = Tenure.objects.select_related("organisation", "member").get(pk=self.instance.pk)
        actions.end_tenure(tenure, ends_on=self.cleaned_data["ends_on"], **self.signed)
        return tenure


@admin.register(Tenure)
class TenureAdmin(ActionAdmin):
    form = TenureForm
    list_display = ("member", "organisation", "kind", "starts_on", "ends_on")
    list_filter = ("kind", "organisation")
    list_select_related = ("member", "organisation")
    search_fields = ("member__full_name",)
    autocomplete_fields = ("member",)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = TenureEndForm if obj else TenureForm
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        entered = ("member", "organisation", "kind", "starts_on")
        return (*entered, "ends_on") if obj else entered

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("member", "organisation", "kind", "starts_on") if obj else ()


class NewAccountForm(ActionForm):
    """A member's account; the next administrator of the server is made with `manage.py createsuperuser`."""

    username = UserNameField()
    member: forms.ModelChoiceField = forms.ModelChoiceField(Member.objects.all(), label="Đảng viên")

    class Meta:
        model = User
        fields = ("username", "member", "email")

    def act(self) -> User:
        return actions.open_account(
            self.cleaned_data["member"],
            username=self.cleaned_data["username"],
            email=self.cleaned_data["email"],
            **self.signed,
        )


class AccountForm(ActionForm):
    """Never a password, never another member: whose an account is and how they come in is not the server's to say."""

    username = UserNameField()

    class Meta:
        model = User
        fields = ("username", "is_active", "is_staff", "is_superuser")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.instance.member_id and (given.get("is_staff") or given.get("is_superuser")):
            self.add_error("is_staff", "Tài khoản quản trị máy chủ không gắn với đảng viên nào.")
        return given

    def act(self) -> User:
        account = User.objects.select_related("member__organisation").get(pk=self.instance.pk)
        fields = {name: self.cleaned_data[name] for name in AccountForm.Meta.fields}
        actions.edit_account(account, fields=fields, **self.signed)
        return account


@admin.register(User)
class AccountAdmin(ActionAdmin):
    """Not Django's own page for users: that one sets passwords, unseen by whoever they belong to."""

    list_display = ("username", "member", "is_active", "is_staff", "last_login")
    list_select_related = ("member",)
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "member__full_name")
    autocomplete_fields = ("member",)
    change_form_template = "members/admin_account.html"

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = AccountForm if obj else NewAccountForm
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*AccountForm.Meta.fields, "member", "last_login", "made_from") if obj else NewAccountForm.Meta.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("member", "last_login") if obj else ()

    def get_urls(self) -> list[Any]:
        slip = path("<int:pk>/slip/", self.admin_site.admin_view(self.slip), name="members_user_slip")
        return [slip, *super().get_urls()]

    @method_decorator(require_POST)
    def slip(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A sign-in slip, as a leader prints it: the first secretary has nobody else to ask."""
        account = get_object_or_404(User.objects.select_related("member__organisation"), pk=pk)
        back = redirect("admin:members_user_change", pk)
        return slip_paper(request, account, back=back)

"""An edit of something that another hand or another tab can edit: the page carries what it was made from."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone

from members.changes import hold, reload
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest

    from members.models import Changing

BASE = "made_from"
CHANGED = (
    "Trong lúc đồng chí mở trang này, có người (hoặc một trang khác của đồng chí) đã lưu thay đổi. "
    "Chưa ghi đè gì. Xin xem các mục có ghi chú rồi bấm lần nữa."
)
TAKEN = "Mục này vừa được đổi ở nơi khác; trang đã lấy theo."


class Edits(forms.BaseForm):
    """A form that can be laid over values that stand: `over()` them, nothing saved in between is overwritten.

    A page carries a mark for each value that it was made from. What has changed since is shown beside its field and
    asked about: what nobody touched here takes the new value, what both have changed keeps what was typed. A second
    press says so knowingly. Without a mark (a script of somebody's own) the last word counts.
    """

    now: Mapping[str, Any] | None = None

    def over(self, now: Mapping[str, Any]) -> Self:
        """`now`: what stands, by field, as the form's initial values have it; names without a field are passed over."""
        self.now = {name: self.fields[name].prepare_value(now[name]) for name in now if name in self.fields}
        self.fields[BASE] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial = {**now, **self.initial, BASE: made_from(self.now)}
        if (helper := getattr(self, "helper", None)) is not None and helper.layout is not None:
            helper.layout.fields.append(BASE)
        return self

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        sent = self.cleaned_data.pop(BASE, "")
        if self.now is not None and not self.errors:
            self._judge(_read(sent), self.now)

    def _judge(self, then: Mapping[str, str], now: Mapping[str, Any]) -> None:
        moved = [name for name in now if name in then and then[name] != _mark(now[name])]
        lost = {name: now[name] for name in moved if self.fields[name].has_changed(now[name], self[name].data)}
        if not lost:
            return
        sent: Any = self.data
        self.data = again = sent.copy()
        again[self.add_prefix(BASE)] = made_from(now)
        for name, value in lost.items():
            touched = _mark(self.fields[name].prepare_value(self.cleaned_data.get(name))) != then[name]
            if not touched:
                _put(self, name, value)
            self.add_error(name, _stands(self.fields[name], value) if touched else TAKEN)
        self.add_error(None, CHANGED)


@contextmanager
def undisturbed(request: HttpRequest, row: Changing, *parts: models.Model) -> Iterator[None]:
    """While a form that was sent is laid over `row` and its `parts`, and saved, nobody else changes them.

    Each is read anew first. Whoever only opens the page holds nothing. Raises Http404 when one is gone.
    """
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        hold(row)
        for one in parts or (row,):
            try:
                reload(one, *(field.attname for field in one._meta.concrete_fields))
            except Refused:
                raise Http404 from None
        yield


def made_from(values: Mapping[str, Any]) -> str:
    """For a form that a template writes itself: what goes into its hidden input `made_from`."""
    return " ".join(f"{name}:{_mark(value)}" for name, value in values.items())


def _read(marks: str) -> dict[str, str]:
    return {name: mark for name, found, mark in (one.partition(":") for one in marks.split()) if found}


def _mark(value: Any) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    """One way to write a value, whether it comes from a column or from what was sent."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return _local(value).isoformat(timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, list | tuple | set | models.QuerySet):
        return " ".join(sorted(_plain(one) for one in value))
    return str(value)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _stands(field: forms.Field, value: Any) -> str:
    return f"Nơi khác vừa lưu là: {_said(field, value)}. Bấm lần nữa để giữ điều đồng chí ghi ở đây."


def _said(field: forms.Field, value: Any) -> str:
    """The value as people read it, whole, between quotation marks: nobody overwrites what they have not seen."""
    words = _plain(value)
    if isinstance(field, forms.BooleanField):
        words = "có" if value else "không"
    elif isinstance(field, forms.ChoiceField):
        words = str(dict(field.choices).get(words, words))  # type: ignore[arg-type]
    elif isinstance(value, datetime):
        words = f"{_local(value):%H:%M ngày %d/%m/%Y}"
    elif isinstance(value, date):
        words = f"{value:%d/%m/%Y}"
    return f"“{words}”" if words else "(để trống)"


def _put(form: Edits, name: str, value: Any) -> None:
    """As if the page had sent this value."""
    data: Any = form.data
    key, widget = form.add_prefix(name), form.fields[name].widget
    if isinstance(widget, forms.CheckboxInput):
        data.pop(key, None)
        if value:
            data[key] = "on"
    elif isinstance(widget, forms.Select):
        data[key] = _plain(value)
    else:
        data[key] = widget.format_value(value) or ""

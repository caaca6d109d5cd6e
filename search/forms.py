"""What is asked, and among what."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from members.forming import HouseForm
from search.kinds import Group

LONGEST_NAME = 80


class SearchForm(HouseForm):
    """`q` may be of any length and hold anything: what is wrong with it is said beside the field, by `Sought`."""

    q = forms.CharField(label="Tìm", required=False)
    muc = forms.ChoiceField(
        label="Trong mục",
        required=False,
        choices=[("", "Tất cả"), *Group.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    nam = forms.TypedChoiceField(
        label="Năm",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    chi_bo = forms.CharField(
        label="Tên chi bộ",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, years: list[int], of_cells: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["nam"]).choices = [("", "Mọi năm"), *((year, year) for year in years)]
        if not of_cells:
            del self.fields["chi_bo"]

"""An action's refusal lands in the form; what is already done counts as done."""

from __future__ import annotations

from django import forms
from django.test import RequestFactory

from members.forming import HouseForm, answer, refuse, run
from members.refusal import AlreadyDone, Refused


class _Form(HouseForm):
    day = forms.CharField()


def _filled() -> _Form:
    form = _Form({"day": "hôm nay"})
    assert form.is_valid()
    return form


def test_a_done_action_leaves_its_result_in_the_form() -> None:
    form = _filled()
    assert (run(form, lambda word, *, twice: word * twice, "ab", twice=2), form.outcome) == (True, "abab")


def test_a_refusal_stands_beside_the_field_it_names() -> None:
    def action() -> None:
        raise Refused("Không được.", field="day")

    form = _filled()
    assert run(form, action) is False
    assert form.errors == {"day": ["Không được."]}


def test_a_refusal_about_something_that_is_not_in_the_form_stands_above_it() -> None:
    form = _filled()
    refuse(form, Refused("Không được.", field="elsewhere"))
    assert form.non_field_errors() == ["Không được."]


def test_the_second_arrival_of_one_click_is_a_success() -> None:
    def action() -> None:
        raise AlreadyDone

    form = _filled()
    assert (run(form, action), form.errors) == (True, {})


def test_a_page_with_errors_answers_422_and_an_untouched_one_200(rf: RequestFactory) -> None:
    request = rf.get("/")
    bad = _Form({"day": ""})
    bad.is_valid()
    assert [answer(request, "ui/saved.html", form).status_code for form in (bad, _Form())] == [422, 200]


def test_the_page_owns_the_form_tag_and_the_token() -> None:
    helper = _Form().helper
    assert (helper.form_tag, helper.disable_csrf) == (False, True)

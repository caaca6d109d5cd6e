"""One mark for every view through which words about people pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def private(view: View) -> View:
    """Stands above every other decorator, so that a report of an error shows nothing of what was read or typed.

    What is sealed in the database would otherwise be written out there: the fields that were sent, and the values of
    every function on the way to the error.
    """
    hidden: View = sensitive_post_parameters()(sensitive_variables()(view))
    hidden.private = True  # type: ignore[attr-defined]
    return hidden

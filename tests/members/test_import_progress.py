"""How far a list is that comes in, told to whoever waits for it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from members.importing import actions, progress
from members.importing.columns import Reading
from members.importing.plan import Asked
from members.importing.tables import read_text
from members.models import TenureKind
from tests.factories import NOW, press

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.conftest import Cast


def test_a_long_list_tells_its_sender_alone_how_far_it_is(
    as_user: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, sent = [], press()
    monkeypatch.setattr(progress, "STEP", 3)
    ask = partial(as_user(cast.lan).get, "/import/far/", {"key": str(sent.key)})
    monkeypatch.setattr(actions, "_enter", after(actions._enter, lambda: seen.append(ask())))
    names = "Họ và tên\n" + "".join(f"Vũ Thị {letter}\n" for letter in "ABCDEGH")
    asked = Asked(Reading.of(read_text(names)), TenureKind.FULL, date(2020, 7, 1))
    mark = actions.planned(cast.cell, asked, NOW).mark
    actions.import_members(cast.cell, asked, mark=mark, skip=False, by=cast.account(cast.lan), at=NOW, key=sent)
    assert seen[0].status_code == 204
    assert [answer.json() for answer in seen[1:]] == [{"done": done, "total": 7} for done in (3, 6)]
    assert ask().json() == {"done": 7, "total": 7}
    assert as_user(cast.hoa).get("/import/far/", {"key": str(sent.key)}).status_code == 204


def after(does: Callable[..., Any], then: Callable[[], None]) -> Callable[..., Any]:
    """The same, with a look beside it."""

    def both(*args: Any) -> Any:
        found = does(*args)
        then()
        return found

    return both

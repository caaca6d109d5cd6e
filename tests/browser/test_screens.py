"""Every main screen on a desk and on a phone: nothing runs off the side, targets fit a thumb, axe finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meetings.lifecycle import State
from tests.browser.looked import complaints, misfits
from tests.sample import this_weeks
from tests.world import make_neighbourhood, with_meeting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.person import Person
    from tests.conftest import Cast
    from tests.once import Shelf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 1280)
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"

SCREENS = {
    State.PLAN: [
        ("", "/sign-in/"),
        ("", "/slip/"),
        ("lan", "/"),
        ("lan", "/account/"),
        ("lan", "/cells/{cell}/meetings/"),
        ("lan", "/cells/{cell}/meetings/new/"),
        ("lan", "/cells/{cell}/meetings/new/?kind=committee"),
        ("lan", "/meetings/{meeting}/"),
        ("lan", "/meetings/{meeting}/edit/"),
        ("lan", "/meetings/{meeting}/items/add/"),
        ("lan", "/cells/{cell}/members/"),
        ("lan", "/cells/{cell}/members/add/"),
        ("lan", "/cells/{cell}/members/import/"),
        ("lan", "/cells/{cell}/members/slips/"),
        ("lan", "/cells/{cell}/handover/"),
        ("lan", "/members/{member}/transfer/"),
        ("phuc", "/committees/{committee}/bodies/"),
        ("phuc", "/committees/{committee}/slips/"),
        ("lan", "/members/{member}/"),
    ],
    State.CALLED: [
        ("nam", "/"),
        ("nam", "/meetings/{meeting}/"),
        ("nam", "/meetings/{meeting}/notice/"),
        ("nam", "/meetings/{meeting}/paper/"),
        ("nam", "/meetings/{meeting}/paper/?paragraph=1"),
        ("tuan", "/meetings/{meeting}/paper/edit/"),
        ("tuan", "/opinions/{opinion}/answer/"),
        ("lan", "/meetings/{meeting}/"),
        ("lan", "/critique/{handed-cycle}/"),
        ("lan", "/critique/{shown-cycle}/ballots/"),
        ("hoa", "/ballots/{ballot}/"),
        ("lan", "/ballots/{counted}/"),
        ("lan", "/critique/{past-cycle}/levels/"),
        ("lan", "/critique/{handed-cycle}/levels/"),
        ("nam", "/critique/{handed-cycle}/published/"),
        ("nam", "/participants/{rated}/level/"),
        ("phuc", "/handed-up/"),
        ("phuc", "/critique/{handed-cycle}/levels/"),
        ("phuc", "/participants/{unrated}/level/"),
        ("phuc", "/self-reviews/{handed}/"),
        ("phuc", "/organisations/{committee}/rulings/?subject=vote"),
    ],
    State.OPEN: [
        ("lan", "/meetings/{meeting}/room/"),
        ("lan", "/items/{item}/desk/"),
        ("lan", "/meetings/{meeting}/room/promises/"),
        ("lan", "/meetings/{meeting}/close/"),
        ("lan", "/tasks/{task}/"),
        ("nam", "/meetings/{meeting}/"),
        ("nam", "/meetings/{meeting}/pocket/"),
        ("lan", "/meetings/{meeting}/wall/"),
        ("lan", "/meetings/{meeting}/score/"),
        ("nam", "/meetings/{meeting}/score/"),
    ],
    State.CLOSED: [
        ("lan", "/meetings/{meeting}/minutes/"),
        ("lan", "/"),
        ("lan", "/cells/{cell}/critique/"),
        ("lan", "/cells/{cell}/critique/new/"),
        ("lan", "/critique/{cycle}/"),
        ("lan", "/critique/{cycle}/edit/"),
        ("lan", "/participants/{participant}/"),
        ("lan", "/self-reviews/{shown}/"),
        ("nam", "/critique/{shown-cycle}/"),
        ("nam", "/self-reviews/{draft}/"),
        ("nam", "/self-reviews/{shown}/"),
        ("nam", "/self-reviews/{draft}/write/strengths/"),
        ("nam", "/self-reviews/{draft}/write/tasks/"),
        ("nam", "/self-reviews/{draft}/write/rating/"),
        ("nam", "/account/data/"),
        ("nam", "/who-may-know/"),
    ],
    State.SEALED: [
        ("lan", "/meetings/{meeting}/minutes/"),
        ("lan", "/meetings/{meeting}/"),
        ("lan", "/cells/{cell}/tasks/"),
        ("nam", "/tasks/{promise}/update/"),
        ("lan", "/resolutions/{resolution}/"),
        ("lan", "/meetings/{meeting}/resolutions/add/"),
        ("phuc", "/"),
        ("phuc", "/needs/no-meeting/"),
        ("phuc", "/committees/{committee}/roll-up/2026/"),
        ("phuc", "/inspections/"),
        ("phuc", "/meetings/{meeting}/minutes/"),
        ("phuc", "/meetings/{meeting}/score/"),
        ("lan", "/cells/{cell}/scores/?nam=2026"),
        ("lan", "/cells/{cell}/needs/"),
    ],
}


@pytest.mark.in_turn
@pytest.mark.parametrize("state", SCREENS, ids=str)
def test_every_screen_fits_reads_in_order_and_can_be_pressed(
    cast: Cast,
    once: Shelf,
    sit_down: Callable[..., Person],
    live_server: object,
    settings: Any,
    tmp_path: Path,
    state: State,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = once.get("two cells, today", lambda: make_neighbourhood(cast))
    keys = once.get(f"meeting, {state}, today", lambda: with_meeting(world, state)).keys
    screens = [(username, pattern.format(**keys)) for username, pattern in this_weeks(SCREENS[state])]
    assert wrong_with(screens, sit_down) == {}


def wrong_with(screens: list[tuple[str, str]], sit_down: Callable[..., Person]) -> dict[str, list[str]]:
    """What is wrong with each of these screens; all that is folded has been unfolded before.

    One page is looked at as narrow as a phone and made as wide as a desk: nothing but the style knows how wide it is.
    """
    people = {username: sit_down(username) for username in dict.fromkeys(username for username, _ in screens)}
    found = {}
    for username, path in screens:
        page = people[username].goes_to(path)
        page.evaluate(UNFOLD)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[f"{username} {path} at {width} px"] = misfits(page) + (
                complaints(page) if width == WIDTHS[-1] else []
            )
    return {screen: what for screen, what in found.items() if what}

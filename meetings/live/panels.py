"""THE PANELS: which pieces each audience sees of the story, and the bytes of each, written once for a version."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.template.loader import get_template

from meetings.lifecycle import State
from meetings.live.story import Story
from meetings.models import Choice, Meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Gathered = Callable[[], Story]


@dataclass(frozen=True, slots=True)
class Panel:
    """One piece of a screen, written from the story alone: no account, no token, the same bytes for everybody."""

    name: str
    template: str


WALL, POCKET, DESK = "wall", "pocket", "desk"

#: What each audience is shown, from the top of its screen to the end.
PANELS: dict[str, tuple[Panel, ...]] = {
    WALL: (
        Panel("head", "meetings/live/wall_head.html"),
        Panel("now", "meetings/live/wall_now.html"),
        Panel("vote", "meetings/live/wall_vote.html"),
        Panel("next", "meetings/live/wall_next.html"),
    ),
    POCKET: (
        Panel("now", "meetings/live/pocket_now.html"),
        Panel("vote", "meetings/live/pocket_vote.html"),
        Panel("floor", "meetings/live/pocket_floor.html"),
        Panel("next", "meetings/live/pocket_next.html"),
        Panel("roll", "meetings/live/pocket_roll.html"),
    ),
    DESK: (),  # it hears of the version alone, and brings its own page (static/follow.js)
}

KEPT = 64  # screens of the latest versions


@dataclass(frozen=True, slots=True)
class Screen:
    """What an audience sees at one version."""

    version: int
    panels: Mapping[str, str]

    def since(self, earlier: Screen) -> dict[str, str]:
        """The panels that say something else now."""
        return {name: html for name, html in self.panels.items() if earlier.panels.get(name) != html}


class Screens:
    """The latest screens, so that whoever joins late or polls gets the bytes that everybody has."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple[int, str, int], Screen] = OrderedDict()
        self.lock = Lock()

    def of(self, meeting: Meeting, audience: str, gathered: Gathered | None = None) -> Screen:
        """The screen of the version that this row has. It was gathered at that version or a later one."""
        key = (meeting.pk, audience, meeting.version)
        with self.lock:  # two who ask at once are shown one and the same
            if key in self.kept:
                self.kept.move_to_end(key)
            else:
                self._keep(key, draw(meeting, audience, gathered))
            return self.kept[key]

    def _keep(self, key: tuple[int, str, int], screen: Screen) -> None:
        self.kept[key] = screen
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)


SCREENS = Screens()


def draw(meeting: Meeting, audience: str, gathered: Gathered | None = None) -> Screen:
    """Every panel of this audience, from a story of its own or from one that another audience is told as well."""
    if not PANELS[audience]:
        return Screen(meeting.version, {})
    story = Story.of(meeting) if gathered is None else gathered()
    context = {"story": story, "meeting": meeting, "states": State, "choices": Choice.choices}
    return Screen(meeting.version, {one.name: get_template(one.template).render(context) for one in PANELS[audience]})

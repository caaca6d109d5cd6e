"""The access matrix: every address, every person. One file for each room; test_access.py tries every line.

"404/200": before and after the minutes are sealed. "in": asked to sign in. States without "-": only in these.
In DOING "yes" has the right; the state may still answer no, in words. The state named there is one in which the
click changes something; a row of the meeting is tried in it, in a plan that is not announced, and after the seal.
What does not depend on the meeting's state (BY_STATE) is asked once, and so are people who have no business here.
In DOING "302" is told why not: Nam stands on the speaking list already.
An address that is missing from READING answers every GET with 405, one that is missing from DOING every POST.
"""

from tests.matrix import (
    book,
    errands,
    hearings,
    levels,
    meetings,
    printing,
    protection,
    reviews,
    rulings,
    search,
    server,
    shelf,
)

_ROOMS = (meetings, reviews, hearings, levels, protection, rulings, book, printing, search, shelf, errands, server)
ROOMS = {room.__name__.rpartition(".")[-1]: room for room in _ROOMS}
READING = "".join(room.READING for room in ROOMS.values())
DOING = "".join(room.DOING for room in ROOMS.values())

# Kinds of rows that are part of the meeting, and pages of the cell that show it.
BY_STATE = {
    "meeting",
    "item",
    "attendance",
    "guest",
    "remark",
    "turn",
    "spoken",
    "vote",
    "outcome",
    "poll",
    "recusal",
    "task",
    "paper",
    "opinion",
    "reading",
    "correction",
    "sheet",
}
SHOWING_IT = {"home", "meeting-list", "task-list", "programme", "calendar", "score-year", "inspection-list"}
SHOWING_IT |= {"needs", "need-list", "cell-needs"}
OUTSIDERS = {"kha", "mai", "far", "admin", "stranger"}

# The deputy gets what the secretary gets, except where Lan answers as chair of the meeting or for herself.
DEPUTY_READS = {
    ("self-review", "typed"): "403",  # Lan types it from paper
    ("self-review-write", "typed"): "403",
    ("prep-note", "noted"): "200",  # it is about Lan
    ("order", "order"): "404",  # Lan has asked for it
    ("criticism", "to-secretary"): "200",  # whoever is written to does not follow it up; the deputy does
}
DEPUTY_DOES = {
    ("correction-add", "remark"): "403",  # Lan has spoken, and asks herself
    ("self-review", "typed"): "403",
    ("write", "review-strengths/typed"): "403",
    ("self-review-submit", "typed"): "403",
    ("order-give-up", "order"): "404",
    ("order-again", "failed-order"): "404",
    ("write", "hearing-response/hearing"): "403",  # what a person says the secretary may write down for them
    ("write", "opinion-reply/hearing-opinion"): "403",
    ("write", "opinion-reply/sent-opinion"): "403",
    ("criticism-reply", "to-secretary"): "yes",
    ("slip-confirm", "slip"): "yes",  # Lan has issued it
}

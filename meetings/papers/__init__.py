"""The papers of a meeting: builders that read what was recorded and return a Document."""

from meetings.papers.exchange import build_exchange
from meetings.papers.minutes import build_addendum, build_minutes
from meetings.papers.notice import build_notice
from meetings.papers.score import build_score
from meetings.papers.standing import confirmed, draft

__all__ = [
    "build_addendum",
    "build_exchange",
    "build_minutes",
    "build_notice",
    "build_score",
    "confirmed",
    "draft",
]

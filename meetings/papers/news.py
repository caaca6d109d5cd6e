"""The news text about a meeting: proposed from the record in our own words, printed as a person has edited it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from documents.model import Document, Picture, Title, para
from meetings.facts import is_apart
from meetings.models import Kind, Mark, OutcomeKind
from meetings.models.news import TO_BE_WRITTEN
from meetings.papers.parts import lines, plain
from meetings.wording import paper_day, sentence
from members.house import in_house_style
from members.secrecy import mark_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documents.model import Block
    from meetings.facts import Evening
    from meetings.models import Meeting
    from meetings.models.news import News, NewsPhoto

ABOUT_PEOPLE = frozenset({"criticism", "admission", "members"})  # nothing of these is news
TO_ADD = f"{TO_BE_WRITTEN} Viết một, hai câu về điều đáng chú ý của buổi sinh hoạt, rồi xoá dòng này."


def proposed(evening: Evening) -> dict[str, str]:
    """Headline and text from the facts alone: no name, nothing that is said of anybody; a person edits all of it."""
    meeting = evening.meeting
    return {"headline": f"{meeting.cell}: {_held(meeting)}"[:200], "text": "\n".join(_paragraphs(evening))}


def _held(meeting: Meeting) -> str:
    topic = f" “{meeting.topic}”" if meeting.topic else ""
    return {
        Kind.THEMATIC: f"sinh hoạt chuyên đề{topic}",
        Kind.COMBINED: f"sinh hoạt thường kỳ kết hợp chuyên đề{topic}",
    }.get(Kind(meeting.kind), f"sinh hoạt chi bộ tháng {meeting.day.month}")


def _paragraphs(evening: Evening) -> Iterator[str]:
    meeting = evening.meeting
    place = f", tại {meeting.place.strip().rstrip('.')}" if meeting.place.strip() else ""
    counted = [row for row in evening.attendances if row.counts]
    here = sum(row.mark == Mark.PRESENT for row in counted)
    when = paper_day(meeting.day).capitalize()
    came = f"{here}/{len(counted)} đảng viên dự"
    yield f"{when}{place}, {meeting.cell} tổ chức {_held(meeting)}; {came}."
    spoke = len({remark.speaker_id for remark in evening.remarks if not _of_people(evening, remark.item_id)})
    if spoke:
        yield f"Có {spoke} đảng viên, đại biểu phát biểu ý kiến."
    agreed = list(dict.fromkeys(_without_names(evening, _concluded(evening))))
    if agreed:
        yield "Chi bộ thống nhất một số nội dung:"
        yield from (f"- {sentence(words)}" for words in agreed)
    yield TO_ADD


def _of_people(evening: Evening, item: int | None) -> bool:
    found = next((one for one in evening.items if one.pk == item), None)
    return found is not None and (found.step in ABOUT_PEOPLE or is_apart(evening.meeting, found))


def _concluded(evening: Evening) -> Iterator[str]:
    for one in evening.outcomes:
        if one.kind != OutcomeKind.INFORMATION and not _of_people(evening, one.item_id):
            yield from lines(one.text)


def _without_names(evening: Evening, words: Iterable[str]) -> Iterator[str]:
    """What names somebody, or bears a mark of secrecy, is nobody's news."""
    names = [row.name.casefold() for row in evening.attendances if row.name]
    for line in words:
        if not mark_in(line) and not any(name in line.casefold() for name in names):
            yield line.removeprefix("-").strip()


@in_house_style
def build_news(news: News, photos: Iterable[NewsPhoto]) -> Document:
    """As it stands; nobody signs it, and it is no paper of the register."""
    meeting = news.meeting
    pictures = [
        Picture(b64encode(bytes(photo.jpeg)).decode(), photo.width, photo.height, photo.caption) for photo in photos
    ]
    blocks: tuple[Block, ...] = (
        Title("TIN SINH HOẠT CHI BỘ", (news.headline.strip(),)),
        *pictures[:1],
        *plain(news.text),
        *pictures[1:],
        para(f"({meeting.cell})"),
    )
    name = f"tin-bai-{meeting.day:%Y-%m-%d}-{meeting.pk}"
    return Document(name, f"Tin bài: {news.headline.strip()}", meeting.day, blocks)

"""Draws figures of a year as bars or lines: SVG for a page, told apart by pattern and mark and never by colour alone.

Plain Python. The words for whoever listens stand in its title and description; a table stands behind each (the page).
"""

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final, Literal
from zlib import crc32

CHART_MM: Final = 92  # how wide on paper
_WIDE: Final = 380
_LEFT: Final = 40
_RIGHT: Final = 8
_LEGEND: Final = 20  # for each line of it
_HIGH: Final = 150  # of the field in which is drawn
_FOOT: Final = 24
_INK: Final = "#1c1917"
_GREY: Final = "#57534e"
_LINE: Final = "#d9d4c7"
_STEPS: Final = (1, 2, 5)
_FILLS: Final = (_GREY, "url(#{name}-lines)", "url(#{name}-dots)")
_DASHES: Final = ("", ' stroke-dasharray="6 4"', ' stroke-dasharray="2 3"')


@dataclass(frozen=True, slots=True)
class Series:
    """None: there is nothing of which it could be said."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`labels`: below, one for each value; `spoken`: the same as they are said. `top`: of a scale that is fixed."""

    title: str
    kind: Literal["bars", "lines"]
    labels: tuple[str, ...]
    spoken: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    top: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= len(_FILLS):
            raise ValueError(f"{len(self.series)} series cannot be told apart in print")
        for one in self.series:
            if len(one.values) != len(self.labels):
                raise ValueError(f"{one.name!r} has {len(one.values)} values for {len(self.labels)} labels")

    @property
    def caption(self) -> str:
        return self.title

    @property
    def high(self) -> int:
        """Of the picture, which is 380 wide: the legend takes a line for each series."""
        return _LEGEND * len(self.series) + 14 + _HIGH + _FOOT

    def size_mm(self, room: float) -> tuple[float, float]:
        """Width and height on paper: four of them stand on a page."""
        wide = min(room, CHART_MM)
        return wide, wide * self.high / _WIDE

    @property
    def is_empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)

    def rows(self) -> list[tuple[str, list[str]]]:
        """The table behind it: what each label stands for, and its values in words."""
        return [
            (said, [self.worded(one.values[number]) for one in self.series]) for number, said in enumerate(self.spoken)
        ]

    def worded(self, value: int | None) -> str:
        return "" if value is None else f"{value}{self.unit}"

    def described(self) -> str:
        """Every figure in a sentence for each series."""
        told = []
        for one in self.series:
            values = zip(self.spoken, one.values, strict=True)
            said = [f"{label}: {self.worded(value)}" for label, value in values if value is not None]
            told.append(f"{one.name}: {'; '.join(said) or 'chưa có'}.")
        return " ".join(told)


def svg(chart: Chart, fonts: str = "") -> str:
    """The picture. No style and no script in it, so that every page may hold it. `fonts`: where no page gives one."""
    name, top = f"c{crc32(chart.title.encode()):08x}", _LEGEND * len(chart.series) + 14
    step = _step(chart.top or max((value or 0 for one in chart.series for value in one.values), default=0))
    most = chart.top or max(step * 4, step)
    field = _Field(top, most, len(chart.labels))
    face = f' font-family="{escape(fonts)}"' if fonts else ""
    drawn = _bars(chart, field, name) if chart.kind == "bars" else _lines(chart, field)
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {chart.high}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="13"{face} fill="{_INK}">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-desc">{escape(chart.described())}</desc>'
        f"{_patterns(name)}{_legend(chart, name)}{_grid(chart, field, step)}{drawn}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """Where things stand: `top` of the field, the highest value, how many slots there are side by side."""

    top: int
    most: int
    slots: int

    @property
    def slot(self) -> float:
        return (_WIDE - _LEFT - _RIGHT) / max(self.slots, 1)

    def x(self, number: int) -> float:
        """The middle of a slot."""
        return _LEFT + self.slot * (number + 0.5)

    def y(self, value: float) -> float:
        return self.top + _HIGH * (1 - min(value, self.most) / self.most)


def _step(most: int) -> int:
    """A quarter of the scale, round: 1, 2, 5, 10, 20, 50 …; 25 for a hundred."""
    if most == 100:
        return 25
    power = 1
    while True:
        for one in _STEPS:
            if one * power * 4 >= most:
                return one * power
        power *= 10


def _patterns(name: str) -> str:
    """White under both, so that they stay apart from the solid one on any paper."""
    return (
        f'<defs><pattern id="{name}-lines" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
        f'<rect width="2" height="6" fill="{_INK}"/></pattern>'
        f'<pattern id="{name}-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.4" fill="{_INK}"/></pattern></defs>'
    )


def _legend(chart: Chart, name: str) -> str:
    found = []
    for number, one in enumerate(chart.series):
        middle = 10 + _LEGEND * number
        if chart.kind == "bars":
            sign = (
                f'<rect x="1" y="{middle - 6}" width="24" height="12" stroke="{_INK}" '
                f'fill="{_FILLS[number].format(name=name)}"/>'
            )
        else:
            sign = f'<path d="M0 {middle}H26" stroke="{_INK}" stroke-width="2"{_DASHES[number]}/>' + _mark(
                13, middle, number
            )
        found.append(f'{sign}<text x="34" y="{middle + 4}">{escape(one.name)}</text>')
    return "".join(found)


def _grid(chart: Chart, field: _Field, step: int) -> str:
    found = []
    for value in range(0, field.most + 1, step):
        y = _round(field.y(value))
        colour = _GREY if value == 0 else _LINE
        found.append(f'<path d="M{_LEFT} {y}H{_WIDE - _RIGHT}" stroke="{colour}"/>')
        found.append(
            f'<text x="{_LEFT - 6}" y="{_round(field.y(value) + 4)}" text-anchor="end">{chart.worded(value)}</text>'
        )
    foot = field.top + _HIGH + 18
    found += [
        f'<text x="{_round(field.x(number))}" y="{foot}" text-anchor="middle">{escape(label)}</text>'
        for number, label in enumerate(chart.labels)
    ]
    return "".join(found)


def _bars(chart: Chart, field: _Field, name: str) -> str:
    """Side by side in their slot, with their figure above where there is room for it."""
    many, found = len(chart.series), []
    wide = min(22.0, (field.slot - 5) / many)
    for number, one in enumerate(chart.series):
        for slot, value in enumerate(one.values):
            if not value:
                continue
            left, y = field.x(slot) + wide * (number - many / 2), field.y(value)
            found.append(
                f'<rect x="{_round(left)}" y="{_round(y)}" width="{_round(wide - 1)}" '
                f'height="{_round(field.y(0) - y)}" stroke="{_INK}" fill="{_FILLS[number].format(name=name)}"/>'
            )
            if len(str(value)) * 7 <= wide + 3:
                found.append(_figure(left + wide / 2, y - 4, str(value)))
    return "".join(found)


def _lines(chart: Chart, field: _Field) -> str:
    """A line breaks where there is nothing; every point has its mark, of a single line also its figure."""
    found = []
    for number, one in enumerate(chart.series):
        points = [(field.x(slot), field.y(value), value) for slot, value in enumerate(one.values) if value is not None]
        for there, run in groupby(enumerate(one.values), lambda pair: pair[1] is not None):
            if there:
                way = "L".join(f"{_round(field.x(slot))} {_round(field.y(value or 0))}" for slot, value in run)
                found.append(f'<path d="M{way}" fill="none" stroke="{_INK}" stroke-width="2"{_DASHES[number]}/>')
        for x, y, value in points:
            found.append(_mark(x, y, number))
            if len(chart.series) == 1:
                found.append(_figure(x, y + 17 if y < field.top + 16 else y - 8, str(value)))
    return "".join(found)


def _mark(x: float, y: float, number: int) -> str:
    """A full circle, an open square, an open triangle."""
    left, up = _round(x - 4), _round(y - 4)
    if number == 0:
        return f'<circle cx="{_round(x)}" cy="{_round(y)}" r="4"/>'
    if number == 1:
        return f'<rect x="{left}" y="{up}" width="8" height="8" fill="#fff" stroke="{_INK}" stroke-width="2"/>'
    return f'<path d="M{left} {_round(y + 4)}h8l-4 -8z" fill="#fff" stroke="{_INK}" stroke-width="2"/>'


def _figure(x: float, y: float, words: str) -> str:
    return f'<text x="{_round(x)}" y="{_round(y)}" text-anchor="middle" font-size="12">{words}</text>'


def _round(figure: float) -> str:
    return f"{figure:.1f}".removesuffix(".0")

"""The forms that a page shows, read as a browser reads them: where each goes, and what each of its fields holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

from tests.addresses import address
from tests.matrix import READING

if TYPE_CHECKING:
    from tests.world import World

#: Inputs into which people write words.
WRITTEN = {"text", "textarea", "search"}


@dataclass
class Field:
    kind: str
    value: str


@dataclass
class PageForm:
    """`fields` by name, as they would be sent; a button's own name and value are left out."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    files: bool = False
    first: dict[str, str] = field(default_factory=dict)  # choices and named buttons
    keeps: bool = False  # its words are saved while they are typed

    @property
    def data(self) -> dict[str, str]:
        return {name: one.value for name, one in self.fields.items() if name != "csrfmiddlewaretoken"}

    @property
    def words(self) -> list[str]:
        """Names of the fields into which words are written."""
        return [name for name, one in self.fields.items() if one.kind in WRITTEN]


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.found, self.text, self.select = url, list[PageForm](), "", ""
        self.form: PageForm | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = PageForm(
                urldefrag(urljoin(self.url, given.get("action") or ""))[0], given.get("method", "get").lower()
            )
            self.found.append(self.form)
        if self.form is None:
            return
        if "data-write" in given or "data-write-to" in given:
            self.form.keeps = True
        read = getattr(self, f"_{tag}", None)
        if read is not None:
            read(self.form, given.get("name", ""), given)

    def _input(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        ticked = kind in {"checkbox", "radio"}
        form.files = form.files or kind == "file"
        if not name or kind == "file":
            return
        if kind == "radio":
            form.first.setdefault(name, given.get("value", "on"))
        if not ticked or "checked" in given:
            kind = "number" if given.get("inputmode") == "numeric" else "date" if "data-day" in given else kind
            kind = "readonly" if "readonly" in given else kind
            form.fields[name] = Field(kind, given.get("value", "on" if ticked else ""))

    def _button(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        if name:
            form.first.setdefault(name, given.get("value", ""))

    def _textarea(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        self.text = name
        form.fields[name] = Field("textarea", "")

    def _select(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        self.select = name

    def _option(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        value = given.get("value", "")
        if self.select not in form.fields or "selected" in given:
            form.fields[self.select] = Field("select", value)
        if value:
            form.first.setdefault(self.select, value)

    def handle_data(self, data: str) -> None:
        if self.text and self.form is not None:
            self.form.fields[self.text].value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "textarea":
            self.text = ""
        if tag == "select":
            self.select = ""


def forms_on(response: Any, url: str) -> list[PageForm]:
    """Every form that is sent by POST, in the order of the page; a first line break in a textarea is the markup's."""
    reader = _Reader(url)
    reader.feed(response.content.decode())
    for form in reader.found:
        for one in form.fields.values():
            if one.kind == "textarea":
                one.value = one.value.removeprefix("\r\n").removeprefix("\n")
    return [form for form in reader.found if form.method == "post"]


def pages_for(world: World) -> list[tuple[str, str]]:
    """Name and whose, and the address, of every page of the matrix that this world has a row for."""
    lines = (line.split()[:2] for line in READING.strip().splitlines())
    there = {"-", *world.keys}
    return [(f"{name} {of}", address(name, of, world.keys)) for name, of in lines if of.rpartition("/")[-1] in there]

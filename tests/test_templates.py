"""What holds for every template: a form that changes something carries its token, also inside an include."""

import re
from pathlib import Path

from django.template.loader import get_template

from tests.addresses import our_urls

TEMPLATES = Path(__file__).parent.parent / "templates"
INCLUDE = re.compile(r'{% include "([^"]+)"([^%]*)%}')


def test_every_template_can_be_read() -> None:
    """Also those that no test has shown: the server reads all of them before it starts, and stays down over one."""
    for path in TEMPLATES.rglob("*.html"):
        get_template(str(path.relative_to(TEMPLATES)))


def test_a_piece_with_a_form_is_given_the_token_where_it_is_isolated() -> None:
    """`include ... only` shuts out the token; without script the form would then be refused."""
    with_forms = {
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if "{% csrf_token %}" in path.read_text()
    }
    forgotten = [
        (path.name, piece)
        for path in TEMPLATES.rglob("*.html")
        for piece, rest in INCLUDE.findall(path.read_text())
        if piece in with_forms and " only" in rest and "csrf_token=csrf_token" not in rest
    ]
    assert "ui/confirm.html" in with_forms
    assert forgotten == []


def test_every_form_that_posts_to_us_carries_the_token() -> None:
    bare = [
        path.name
        for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL)
        if "{% csrf_token %}" not in form
    ]
    assert bare == []


def test_a_browser_keeps_no_copy_of_what_is_typed_in_a_meeting() -> None:
    """Chromium writes the fields of a form into its session file, readable on the disk, unless the form says no."""
    keeping = [
        (path.name, form)
        for folder in ("meetings", "critique", "privacy", "rulings", "ui")
        for path in (TEMPLATES / folder).rglob("*.html")
        for form in re.findall(r"<form\b[^>]*method=\"post\"[^>]*>", path.read_text())
        if 'autocomplete="off"' not in form
    ]
    assert keeping == []


def test_every_address_that_a_template_names_exists() -> None:
    """Also those in a branch that no test has walked."""
    texts = (path.read_text() for path in TEMPLATES.rglob("*.html"))
    named = {name for text in texts for name in re.findall(r"{% url '([a-z0-9-]+)'", text)}
    assert len(named) > 50
    assert named - set(our_urls()) == set()


# Bound from prints, each of which is offered in Word by itself; the bytes that were signed.
IN_PRINT_ALONE = {"year-book", "signed-file", "conference-signed-file"}
SIGNED = "signed.html"  # its addresses are made in the view, of meetings and of conferences
URL = r"{% url '([a-z0-9-]+)'"


def test_wherever_a_paper_is_offered_in_print_it_is_offered_in_word() -> None:
    """A form sends the wish beside its fields; a link in a sentence about another thing is no offer."""
    printed = {name for name, pattern in our_urls().items() if str(pattern.pattern).endswith(".pdf")}
    lacking = []
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        offered = set(re.findall(r"{% url '([a-z0-9-]+)'", text)) & printed - IN_PRINT_ALONE
        in_word = set(re.findall(r"{% word '([a-z0-9-]+)'", text))
        if "(PDF)" in text and offered - in_word and "{% word form=" not in text:
            lacking.append((path.name, offered - in_word))
        if (
            "(PDF)</" in text
            and "{% word " not in text
            and not IN_PRINT_ALONE & set(re.findall(URL, text))
            and path.name != SIGNED
        ):
            lacking.append((path.name, {"a button"}))
        if re.search(r"\bdang\b[=\"]", text):
            lacking.append((path.name, {"written by hand"}))
    assert len(printed) > 20
    assert lacking == []


def test_the_page_for_an_error_of_the_server_asks_nothing_that_may_have_failed() -> None:
    """It knows what was written, and nothing else: no other template, no address, no file."""
    page = (TEMPLATES / "500.html").read_text()
    known = r"{% (if written|endif|for text in written|endfor) %}|{{ text\|linebreaksbr }}"
    assert re.findall(r"{%|{{|src=|href=\"(?!/\")", re.sub(known, "", page)) == []


def test_buttons_one_below_the_other_stand_in_a_row_that_keeps_them_apart() -> None:
    """On a narrow screen they wrap: only `row-actions` and its like leave a finger's room between two lines."""
    bare = [
        path.name
        for path in TEMPLATES.rglob("*.html")
        for piece in re.findall(r"<noscript>(.*?)</noscript>", path.read_text(), re.DOTALL)
        if piece.count("<button") > 1 and "row-actions" not in piece
    ]
    assert bare == []


BUTTON = re.compile(r'<button class="(btn-\w+)[^"]*"[^>]*>([^<{]+)<')
ASKED = re.compile(r'{% include "ui/confirm.html" with ([^%]*)%}')
TAKES_AWAY = re.compile(r"(?:Đề nghị )?(?:xoá|huỷ|gạch|thu hồi)\b", re.IGNORECASE)
KEEPS = re.compile(r"(?:Không|Giữ|Khai mạc|Bỏ ghi kết thúc|Gửi thư thử)\b")


def test_a_button_that_takes_something_away_is_never_the_main_one_and_one_that_keeps_it_warns_of_nothing() -> None:
    """By the words on them; the piece that asks first warns unless it is told how its button looks."""
    shown = [
        (words.strip(), looks)
        for path in TEMPLATES.rglob("*.html")
        for looks, words in BUTTON.findall(path.read_text())
    ]
    for path in TEMPLATES.rglob("*.html"):
        for told in ASKED.findall(path.read_text()):
            given = dict(re.findall(r'(\w+)="([^"]*)"', told))
            shown.append((given.get("do", ""), given.get("looks", "btn-danger")))
    assert [words for words, looks in shown if looks == "btn-main" and TAKES_AWAY.match(words)] == []
    assert [words for words, looks in shown if looks == "btn-danger" and KEEPS.match(words)] == []
    assert {looks for words, looks in shown if words == "Gửi thư thử"} == {"btn-quiet"}

"""The files that travel together are those that stand in static/, whole and in their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from chibo.bundles import BUNDLES, Finder


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_its_files_one_after_the_other(name: str) -> None:
    bundle, place = Path(str(finders.find(name))).read_text(encoding="utf-8"), 0
    for one in BUNDLES[name]:
        file = Path(str(finders.find(f"{one}{Path(name).suffix}"))).read_text(encoding="utf-8")
        whole = re.sub(r"^/\*# sourceMappingURL.*$", "", file, flags=re.MULTILINE)
        assert whole in bundle[place:]
        place = bundle.index(whole, place) + len(whole)
    assert "sourceMappingURL" not in bundle


def test_a_bundle_is_collected_and_no_other_file_is_found_as_one() -> None:
    assert [name for name, _ in Finder().list(None)] == list(BUNDLES)
    assert Finder().find("chibo.js") == []
    assert finders.find("khong-co.js") is None
    assert staticfiles_storage.url("house.css") == f"{settings.STATIC_URL}house.css"


def test_no_page_names_a_file_that_its_bundle_brings() -> None:
    """Twice in one page a script would begin twice. Without signing in a page has chibo.js alone, a form writing.js.

    What the desk brings to quote from the shelf two other pages name by themselves.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "templates").rglob("*.html")}
    named = {(path.name, one) for path, text in pages.items() for one in re.findall(r"{% static '([^']+)' %}", text)}
    bundled = {f"{one}{Path(name).suffix}" for name, files in BUNDLES.items() for one in files}
    assert {(page, one) for page, one in named if one in bundled} == {
        ("base.html", "chibo.js"),
        ("writing_script.html", "elsewhere.js"),
        ("writing_script.html", "writing.js"),
        ("paper_edit.html", "quoting.js"),
        ("resolution_paper.html", "quoting.js"),
    }

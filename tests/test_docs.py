"""What the documents say is there: buttons, pictures, files, settings, commands and names in the code."""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.sample import only_long
from tests.test_architecture import APPS

ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs" / "huong-dan.md"
PICTURES = ROOT / "docs" / "pictures"
PAGES = ("README.md", "ARCHITECTURE.md", "docs/huong-dan.md", "docs/glossary.md")


def text(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def sources(*endings: str) -> str:
    folders = [ROOT / name for name in (*APPS, "templates", "static")]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in endings]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def told_to_press(guide: str) -> set[str]:
    """Whatever stands in bold or in Vietnamese quotation marks."""
    return set(re.findall(r"\*\*(.+?)\*\*", guide)) | set(re.findall(r"“([^”]+)”", guide))


def anchor(heading: str) -> str:
    """As the forges make them: small letters and figures, spaces as hyphens."""
    kept = (c for c in heading.lower() if c in " -" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).strip().replace(" ", "-")


def test_a_button_that_the_guide_names_is_in_the_program() -> None:
    program = unescape(sources(".html", ".py", ".js"))
    assert sorted(words for words in told_to_press(text(GUIDE)) if words not in program) == []
    assert told_to_press("Bấm **Khai mạc** rồi “Ghi giờ”.") == {"Khai mạc", "Ghi giờ"}


def test_every_picture_of_the_guide_is_there_and_none_lies_about_unused() -> None:
    shown = [name for page in PAGES for name in re.findall(r"!\[[^\]]+\]\((?:docs/)?pictures/([^)]+)\)", text(page))]
    assert set(shown) == {path.name for path in PICTURES.iterdir()}


def test_a_picture_is_small_enough_for_a_slow_line() -> None:
    assert [path.name for path in PICTURES.iterdir() if path.stat().st_size > 90_000] == []
    assert [path.name for path in PICTURES.iterdir() if Image.open(path).width > 900] == []


def test_a_link_leads_to_a_page_or_a_heading_that_exists() -> None:
    broken = []
    for page in PAGES:
        headings = {f"#{anchor(line)}" for line in re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)}
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text(page)):
            found = target in headings if target.startswith("#") else ((ROOT / page).parent / target).exists()
            broken += [] if found else [f"{page}: {target}"]
    assert broken == []


def test_a_file_that_readme_or_architecture_names_exists() -> None:
    missing = []
    for page in ("README.md", "ARCHITECTURE.md"):
        named = re.findall(r"`((?:\w[\w.-]*/)+[\w.-]*|[\w.-]+\.(?:py|md|txt|toml))`", text(page))
        made = ("var/", "templates/<app>/<view>.html")
        missing += [f"{page}: {path}" for path in named if path not in made and not (ROOT / path).exists()]
        assert len(named) > 5, page
    assert missing == []


def parts_of_the_tree() -> dict[str, set[str]]:
    tree = text("ARCHITECTURE.md").split("## The tree")[1].split("```")[1]
    parts = re.split(r"^(?=\w+/)", tree.strip(), flags=re.MULTILINE)[1:]
    found = {}
    for part in parts:
        folder, *names = re.findall(r"(?<![\w/])([\w-]+(?:\.(?:py|md|css|js|html)|/))", part)
        found[folder.rstrip("/")] = set(names)
    return found


def test_the_tree_in_architecture_names_what_is_in_each_folder() -> None:
    parts = parts_of_the_tree()
    missing = [
        f"{folder}/{name}" for folder, names in parts.items() for name in names if not (ROOT / folder / name).exists()
    ]
    assert missing == []
    assert len(parts) > 10


def test_each_room_of_an_app_stands_in_the_tree_of_architecture() -> None:
    usual = {"__init__.py", "apps.py", "migrations/", "__pycache__/"}
    parts, unnamed = parts_of_the_tree(), []
    for app in APPS:
        there = {one.name + "/" * one.is_dir() for one in (ROOT / app).iterdir() if one.suffix in ("", ".py")}
        unnamed += [f"{app}/{name}" for name in sorted(there - usual - parts[app])]
    assert unnamed == []


def test_the_tree_names_every_script_and_style() -> None:
    there = {path.name for path in (ROOT / "static").iterdir() if path.suffix in (".js", ".css")}
    assert sorted(there - parts_of_the_tree()["static"]) == []


def said_twice(lines: list[str]) -> list[str]:
    return sorted(line for line, times in Counter(lines).items() if times > 1)


def test_architecture_says_each_thing_once() -> None:
    """Files of the tree, things and places of the two tables: a merge likes to leave a line twice."""
    page = text("ARCHITECTURE.md")
    tree = page.split("## The tree")[1].split("```")[1]
    for part in re.split(r"^(?=\w+/)", tree.strip(), flags=re.MULTILINE):
        assert said_twice(re.findall(r"(?<![\w/])[\w-]+\.(?:py|css|js|md)", part)) == []
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
    assert said_twice([row[0] for row in rows]) == []
    assert said_twice([" | ".join(row) for row in rows]) == []


def test_the_changelog_says_each_thing_once() -> None:
    assert said_twice([line.partition(":")[0] for line in text("CHANGELOG.md").splitlines() if line[:2] == "- "]) == []


def test_architecture_sends_nobody_to_a_function_that_is_gone() -> None:
    code = sources(".py")
    named = set(re.findall(r"`(?:\w+\.)?(\w+)\(\)`", text("ARCHITECTURE.md")))
    assert sorted(name for name in named if f"def {name}(" not in code) == []
    assert {"claim", "save_text", "load"} <= named


def test_a_setting_that_the_readme_names_is_written_down_as_an_example() -> None:
    named = set(re.findall(r"\b(CHIBO_\w+|DATABASE_URL|WEB_CONCURRENCY|PORT|DEMO_PASSWORD)\b", text("README.md")))
    written = set(re.findall(r"^(?:# )?(\w+)=", text(".env.example"), re.MULTILINE))
    assert sorted(named - written) == []


def test_a_command_that_the_readme_names_is_in_the_makefile() -> None:
    named = set(re.findall(r"(?:^|`|=\d+ )make (\w+)", text("README.md"), re.MULTILINE))
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    assert sorted(named - targets) == []
    assert {"run", "test"} <= named


def test_a_name_in_the_glossary_is_a_name_in_the_code() -> None:
    code = set(re.findall(r"\w+", sources(".py")))
    rows = [line for line in text("docs/glossary.md").splitlines() if line.startswith("|")]
    named = {name for row in rows for name in re.findall(r"`(?:\w+\.)?(\w+)`", row)}
    assert sorted(named - code) == []
    assert len(named) > 80


def test_decisions_are_numbered_without_a_gap_and_say_why() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    parts = ["**Context.**", "**Decision.**", "**Consequences.**"]
    assert [path.name for path in files if not all(part in text(path) for part in parts)] == []


def test_the_changelog_begins_with_the_version_of_the_project() -> None:
    newest = re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)
    version = re.search(r'^version = "(.+)"', text("pyproject.toml"), re.MULTILINE)
    assert newest is not None
    assert version is not None
    assert newest[1] == version[1]


@pytest.mark.browser
@pytest.mark.long
@only_long
def test_the_pictures_of_the_guide_can_be_made_again(tmp_path: Path) -> None:
    made = [sys.executable, "docs/pictures.py", str(tmp_path)]
    ran = subprocess.run(made, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in PICTURES.iterdir()}


def test_no_paragraph_stands_in_a_document_twice() -> None:
    """Two branches that mend the same one leave both behind, and nothing else complains."""
    twice = []
    for page in (*PAGES, "CHANGELOG.md"):
        begun = Counter(line.strip()[:60] for line in text(page).splitlines() if len(line.strip()) >= 60)
        twice += [f"{page}: {words}" for words, times in begun.items() if times > 1]
    assert twice == []

"""What the project promises about its own files: settings written down, versions pinned, no inline code."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ_ONLY_BY_COMMANDS = {"DEMO_PASSWORD", "CHIBO_BACKUP_PASSPHRASE", "CHIBO_ARCHIVE_PASSPHRASE"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_that_is_read_is_written_down_and_no_other() -> None:
    sources = "".join(map(text, ["chibo/settings.py", "chibo/env.py", "gunicorn.conf.py"]))
    reads = r'(?:env_\w+|environ\.get)\(\s*"([A-Z_]+)"'
    written = re.findall(r"^(?:# )?([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    assert set(written) - READ_ONLY_BY_COMMANDS == set(re.findall(reads, sources))


def test_every_package_that_is_needed_is_pinned_to_one_version() -> None:
    project = tomllib.loads(text("pyproject.toml"))

    def key(line: str) -> str:
        return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=]", line)[0]).lower()

    lines = text("requirements.txt").splitlines()
    pinned = {key(line) for line in lines if re.fullmatch(r"[\w.-]+==[\w.]+", line)}
    assert [line for line in lines if key(line) not in pinned and not line.startswith("#")] == []
    assert {key(need) for need in project["project"]["dependencies"]} - pinned == set()


def test_no_template_holds_a_script_a_style_or_a_handler() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert [str(page.relative_to(ROOT)) for page in pages if inline.search(page.read_text("utf-8"))] == []
    assert inline.search('<p style="color: red">') is not None


def test_the_third_of_december_is_never_read_as_the_twelfth_of_march() -> None:
    day = forms.DateField(localize=True).clean("03/12/2026")
    moment = forms.DateTimeField(localize=True).clean("03/12/2026 19:00")
    assert (day.isoformat(), moment.isoformat()) == ("2026-12-03", "2026-12-03T19:00:00+07:00")


@pytest.mark.parametrize(("command", "role"), [("rotate_keys", "owner"), ("migrate", "owner"), ("runserver", "server")])
def test_what_rewrites_rows_that_are_only_added_to_signs_in_as_their_owner(command: str, role: str) -> None:
    read = f"import sys; sys.argv = ['manage.py', {command!r}]; from chibo.settings import DATABASES"
    said = f"{read}; print(DATABASES['default']['USER'])"
    urls = {f"DATABASE{name}_URL": f"postgres://{user}@here/x" for name, user in (("", "server"), ("_OWNER", "owner"))}
    around = {**os.environ, **urls, "CHIBO_DEBUG": "1"}
    told = subprocess.run(
        [sys.executable, "-c", said], env=around, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == role


def test_an_installed_server_gives_the_owner_s_password_to_the_same_commands() -> None:
    taking = re.search(r"^(.+)\) take /etc/chibo/owner\.env", text("deploy/chibo"), re.MULTILINE)
    assert taking is not None
    assert taking[1].split(" | ") == [*settings.AS_OWNER]

"""What can be tried of installing without a machine of its own: the files that it writes and what it refuses.

The whole of it is tried by hand on a fresh machine before a release (docs/decisions/0049-…).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from meetings import photos, uploads
from meetings.live.hub import BEAT

ROOT = settings.BASE_DIR
DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
SHARED = UNITS / "chibo-.service.d" / "shared.conf"
SCRIPTS = [ROOT / "scripts" / "install", *(DEPLOY / "parts").iterdir(), DEPLOY / "chibo", DEPLOY / "renewed"]
SECRETS = ("chibo.env", "owner.env", "backup.env")


def ran(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, timeout=60, env=os.environ | more, check=False
    )


def install(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return ran(ROOT / "scripts" / "install", *words)


def written(tree: Path, name: str) -> dict[str, str]:
    lines = (tree / "etc" / "chibo" / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_shell_can_read_each_script(script: Path) -> None:
    assert ran("bash", "-n", script).stderr == ""
    if shutil.which("shellcheck"):
        assert ran("shellcheck", script).stdout == ""


def test_help_and_refusals_are_sentences(tmp_path: Path) -> None:
    assert "sudo scripts/install chibo.example" in install("--help").stdout
    for words, sentence in [
        (["--root", tmp_path], "chưa nêu tên miền"),
        (["--root", tmp_path, "Chi bo"], "không phải tên miền"),
        (["--root", tmp_path, "10.0.0.5"], "không phải tên miền"),
        (["--root", tmp_path, "a.example", "b.example"], "chỉ nêu một tên miền"),
        (["--root", tmp_path, "a.example", "--cert", "gone.pem"], "cần cả --cert và --key"),
        (["--root", tmp_path, "a.example", "--wheels", "gone"], "không có thư mục gone"),
        (["--root", tmp_path, "--nonsense"], "không có lựa chọn --nonsense"),
        (["--root"], "còn thiếu giá trị"),
    ]:
        said = install(*words)
        assert (said.returncode, sentence in said.stderr) == (1, True), said.stderr
    assert list(tmp_path.iterdir()) == []


def test_secrets_are_made_once_for_root_alone_and_never_written_over(tmp_path: Path) -> None:
    assert install("--root", tmp_path, "chibo.example").returncode == 0
    folder = tmp_path / "etc" / "chibo"
    before = {name: (folder / name).read_bytes() for name in SECRETS}
    assert {(folder / name).stat().st_mode & 0o777 for name in SECRETS} == {0o600}
    again = install("--root", tmp_path)
    assert (again.returncode, "Lập tệp" in again.stdout) == (0, False)
    assert {name: (folder / name).read_bytes() for name in SECRETS} == before
    other = install("--root", tmp_path, "other.example")
    assert (other.returncode, "đã cài cho chibo.example" in other.stderr) == (1, True)


def test_the_program_starts_with_what_was_written_and_the_server_does_not_know_the_owner(tmp_path: Path) -> None:
    install("--root", tmp_path, "chibo.example")
    server, owner, backup = (written(tmp_path, name) for name in SECRETS)
    assert "OWNER" not in (tmp_path / "etc" / "chibo" / "chibo.env").read_text(encoding="utf-8")
    assert owner["DATABASE_OWNER_URL"].startswith("postgres://chibo_owner:")
    assert len(backup["CHIBO_BACKUP_PASSPHRASE"]) >= 24
    known = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({*server, *owner, *backup} - {*known}) == []
    told = "from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.DATABASES['default']['USER'], s.HTTPS)"
    said = ran(sys.executable, "-c", told, **server, DJANGO_SETTINGS_MODULE="chibo.settings", CHIBO_DEBUG="0")
    assert said.stdout == "['chibo.example'] chibo True\n", said.stderr


def test_a_check_of_an_empty_tree_names_what_is_missing(tmp_path: Path) -> None:
    said = install("--check", "--root", tmp_path)
    assert (said.returncode, said.stdout.splitlines()[-1]) == (1, "6 điều chưa đạt.")
    for missing in (*SECRETS, "chương trình", "chứng thư", "sao lưu"):
        assert re.search(rf"^CHƯA ĐẠT .*{missing}", said.stdout, re.MULTILINE), missing
    install("--root", tmp_path, "chibo.example")
    (tmp_path / "etc" / "chibo" / "owner.env").chmod(0o644)
    said = install("--check", "--root", tmp_path)
    assert "owner.env người khác đọc được" in said.stdout
    assert said.stdout.endswith("4 điều chưa đạt.\n")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        if unit.is_file():
            text = re.sub(r"^(ExecStart)=/opt/chibo/current/\S+", r"\1=/bin/true", unit.read_text(), flags=re.MULTILINE)
            (tmp_path / unit.name).write_text(text)
    shutil.copytree(SHARED.parent, tmp_path / SHARED.parent.name)
    units = [path for path in tmp_path.iterdir() if path.is_file()]
    said = ran("systemd-analyze", "verify", "--man=no", *units, SYSTEMD_UNIT_PATH=f"{tmp_path}:")
    assert [line for line in said.stderr.splitlines() if "chibo" in line] == []


def test_every_service_runs_with_the_same_bounds_and_the_backup_alone_reads_its_passphrase() -> None:
    services = {path.name: path.read_text() for path in UNITS.glob("*.service")}
    assert all(name.startswith("chibo-") for name in services)  # so that shared.conf holds for it
    bounds = SHARED.read_text()
    for line in ("User=chibo", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "StateDirectory=chibo"):
        assert line in bounds
    assert [name for name, text in services.items() if "backup.env" in text] == ["chibo-backup.service"]
    assert [name for name, text in services.items() if "owner.env" in text] == []
    assert "remind --verbosity 0" in services["chibo-remind.service"]


def test_the_proxy_passes_on_what_the_program_reads() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text()
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"):
        # Once, above every location: one that sets a header of its own would lose the others.
        assert re.findall(rf"^ +proxy_set_header {re.escape(header)};", proxy, re.MULTILINE) != []
    assert not re.search(r"location [^{]*\{[^}]*proxy_set_header", proxy)
    live = re.search(r"location /live/ \{([^}]*)\}", proxy)
    assert live is not None
    assert "proxy_buffering off;" in live[1]
    assert BEAT < 3600
    assert "access_log off;" in proxy
    limit = re.search(r"client_max_body_size (\d+)m;", proxy)
    assert limit is not None
    assert int(limit[1]) * 2**20 >= max(2 * photos.MAX_BYTES, uploads.MAX_BYTES)
    socket_unit = (UNITS / "chibo-server.socket").read_text()
    assert "server unix:/run/chibo.sock;" in proxy
    assert "ListenStream=/run/chibo.sock" in socket_unit


def test_trying_the_program_on_a_busy_port_is_refused_before_anything_is_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        said = ran("make", "-C", ROOT, "run", PORT=str(port), CHIBO_BIND="", MAKEFLAGS="")
    assert said.returncode != 0
    assert f"Something answers on port {port} already. Another one: PORT={port + 1} make run" in said.stdout
    assert "==>" not in said.stdout

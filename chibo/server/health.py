"""IS THE SERVER WELL? Each question is one function and one sign; an operator reads what to do about it.

Nothing here asks for what people have written: figures, states and settings only.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from chibo.files.places import in_use, is_in_database, of_ours, other_place
from chibo.files.strays import Kept
from chibo.server.deploy import deploy_signs
from chibo.server.sign import How, Sign, ago, size
from meetings.live.hub import HUB
from printing.models import Order
from search import keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_GOOD, _CARE, _BAD = How.GOOD, How.CARE, How.BAD
BACKUP_CARE, BACKUP_BAD = timedelta(days=2), timedelta(days=7)
CLOCK_CARE, CLOCK_BAD = 2.0, 30.0  # seconds between the server's clock and the database's
DISK_CARE, DISK_BAD = 0.10, 0.03  # of the disk that are free
QUEUE_CARE = timedelta(minutes=10)


_FILES = "Tệp đính kèm"
_SOUND: set[str] = set()  # once the tables were those of this program they stay so while it runs


def is_up() -> bool:
    """For machines: whether the database answers and its tables are those of this program. Asked often: cheap."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _SOUND and not _unapplied():
            _SOUND.add("tables")
    except DatabaseError:
        return False
    return bool(_SOUND)


def signs() -> list[Sign]:
    """In the order in which an operator asks."""
    asked: tuple[Callable[[], Iterable[Sign]], ...] = (
        _program, _database, _migrations, _backup, _disk, _attached, _clock, _queue, _index, _streams, _mail,
        deploy_signs,
    )  # fmt: skip
    return [sign for ask in asked for sign in ask()]


def _unapplied() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def program_version() -> str:
    """As it is installed; as the folder says, where it was not."""
    try:
        return version("chibo")
    except PackageNotFoundError:
        lines = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8").splitlines()
        return next(line.split('"')[1] for line in lines if line.startswith("version"))


def _program() -> Iterable[Sign]:
    yield Sign(_GOOD, "Phần mềm", f"Chibo {program_version()}, Django {django.get_version()}.")


def _database() -> Iterable[Sign]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            named = "PostgreSQL {}"
        else:
            cursor.execute(
                "SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
            named = "SQLite {}"
        number, held = cursor.fetchone()
    yield Sign(_GOOD, "Cơ sở dữ liệu", f"{named.format(number)}, {size(held)}.")


def _migrations() -> Iterable[Sign]:
    if waiting := _unapplied():
        do = "Chạy manage.py bring_up_to_date rồi khởi động lại; nên sao lưu trước."
        yield Sign(_BAD, "Cấu trúc dữ liệu", f"Còn {waiting} bước cập nhật chưa chạy.", do)
    else:
        yield Sign(_GOOD, "Cấu trúc dữ liệu", "Đúng với bản phần mềm đang chạy.")


def note_backup(target: Path, at: datetime) -> None:
    """Called by the command once the file stands whole. Kept on this machine, beside its keys."""
    held = target.stat().st_size
    told = {"at": at.isoformat(timespec="seconds"), "name": target.name, "size": held}
    settings.BACKUP_NOTE.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _last_backup() -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(settings.BACKUP_NOTE.read_text(encoding="utf-8"))
        return {**told, "at": datetime.fromisoformat(told["at"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _backup() -> Iterable[Sign]:
    how_to = "Chạy manage.py backup, đặt lịch hằng ngày, cất tệp ở nơi khác máy này và thử khôi phục một lần."
    if (last := _last_backup()) is None:
        says = "Máy này chưa ghi lần sao lưu nào. Nếu sao lưu chạy ở máy khác, xem trang này ở máy ấy."
        yield Sign(_BAD, "Sao lưu", says, how_to)
        return
    age = timezone.now() - last["at"]
    how = _BAD if age > BACKUP_BAD else _CARE if age > BACKUP_CARE else _GOOD
    when = f"{timezone.localtime(last['at']):%H:%M ngày %d/%m/%Y}"
    says = f"Lần gần nhất lúc {when}, cách đây {ago(age.total_seconds())}: {last['name']}, {size(last['size'])}."
    yield Sign(how, "Sao lưu", says, "" if how is _GOOD else how_to)


def _disk() -> Iterable[Sign]:
    places = {"dữ liệu": settings.VAR}
    if not is_in_database():
        places["tệp đính kèm"] = Path(settings.MEDIA_ROOT)
    if connection.vendor == "sqlite" and (file := Path(str(settings.DATABASES["default"]["NAME"]))).exists():
        places["cơ sở dữ liệu"] = file.parent
    told: dict[int, tuple[list[str], Any]] = {}
    for word, place in places.items():
        there = next((one for one in (place, *place.parents) if one.exists()), None)
        if there is not None:
            told.setdefault(there.stat().st_dev, ([], shutil.disk_usage(there)))[0].append(word)
    for words, usage in told.values():
        free = usage.free / usage.total if usage.total else 0
        how = _BAD if free < DISK_BAD else _CARE if free < DISK_CARE else _GOOD
        says = f"Đĩa chứa {', '.join(words)}: còn trống {size(usage.free)} trên {size(usage.total)}."
        do = "" if how is _GOOD else "Dọn bớt hoặc thêm đĩa: hết chỗ thì buổi họp đang ghi cũng không lưu được."
        yield Sign(how, "Chỗ trống trên đĩa", says, do)


def _attached() -> Iterable[Sign]:
    found = Kept.at(timezone.now())
    says = f"{found.files} tệp, cất trong {in_use().WORD}."
    if found.strays:
        says = f"{says} {len(found.strays)} tệp không còn dùng đến, như còn lại sau khi máy dừng đột ngột."
    if gone := found.missing:
        do = "Nối lại thư mục, chạy manage.py move_files nếu vừa đổi nơi cất, hoặc lấy lại từ bản sao lưu."
        yield Sign(_BAD, _FILES, f"{says} {len(gone)} tệp đã đính kèm mà không tìm thấy, như {gone[0]}.", do)
    elif any(True for _ in of_ours(other_place().names())):
        do = f"Chạy manage.py move_files {settings.FILES} --remove."
        yield Sign(_CARE, _FILES, f"{says} Bản cũ còn để ở {other_place().WORD}.", do)
    elif found.is_doubtful:
        do = "Đừng xoá gì. Xem DATABASE_URL và CHIBO_MEDIA_ROOT có đúng là của máy chủ này."
        yield Sign(_BAD, _FILES, f"{says} Như vậy là phần lớn: có thể đang mở nhầm cơ sở dữ liệu.", do)
    elif found.strays:
        yield Sign(_CARE, _FILES, says, "Chạy manage.py check_files để xem, thêm --remove để xoá.")
    else:
        yield Sign(_GOOD, _FILES, says)


def _clock() -> Iterable[Sign]:
    if connection.vendor != "postgresql":
        yield Sign(
            _GOOD, "Đồng hồ", f"{timezone.localtime():%H:%M:%S ngày %d/%m/%Y}; cơ sở dữ liệu dùng đồng hồ của máy này."
        )
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((datetime.now(tz=UTC) - cursor.fetchone()[0]).total_seconds())
    how = _BAD if apart > CLOCK_BAD else _CARE if apart > CLOCK_CARE else _GOOD
    do = "" if how is _GOOD else "Bật đồng bộ giờ (NTP) trên cả hai máy: giờ khai mạc, giờ ký lấy theo đồng hồ này."
    said = f"lệch đồng hồ cơ sở dữ liệu {apart:.1f} giây".replace(".", ",")
    yield Sign(how, "Đồng hồ", f"{timezone.localtime():%H:%M:%S ngày %d/%m/%Y}, {said}.", do)


def _queue() -> Iterable[Sign]:
    now = timezone.now()
    found = Order.objects.standing(now, QUEUE_CARE)
    says = f"{found.waiting} bản đang đợi, {found.running} bản đang lập; trong ngày {found.failed} bản không lập được."
    if found.stuck:
        do = "Khởi động lại máy chủ. Bản lớn vẫn không xong thì xem nhật ký dòng “printing”."
        yield Sign(_CARE, "Bản in lớn đang đợi", f"{says} {found.stuck} bản đợi quá 10 phút.", do)
    elif found.failed:
        do = "Người đặt bấm lập lại được. Lặp lại nhiều lần thì xem nhật ký dòng “printing”."
        yield Sign(_CARE, "Bản in lớn đang đợi", says, do)
    else:
        yield Sign(_GOOD, "Bản in lớn đang đợi", says)


def _index() -> Iterable[Sign]:
    if keeping.is_of_this_shape():
        yield Sign(_GOOD, "Tìm kiếm", "Danh mục dùng để tìm đúng với bản phần mềm đang chạy.")
    else:
        do = "Chạy manage.py bring_up_to_date: danh mục được lập lại, trong lúc ấy vẫn họp được."
        yield Sign(_CARE, "Tìm kiếm", "Danh mục dùng để tìm do bản phần mềm cũ lập: có thể tìm thiếu.", do)


def _streams() -> Iterable[Sign]:
    if not HUB.is_served:
        says = "Màn hình trong phòng họp không được báo ngay khi có thay đổi, mà tự hỏi lại vài giây một lần."
        yield Sign(_CARE, "Màn hình trực tiếp", says, "Chạy máy chủ bằng gunicorn với gunicorn.conf.py kèm theo.")
    elif HUB.is_full():
        do = "Tăng giới hạn tệp mở (LimitNOFILE) của dịch vụ, hoặc thêm tiến trình."
        yield Sign(
            _CARE,
            "Màn hình trực tiếp",
            f"{HUB.count} màn hình đang theo dõi, đã đầy (tính ở phần máy chủ vừa trả lời).",
            do,
        )
    else:
        yield Sign(
            _GOOD, "Màn hình trực tiếp", f"{HUB.count} màn hình đang theo dõi (tính ở phần máy chủ vừa trả lời)."
        )


def _mail() -> Iterable[Sign]:
    if settings.EMAIL_HOST:
        says = f"Gửi qua {settings.EMAIL_HOST}, cổng {settings.EMAIL_PORT}."
        yield Sign(_GOOD, "E-mail", says, "")
    else:
        do = "Không bắt buộc. Cần gửi thông báo, thư nhắc thì đặt CHIBO_EMAIL_HOST rồi gửi thư thử."
        yield Sign(_GOOD, "E-mail", "Chưa đặt máy chủ thư: phần mềm không gửi thư nào.", do)

"""Starting the program on a database that an earlier trial, or a newer version, left behind."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.migrations.recorder import MigrationRecorder


def test_a_database_of_another_version_is_named_in_a_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    migrated: list[object] = []
    monkeypatch.setattr(
        "chibo.management.commands.bring_up_to_date.call_command", lambda *args, **kwargs: migrated.append(args)
    )
    rows = MigrationRecorder.Migration.objects
    rows.create(app="critique", name="9000_of_next_year")
    with pytest.raises(CommandError, match="bản mới hơn"):
        call_command("bring_up_to_date")
    assert migrated == []
    first = rows.get(app="critique", name__startswith="0001")
    rows.filter(pk=first.pk).update(name="0001_of_a_trial")
    with pytest.raises(CommandError, match=r"bản dùng thử cũ .* cất hoặc xoá \S+ rồi chạy lại"):
        call_command("bring_up_to_date")
    assert migrated == []
    rows.filter(name="9000_of_next_year").delete()
    rows.filter(pk=first.pk).update(name=first.name)
    call_command("bring_up_to_date")
    assert migrated == [("migrate",), ("start_code",)]  # nobody has an account yet

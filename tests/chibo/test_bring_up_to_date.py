"""Starting the program on a database that an earlier trial left behind."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.migrations.recorder import MigrationRecorder


def test_a_database_of_an_earlier_trial_is_named_in_a_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    migrated: list[object] = []
    monkeypatch.setattr(
        "chibo.management.commands.bring_up_to_date.call_command", lambda *args, **kwargs: migrated.append(args)
    )
    MigrationRecorder.Migration.objects.create(app="critique", name="0008_guard")
    with pytest.raises(CommandError, match=r"bản dùng thử cũ .* cất hoặc xoá \S+ rồi chạy lại"):
        call_command("bring_up_to_date")
    assert migrated == []
    MigrationRecorder.Migration.objects.filter(name="0008_guard").delete()
    call_command("bring_up_to_date")
    assert migrated == [("migrate",), ("start_code",)]  # nobody has an account yet

"""The secret of a second factor lies sealed in its row."""

from binascii import unhexlify
from typing import Any

from django.db import migrations

from members.migrations._locked_v1 import FORMAT, opened, seal


def lock(apps: Any, schema_editor: Any) -> None:
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.exclude(key__startswith=FORMAT):
        device.key = seal(unhexlify(device.key), device.user_id)
        device.save(update_fields=["key"])


def unlock(apps: Any, schema_editor: Any) -> None:
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.filter(key__startswith=FORMAT):
        device.key = opened(device.key, device.user_id).hex()
        device.save(update_fields=["key"])


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0006_deeds_by_month"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Phone",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunPython(lock, unlock, elidable=False),
    ]

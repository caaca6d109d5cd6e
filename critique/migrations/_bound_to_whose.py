"""Sealing what the database holds anew, as v1 <-> v2 bind it; leans on nothing that goes on changing.

v1 bound a value to its table, its column and what its row belongs to. v2 also says who speaks, of what kind and which
revision. What does not open stays as it is: the page says so, before and afterwards.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def _locks():
    found = {}
    for text in settings.CRITIQUE_KEYS:
        key = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found[sha256(b"chibo.critique.key" + key).hexdigest()[:8]] = AESGCM(key)
    return found


def _bond_v1(table, column, row, old, new):
    parts = [table, column, *(f"{name}={row[name]}" for name in old)]
    return ("chibo.critique|v1|" + "|".join(parts)).encode()


def _bond_v2(table, column, row, old, new):
    known = [(name, None if row[_path(name)] is None else str(row[_path(name)])) for name in new]
    return ("chibo.critique|v2|" + json.dumps([table, column, known], ensure_ascii=False)).encode()


def _path(name):
    return name.replace(".", "__")


BOND = {"v1": _bond_v1, "v2": _bond_v2}


def seal_anew(apps, schema_editor, app, columns, before, after):
    """`columns`: model, its column, what v1 and what v2 bind it to (names of columns, with a dot those of an owner)."""
    locks = _locks()
    current = next(iter(locks))
    for name, column, old, new in columns:
        model = apps.get_model(app, name)
        table = model._meta.db_table
        asked = {"pk", column, *old, *map(_path, new)}
        for row in list(model._base_manager.order_by("pk").values(*asked)):
            form, _, rest = str(row[column]).partition(".")
            key, _, locked = rest.partition(".")
            if form != before or key not in locks:
                continue
            try:
                data = urlsafe_b64decode(locked)
                words = locks[key].decrypt(data[:12], data[12:], BOND[before](table, column, row, old, new))
            except (InvalidTag, ValueError):
                continue
            nonce = os.urandom(12)
            data = nonce + locks[current].encrypt(nonce, words, BOND[after](table, column, row, old, new))
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(  # names of our own tables
                    f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s',  # noqa: S608
                    [f"{after}.{current}.{urlsafe_b64encode(data).decode()}", row["pk"]],
                )

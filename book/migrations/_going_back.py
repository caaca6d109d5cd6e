"""An older program does not know every kind of entry: a migration is not taken back while the book holds one of its."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.migrations.exceptions import IrreversibleError

TOLD: Final = (
    "Còn {number} {what}, đứng trong sổ biên bản. Bản cũ của phần mềm không biết loại mục này nên không lùi về bản ấy "
    "được: hãy khôi phục bản sao lưu làm trước khi nâng cấp."
)


def refuse_back(app: str, model: str, what: str, **sealed: Any) -> Callable[[Any, Any], None]:
    """For `RunPython`, as the last operation, so that it is the first when it goes back: otherwise an entry would prove
    a paper that is gone, and the page of the book would not open. `sealed`: which rows stand in the book.
    """

    def refuse(apps: Any, schema_editor: Any) -> None:
        if number := apps.get_model(app, model).objects.filter(**sealed).count():
            raise IrreversibleError(TOLD.format(number=number, what=what))

    return refuse

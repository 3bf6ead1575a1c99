"""What an association has chosen for itself, part by part; the defaults of each part hold until it chooses."""

from typing import Generic, TypeVar

from pydantic import BaseModel

from silah.shell.models import AssociationSetting
from tenants.database import db

T = TypeVar("T", bound=BaseModel)


class AssociationSettings(Generic[T]):
    """The settings of one part, kept as JSON in a column of the association's row of settings.

    ``column`` names the column of ``AssociationSetting``; ``model`` is frozen, refuses what it does not know, and has a
    default for each of its fields.
    """

    def __init__(self, column: str, model: type[T]) -> None:
        self.column, self.model = column, model
        self.key = f"silah_settings_{column}"

    def read(self) -> T:
        """Return the settings of the association that is served, read once in a session."""
        kept: T | None = db.session.info.get(self.key)
        if kept is None:
            row = db.session.get(AssociationSetting, 1)
            kept = self.model.model_validate(getattr(row, self.column) if row else {})
            db.session.info[self.key] = kept
        return kept

    def save(self, chosen: T) -> None:
        """Keep the association's choice."""
        row = db.session.get(AssociationSetting, 1) or AssociationSetting(only=1)
        setattr(row, self.column, chosen.model_dump(mode="json"))
        db.session.add(row)
        db.session.info[self.key] = chosen

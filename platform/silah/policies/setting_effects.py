"""What each setting does, in plain words: said beside it where it is edited."""

from silah.policies.document_setting_effects import PAPER
from silah.policies.work_setting_effects import WORK
from tenants.texts import Text


def effect(owner: str, name: str) -> Text:
    """What this setting does; an empty text where its label says it all."""
    place = f"{owner}.{name}"
    arabic, english = PAPER.get(place) or WORK.get(place) or ("", "")
    return Text(ar=arabic, en=english)

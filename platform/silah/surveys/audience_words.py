"""Whom a round asks, in words: its rule as it was made."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _

from silah.complaints import liaison_areas
from silah.figures.presenters import branch_names, channel_names, kind_names
from silah.intake.request_catalogue import definition, offered
from silah.language.localization import dates, locale, number
from silah.surveys.audience import Audience


def service_names() -> dict[str, str]:
    """What the services that are offered are called."""
    return {str(one.type.id): definition(one).title.for_locale(locale()) for one in offered()}


def area_names(*, active: bool = False) -> dict[str, str]:
    """What the categories and fields of the liaison officers are called."""
    found = liaison_areas.listing(active=active)
    return {str(one.id): one.name_ar if locale() == "ar" else (one.name_en or one.name_ar) for one in found}


def narrowed(rule: Audience) -> list[tuple[Any, str]]:
    """What a rule says beyond who is asked, in words; a service that is no longer offered has none."""
    if rule.who != "served":
        return []
    lists: tuple[tuple[Any, Sequence[Any], Callable[[], dict[str, str]]], ...] = (
        (_("Kinds of case"), rule.kinds, kind_names),
        (_("Services"), rule.services, service_names),
        (_("Channels"), rule.channels, channel_names),
        (_("Branch offices"), rule.branches, branch_names),
        (_("Categories or fields"), rule.areas, area_names),
    )
    apart = "، " if locale() == "ar" else ", "
    said = [(_("Served from"), dates(rule.since))] if rule.since else []
    said += [(_("Served until"), dates(rule.until))] if rule.until else []
    said += [(_("Cases"), _("Closed ones only"))] if rule.closed else []
    for label, keys, names in lists:
        known = names() if keys else {}
        said += [(label, apart.join(known.get(str(key), "—") for key in keys))] if keys else []
    said += [(_("A sample, drawn by lot"), number(rule.sample))] if rule.sample else []
    return said + ([(_("Seed of the lot"), rule.seed)] if rule.sample and rule.seed else [])

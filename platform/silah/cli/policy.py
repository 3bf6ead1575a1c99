"""`silah policy`: what a blueprint's policy promises, reckoned for given dates."""

import json
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from silah import clock
from silah.language.numbers import BadAnswer
from silah.language.typed_days import parse_day
from tenants.blueprints import UnknownBlueprint, load
from tenants.calendars import calendar_of
from tenants.period_words import day_words, period_words
from tenants.periods import Reckoning, ReplyPeriod, reckon
from tenants.policy import Policy


class Refused(click.ClickException):
    """What was asked cannot be answered: one plain line, exit code 2."""

    exit_code = 2


@click.group()
def policy() -> None:
    """What the blueprints' policies promise."""


@policy.command()
@click.argument("blueprint")
@click.option("--received", metavar="DATE", help="The day on which the request is received: 2026-09-10.")
@click.option("--complete", metavar="DATE", help="The day on which the request is complete.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def explain(blueprint: str, received: str | None, complete: str | None, as_json: bool) -> None:
    """Explain the reply period of BLUEPRINT, day by day. Without dates, as if all came today."""
    try:
        chosen = load(blueprint).policy
    except UnknownBlueprint as error:
        raise Refused(str(error)) from None
    reckoning = _reckoned(chosen, *_dates(received, complete))
    if as_json:
        click.echo(json.dumps(reckoning.as_json(), ensure_ascii=False, indent=2))
    else:
        _show(chosen, reckoning)


def _dates(received: str | None, complete: str | None) -> tuple[date | None, date | None]:
    if received is None and complete is None:
        return clock.today(), clock.today()
    came, whole = _date(received, "--received"), _date(complete, "--complete")
    if came and whole and whole < came:
        raise Refused(f"--complete ({whole}) is before --received ({came})")
    return came, whole


def _date(given: str | None, option: str) -> date | None:
    """A Gregorian date in any of the digits and orders written here."""
    if given is None:
        return None
    try:
        typed = parse_day(given)
        day = typed.to_date()
    except BadAnswer:
        raise Refused(f"{option}: {given!r} is not a date; write a Gregorian one like 2026-09-10") from None
    if typed.is_hijri:
        raise Refused(f"{option}: {given!r} is not a Gregorian date of this age (1900 to 2200)")
    return day


def _reckoned(chosen: Policy, received: date | None, complete: date | None) -> Reckoning:
    """Where the policy does not say what starts the period, the one date that was given does."""
    period: ReplyPeriod = chosen.reply_period
    if period.starts is None and received is None:
        period = period.model_copy(update={"chosen_start": "complete"})
    calendar = calendar_of(chosen.calendar.weekend, chosen.calendar.holidays == "saudi")
    return reckon(period, received, complete, calendar)


def _show(chosen: Policy, reckoning: Reckoning) -> None:
    console = Console(highlight=False)
    console.print(f"{chosen.identity.name.en}: {period_words(reckoning.period).en}", markup=False)
    if reckoning.period.starts is None:
        console.print(f"The policy does not say what starts it; counted from {_start(reckoning)}.", markup=False)
    if reckoning.days:
        table = Table("Date", "Day", "Counted", "Why")
        counted = 0
        for day in reckoning.days:
            counted += day.counted
            style = None if day.counted else "dim"
            table.add_row(
                day.date.isoformat(),
                f"{day.date:%A}",
                str(counted) if day.counted else "–",
                day_words(day).en,
                style=style,
            )
        console.print(table)
    console.print(reckoning.why.en, markup=False)
    if reckoning.bound == "floor":
        console.print("This is a floor: it is never overdue.")


def _start(reckoning: Reckoning) -> str:
    return "receipt" if reckoning.period.counts_from == "received" else "completeness"

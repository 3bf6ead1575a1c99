"""Up to which amount a member may accept in the association's name: the highest limit of the member's roles."""

from decimal import Decimal

from flask_babel import gettext as _

from silah.language.localization import money
from silah.settlements.errors import AboveLimit
from silah.settlements.rules import rules
from silah.web.access import Member

NONE = Decimal(0)


def of(member: Member) -> Decimal:
    """The member's limit, in riyals; zero where none of their roles has one."""
    return max((amount for role, amount in rules().limits.items() if role in member.role_keys), default=NONE)


def highest() -> Decimal:
    """The limit that no amount may exceed, whoever accepts it."""
    return max(rules().limits.values(), default=NONE)


def anybody(amount: Decimal | None) -> None:
    """Raise ``AboveLimit`` where nobody may accept such an amount."""
    top = highest()
    if amount is None or amount <= top:
        return
    if not top:
        raise AboveLimit(
            _("No role may accept an amount yet. An administrator sets the limits under Disputes and compensation.")
        )
    raise AboveLimit(
        _(
            "%(amount)s is above everybody's limit: the highest is %(limit)s. Lower the amount, or have the limits "
            "changed.",
            amount=money(amount),
            limit=money(top),
        )
    )


def within(member: Member, amount: Decimal | None) -> None:
    """Raise ``AboveLimit`` where this member may not accept such an amount."""
    anybody(amount)
    mine = of(member)
    if amount is not None and amount > mine:
        words = _(
            "%(amount)s is above your limit of %(limit)s. Somebody with a higher limit accepts it.",
            amount=money(amount),
            limit=money(mine),
        )
        raise AboveLimit(words)

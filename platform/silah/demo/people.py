"""Who works in the demo's associations: one person for each role, one who works in two, and an operator."""

from functools import cache
from typing import Any

from silah.demo import OPERATOR
from silah.demo.folder import Accounts
from silah.onboarding import setup
from silah.staff import passwords, service
from silah.staff.models import Account
from silah.staff.platform_transactions import on_platform
from tenants.blueprints import Blueprint
from tenants.context import Tenant
from tenants.database import db

NAMES = (
    *("نورة بنت عبدالله القحطاني", "عبدالرحمن بن صالح الحربي", "هند بنت سعد المطيري", "فهد بن ناصر العنزي"),
    *("مريم بنت علي الزهراني", "خالد بن محمد الشهري", "سارة بنت إبراهيم الدوسري", "ماجد بن حسن الجهني"),
    *("أمل بنت عبدالعزيز السبيعي", "تركي بن سلمان الرشيدي", "ريم بنت أحمد الغامدي", "ياسر بن عمر الأحمدي"),
    *("لطيفة بنت فيصل الشمري", "سلطان بن بدر العتيبي", "عائشة بنت يوسف حكمي", "منصور بن عبدالله البلوي"),
    *("جواهر بنت خالد التميمي", "إبراهيم بن موسى عسيري", "وفاء بنت سالم الرويلي", "بندر بن علي المالكي"),
    *("حصة بنت محمد السديري", "عادل بن جابر الفيفي", "بدرية بنت حمد الخالدي", "زياد بن طارق الأنصاري"),
)
LENT = ("relations@silah.example", "غادة بنت مساعد العمري", "relations_officer")
LENT_TO = 2


def known(email: str, name: str, password: str) -> None:
    """Make an account that is signed in to with the demo's password; all have one hash, which takes long to make."""
    person = service.ensure(email, name)
    if not person.has_password:
        with on_platform():
            account = db.session.get_one(Account, person.id)
            account.password_hash, account.state = hashed(password), "active"


@cache
def hashed(password: str) -> str:
    """The hash of the demo's one password."""
    return passwords.hashed(password)


def enlist(tenant: Tenant, blueprint: Blueprint, password: str) -> list[dict[str, Any]]:
    """Give each of the association's roles a person who may sign in."""
    for number, role in enumerate(blueprint.roles):
        if role.key != setup.ADMINISTRATOR:
            email, name = address(role.key, blueprint.slug), name_of(blueprint.slug, number)
            known(email, name, password)
            setup.enrol(tenant, email, name, [role.key], password=password)
    return [account(address(role.key, blueprint.slug), password, role.key) for role in blueprint.roles]


def lend(tenants: list[Tenant], accounts: Accounts, password: str) -> None:
    """One officer works in two associations, and switches between them without signing in again."""
    email, name, role = LENT
    known(email, name, password)
    for tenant in tenants[:LENT_TO]:
        setup.enrol(tenant, email, name, [role], password=password)
        accounts[tenant.slug].append(account(email, password, role))


def appoint_operator(password: str) -> None:
    """Somebody who may open the console of the platform."""
    known(OPERATOR, "مشغل المنصة", password)
    service.ensure(OPERATOR, "مشغل المنصة", operator=True)


def account(email: str, password: str, role: str) -> dict[str, Any]:
    """An account as `demo.json` tells of it."""
    return {"email": email, "password": password, "roles": [role]}


def address(role: str, slug: str) -> str:
    """The e-mail address of the person in a role."""
    return f"{role.replace('_', '.')}@{slug}.example"


def name_of(slug: str, number: int) -> str:
    """A name for the person in a role; each association has its own."""
    return NAMES[(number * 7 + sum(slug.encode())) % len(NAMES)]

"""The five associations of the demo: made as `silah tenants create` makes them, with an account for each role."""

from datetime import date

from silah import clock
from silah.config import Settings
from silah.demo import data, people
from silah.demo.folder import Accounts
from silah.demo.show import Told
from silah.onboarding import setup
from tenants import blueprints
from tenants.blueprints import Blueprint
from tenants.context import Tenant


def create(settings: Settings, password: str, told: Told) -> Accounts:
    """Make the associations, their people and a month of their work; gives who may sign in where."""
    from silah.app import create_app

    accounts: Accounts = {}
    tenants: list[Tenant] = []
    names = blueprints.names()
    with create_app(settings).app_context():
        for done, name in enumerate(names):
            blueprint = blueprints.load(name)
            told(blueprint.title.en, done, 2 * len(names))
            tenants.append(made(blueprint, password))
            accounts[blueprint.slug] = people.enlist(tenants[-1], blueprint, password)
        people.appoint_operator(password)
        people.lend(tenants, accounts, password)
        data.seed(tenants, lambda doing, part, whole: told(doing, whole + part, 2 * whole))
    return accounts


def made(blueprint: Blueprint, password: str) -> Tenant:
    """One association under its blueprint's own names; its policy stands since the year before."""
    email, name = people.address(setup.ADMINISTRATOR, blueprint.slug), people.name_of(blueprint.slug, 0)
    people.known(email, name, password)
    return setup.create(
        blueprint.slug,
        blueprint=blueprint.name,
        name_ar=blueprint.title.ar,
        name_en=blueprint.title.en,
        admin_email=email,
        admin_name=name,
        password=password,
        since=date(clock.today().year - 1, 1, 1),
    )

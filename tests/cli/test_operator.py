"""`silah operator`: accounts that open the console."""

import json

import pyotp
import pytest
from click.testing import CliRunner

from silah.cli import main
from silah.staff import changes, second_factor, service, sign_in


@pytest.fixture
def silah(settings, monkeypatch):
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)

    def call(*arguments, **more):
        return CliRunner().invoke(main, ["operator", *arguments], **more)

    return call


def test_a_password_is_made_up_where_nobody_is_asked(silah, app):
    made = json.loads(silah("create", "Boss@silah.test", "--name", "المشغل", "--json").output)
    assert (made["email"], made["name"], made["state"]) == ("boss@silah.test", "المشغل", "active")
    with app.app_context():
        assert sign_in.prove("boss@silah.test", made["password"]).is_operator


def test_a_password_can_be_given_and_is_not_printed(silah, app):
    done = silah("create", "given@silah.test", "--password-stdin", "--json", input="قلم وورقة وكوب قهوة\n")
    assert "password" not in json.loads(done.output)
    with app.app_context():
        assert sign_in.prove("given@silah.test", "قلم وورقة وكوب قهوة")


def test_a_weak_one_is_refused(silah):
    done = silah("create", "weak@silah.test", "--password-stdin", input="short\n")
    assert done.exit_code == 1
    assert "12 characters" in done.output


def test_doing_it_again_keeps_the_password(silah, app):
    first = json.loads(silah("create", "again@silah.test", "--json").output)
    assert "password" not in json.loads(silah("create", "again@silah.test", "--json").output)
    with app.app_context():
        assert sign_in.prove("again@silah.test", first["password"])


def test_a_new_password_ends_what_was_signed_in(silah, app):
    silah("create", "renewed@silah.test")
    with app.app_context():
        before = service.find("renewed@silah.test").epoch
        made = json.loads(silah("password", "renewed@silah.test", "--json").output)
        assert service.find("renewed@silah.test").epoch == before + 1
        assert sign_in.prove("renewed@silah.test", made["password"])


def test_only_operators_are_listed_and_changed(silah, association, staff):
    email, _ = staff(association, "volunteer")
    assert email not in silah("list", "--json").output
    refused = silah("password", email)
    assert (refused.exit_code, "is no operator" in refused.output) == (1, True)


def test_a_lost_second_factor_is_reset_and_kept_where_the_person_works(silah, app, serve, staff, association):
    email, _password = staff(association, "relations_officer")
    with app.app_context():
        secret = second_factor.fresh_secret()
        second_factor.set_up(service.find(email).id, secret, pyotp.TOTP(secret).now())
    assert json.loads(silah("second-factor", email, "--json").output)["email"] == email
    with app.app_context():
        assert not service.find(email).has_code
    with serve(association):
        assert changes.page(subject="member")[0].record.verb == "code_reset_by_platform"

"""`silah tenants …` and `silah migrate`, as an operator types them."""

import json
import secrets
from typing import Any

import pytest
from click.testing import CliRunner, Result

from silah.cli import main
from silah.config import Settings
from tenants import rendering

NAMES = ["--blueprint", "samtah-cooperative", "--name-ar", "جمعية صمطة", "--name-en", "Samtah"]


@pytest.fixture
def silah(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command with this installation's settings in the environment."""
    for name, value in settings.model_dump(mode="json", exclude_none=True).items():
        monkeypatch.setenv(f"SILAH_{name.upper()}", str(value))
    return lambda *words: CliRunner().invoke(main, list(words), catch_exceptions=False)


def fresh() -> str:
    return f"c{secrets.token_hex(6)}"


def created(silah: Any, slug: str) -> Result:
    return silah("tenants", "create", slug, *NAMES, "--admin-email", "admin@silah.test", "--json")  # type: ignore[no-any-return]


class TestTenants:
    def test_create_gives_an_association_that_is_open(self, silah: Any) -> None:
        slug = fresh()
        made = json.loads(created(silah, slug).stdout)
        assert (made["slug"], made["name_ar"], made["state"]) == (slug, "جمعية صمطة", "active")

    def test_a_taken_slug_is_one_clear_line(self, silah: Any) -> None:
        slug = fresh()
        created(silah, slug)
        again = created(silah, slug)
        assert again.exit_code == 1
        assert again.stderr == f"Error: the slug {slug} is taken\n"

    @pytest.mark.parametrize("slug", ["www", "ab", "الجمعية"])
    def test_a_bad_slug_is_one_clear_line(self, silah: Any, slug: str) -> None:
        refused = created(silah, slug)
        assert refused.exit_code == 1
        assert refused.stderr.startswith("Error: ")
        assert refused.stderr.count("\n") == 1

    def test_what_is_no_address_is_refused_before_anything_is_made(self, silah: Any) -> None:
        slug = fresh()
        refused = silah("tenants", "create", slug, *NAMES, "--admin-email", "nobody")
        assert refused.exit_code == 2
        assert "--admin-email" in refused.stderr
        assert silah("tenants", "show", slug).exit_code == 1

    def test_list_and_show_print_a_table_or_json(self, silah: Any) -> None:
        slug = fresh()
        created(silah, slug)
        assert slug in silah("tenants", "list").stdout
        assert slug in {row["slug"] for row in json.loads(silah("tenants", "list", "--json").stdout)}
        shown = json.loads(silah("tenants", "show", slug, "--json").stdout)
        assert shown["migrated_to"] == rendering.head("tenant")
        assert shown["blueprint_version"] == shown["blueprint_newest"] >= 1
        assert shown["role"] == "t_" + shown["id"].replace("-", "")
        assert {slug, shown["id"], shown["role"]} <= set(silah("tenants", "show", slug).stdout.split())

    def test_suspend_and_resume(self, silah: Any) -> None:
        slug = fresh()
        created(silah, slug)
        assert json.loads(silah("tenants", "suspend", slug, "--json").stdout)["state"] == "suspended"
        assert json.loads(silah("tenants", "show", slug, "--json").stdout)["suspended_at"]
        assert json.loads(silah("tenants", "resume", slug, "--json").stdout)["state"] == "active"

    def test_an_own_domain(self, silah: Any) -> None:
        slug = fresh()
        created(silah, slug)
        assert silah("tenants", "host", slug, f"{slug}.example").exit_code == 0
        assert json.loads(silah("tenants", "show", slug, "--json").stdout)["own_domains"] == f"{slug}.example"

    @pytest.mark.parametrize("command", ["show", "suspend", "resume"])
    def test_an_unknown_slug_is_one_clear_line(self, silah: Any, command: str) -> None:
        unknown = silah("tenants", command, "nobody")
        assert unknown.exit_code == 1
        assert unknown.stderr == "Error: no association has the slug nobody\n"

    def test_without_the_owners_login_creation_says_so(self, silah: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SILAH_OWNER_URL")
        refused = created(silah, fresh())
        assert refused.exit_code == 1
        assert "SILAH_OWNER_URL is not set" in refused.stderr

    def test_a_database_that_does_not_answer_is_one_clear_line(
        self, silah: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SILAH_DATABASE_URL", "postgresql://nobody@/nothing?host=/nowhere")
        refused = silah("tenants", "list")
        assert refused.exit_code == 1
        assert "the database does not answer" in refused.stderr


class TestMigrate:
    @pytest.mark.parametrize("command", [("migrate",), ("tenants", "migrate")])
    def test_with_nothing_to_do_it_says_so(self, silah: Any, command: tuple[str, ...]) -> None:
        done = silah(*command, "--json")
        assert json.loads(done.stdout) == {"pending": 0, "migrated": 0, "failed": 0}

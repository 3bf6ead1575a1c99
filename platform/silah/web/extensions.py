"""The extensions, made without an app and bound to one in ``create_app``. The database is ``tenants.database.db``."""

from flask import Flask
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from silah.web import client_key, rate_limit_storage
from tenants.context import place


def client() -> str:
    """Whom a rate limit counts: the address of the client, hashed for the day, apart for each association."""
    who = place.get()
    return f"{getattr(who, 'role', 'platform')}:{client_key.hashed(get_remote_address())}"


babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(key_func=client, strategy="moving-window", headers_enabled=True)
login = LoginManager()


def init_extensions(app: Flask) -> None:
    """Bind them to an app; where Redis is lost, rate limits are counted in memory until it is back."""
    rate_limit_storage.init_limit_storage(app)
    csrf.init_app(app)
    limiter.init_app(app)
    login.init_app(app)

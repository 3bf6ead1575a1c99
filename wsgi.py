"""The application for a WSGI server: `gunicorn wsgi:app`. Settings come from `SILAH_*` in the environment."""

import sys

from silah.app import create_app
from silah.config import BadSettings

try:
    app = create_app()
except BadSettings as error:
    sys.exit(f"Silah cannot start:\n{error}")

if __name__ == "__main__":
    app.run()

"""What the pages are measured beside: Flask with one query, and nothing else."""

import json
import os
from uuid import uuid4

from flask import Flask, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()

ONE = text('SELECT reference, title_ar, state FROM "case" WHERE id = CAST(:id AS uuid)')
SOME = text('SELECT reference, title_ar, state, received_at, due FROM "case" ORDER BY received_at DESC, id LIMIT 25')
KEEP = text("INSERT INTO bare_answer (id, answers) VALUES (:id, CAST(:answers AS jsonb))")
TABLE = """<!doctype html><title>Cases</title><table>
{% for row in rows %}<tr><td>{{ row.reference }}<td>{{ row.title_ar }}<td>{{ row.state }}<td>{{ row.due }}</tr>
{% endfor %}</table>"""


def create_app() -> Flask:
    """The app; its database and schema come from the environment."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["BARE_DATABASE_URL"]
    path = f"-c search_path={os.environ['BARE_SCHEMA']}"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 5, "connect_args": {"options": path}}
    db.init_app(app)

    @app.get("/")
    def one() -> str:
        """One row in a line of text."""
        row = db.session.execute(ONE, {"id": os.environ["BARE_CASE"]}).one()
        return f"<!doctype html><title>Case</title><p>{row.reference} {row.title_ar} {row.state}"

    @app.get("/table")
    def some() -> str:
        """25 rows in a bare table."""
        return render_template_string(TABLE, rows=db.session.execute(SOME).all())

    @app.post("/answer")
    def keep() -> str:
        """One row inserted."""
        db.session.execute(KEEP, {"id": uuid4(), "answers": json.dumps(request.get_json())})
        db.session.commit()
        return "<!doctype html><title>Thanks</title><p>Thanks"

    return app

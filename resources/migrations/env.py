"""Alembic's environment: runs on the connection that `Database.migrate` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from resources.tables import METADATA, SCHEMAS

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_schemas=True,
    include_name=lambda name, kind, parents: name in SCHEMAS if kind == "schema" else True,  # noqa: ARG005 - alembic's
    version_table="schema_version",
    version_table_schema="ops",
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()

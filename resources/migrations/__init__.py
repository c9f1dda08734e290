"""How the tables change over time: alembic's environment and one file a version."""

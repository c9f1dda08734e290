"""The invented world: companies and people with known truth, written in the true formats of all sources."""

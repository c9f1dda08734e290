"""The tests: rules, sources, world (real PostgreSQL, HTTP), graph, journeys, laws."""

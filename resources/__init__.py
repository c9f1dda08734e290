"""The outside world: settings, clock, PostgreSQL, the lake, the engine, HTTP, DNS, keys.

What belongs here: a plain class for each thing that the rules may not touch, and the one sentence it fails with.
What does not: business rules, and anything of the graph (assets, checks, jobs).
"""

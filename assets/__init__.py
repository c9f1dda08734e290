"""The graph: thin assets, checks, jobs, schedules, sensors, definitions and the `contacts` command.

What belongs here: what depends on what, when it runs and what it reports. What does not: an `if` about business, or
a row of data.
"""

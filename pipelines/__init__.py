"""The rules, in plain Python: data in, data out.

What belongs here: everything that decides what a record means, what is kept, what is right and who is who.
What does not: Dagster, a database, the network, a clock, the environment. `ls pipelines/` is the pipeline, stage by
stage: collect, screen, verify, resolve, curate, with retain and rights beside the line.
"""

"""The sources: a folder each, holding a declaration (`source.yml`) and a parser (`parse.py`)."""

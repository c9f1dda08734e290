"""The writers: a module a source, each writing the invented world in that source's true format."""

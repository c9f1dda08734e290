"""What holds for every test: the name of a test is the same in every process that collects it."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a parameter of bytes by its place: packed bytes carry the second they were packed in."""
    return argname if isinstance(val, bytes) else None

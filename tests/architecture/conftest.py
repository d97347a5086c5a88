from tests.support.fixtures import base, parser, talk  # noqa: F401

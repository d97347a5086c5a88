from tests.support.fixtures import base  # noqa: F401

"""Fixtures that every test may ask for: real servers, started when first needed."""

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.servers",
    "tests.fixtures.engine",
    "tests.fixtures.api",
    "tests.fixtures.object_store",
]

settings.register_profile("project", deadline=None)
settings.load_profile("project")

"""Fixtures that every test may ask for: real servers, started when first needed."""

pytest_plugins = ["tests.fixtures.servers", "tests.fixtures.engine"]

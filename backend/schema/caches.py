"""Documents are parsed and validated once."""

from collections.abc import Iterator
from contextlib import suppress

from graphql import GraphQLError
from strawberry.extensions import ParserCache, SchemaExtension, ValidationCache

DOCUMENTS = 512
"""How many documents are remembered; the studio has a few dozen."""


class ForgivingParserCache(ParserCache):
    """A parser cache that leaves syntax errors to the schema.

    An exception of this hook escapes from a stream, and a WebSocket client would be told
    "complete" instead of the error. Left alone, the schema parses again and reports it.
    """

    def on_parse(self) -> Iterator[None]:
        """Take the document from the cache if it parses."""
        context = self.execution_context
        if context.query:
            with suppress(GraphQLError):
                context.graphql_document = self.cached_parse_document(
                    context.query, **context.parse_options
                )
        yield


def parser_cache() -> SchemaExtension:
    """Return the extension that remembers parsed documents."""
    return ForgivingParserCache(maxsize=DOCUMENTS)


def validation_cache() -> SchemaExtension:
    """Return the extension that remembers what was found wrong with a document."""
    return ValidationCache(maxsize=DOCUMENTS)

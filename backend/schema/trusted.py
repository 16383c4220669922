"""The documents that a server trusts: those of its own clients, known when these were built.

graphql-codegen writes them down, from hash to text, in a normal form. Clients may send the hash or
the document as it stands in their source: what counts is the normal form, in which neither order
nor white space nor an added ``__typename`` makes a difference.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from backend.errors import ConfigurationError

STUDIO = Path(__file__).parents[2] / "frontend" / "src" / "gql" / "persisted-documents.json"
"""Those of the studio that comes with this server."""
HASH_PREFIX = "sha256:"


class TrustedDocuments:
    """The documents of a file.

    Parameters
    ----------
    texts : mapping
        From the SHA-256 of each document, in hexadecimal digits, to its text.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {name.removeprefix(HASH_PREFIX): text for name, text in texts.items()}
        self._forms = frozenset(normal_form(parse(text)) for text in texts.values())

    def text(self, digest: str) -> str | None:
        """Return the document with that hash."""
        return self._texts.get(digest)

    def __contains__(self, document: DocumentNode) -> bool:
        """Whether a document is one of them, however it is written."""
        return normal_form(document) in self._forms


def trusted_documents(file: Path | None) -> TrustedDocuments | None:
    """Read the documents that are trusted, as graphql-codegen writes them.

    Parameters
    ----------
    file : Path or None
        ``studio`` stands for those of the studio; None if every document is executed.

    Raises
    ------
    ConfigurationError
        If the file cannot be read.
    """
    if file is None:
        return None
    place = STUDIO if file == Path("studio") else file
    try:
        found = orjson.loads(place.read_bytes())
        return TrustedDocuments({str(name): str(text) for name, text in found.items()})
    except (OSError, ValueError, AttributeError, GraphQLError) as error:
        raise ConfigurationError(
            f"AIMUSIC_TRUSTED_DOCUMENTS: {place} holds no JSON object from hash to document.",
            field="AIMUSIC_TRUSTED_DOCUMENTS",
        ) from error


def normal_form(document: DocumentNode) -> str:
    """Return a text that is the same for documents that ask for the same.

    Parameters
    ----------
    document : DocumentNode
        Measured before: it is walked through as a whole.
    """
    return print_ast(visit(document, _Sorting()))


class _Sorting(Visitor):
    """Sorts what has no order, from the leaves up, and leaves out what clients add."""

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode:  # noqa: ANN401 - visitor
        """Sort what is selected; the name of the type goes without saying."""
        wanted = [part for part in node.selections if not _is_type_name(part)]
        parts = {print_ast(part): part for part in wanted or node.selections}
        return SelectionSetNode(selections=tuple(parts[text] for text in sorted(parts)))

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode:  # noqa: ANN401 - visitor
        """Sort the arguments."""
        return FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=tuple(sorted(node.arguments or (), key=print_ast)),
            directives=node.directives,
            selection_set=node.selection_set,
        )

    def leave_operation_definition(
        self,
        node: OperationDefinitionNode,
        *_: Any,  # noqa: ANN401 - visitor
    ) -> OperationDefinitionNode:
        """Sort the variables."""
        return OperationDefinitionNode(
            operation=node.operation,
            name=node.name,
            variable_definitions=tuple(sorted(node.variable_definitions or (), key=print_ast)),
            directives=node.directives,
            selection_set=node.selection_set,
        )

    def leave_document(self, node: DocumentNode, *_: Any) -> DocumentNode:  # noqa: ANN401 - visitor
        """Sort operations and fragments."""
        return DocumentNode(definitions=tuple(sorted(node.definitions, key=print_ast)))


def _is_type_name(node: object) -> bool:
    return isinstance(node, FieldNode) and node.name.value == "__typename" and node.alias is None

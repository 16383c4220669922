"""How large a document may be.

The rules are made once, when the module is imported: the validation cache compares rules by
identity, and rules made per request would make every look-up a miss.
"""

from graphql import ASTValidationRule
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, SchemaExtension
from strawberry.extensions.max_aliases import create_validator as aliases_at_most
from strawberry.extensions.query_depth_limiter import create_validator as depth_at_most

MOST_TOKENS = 2000
"""The full introspection query has about 300."""
GREATEST_DEPTH = 10
MOST_ALIASES = 30

RULES: list[type[ASTValidationRule]] = [
    depth_at_most(GREATEST_DEPTH, None),
    aliases_at_most(MOST_ALIASES),
]


def document_rules() -> SchemaExtension:
    """Return the extension that adds the rules to validation."""
    return AddValidationRules(RULES)


def token_limit() -> SchemaExtension:
    """Return the extension that stops the parser early."""
    return MaxTokensLimiter(MOST_TOKENS)

"""Which of the two media types of GraphQL over HTTP a client prefers."""

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"


def preferred(accept: str | None) -> str:
    """Choose by the ``Accept`` header (RFC 9110 §12.5.1).

    Parameters
    ----------
    accept : str or None
        The header's value.

    Returns
    -------
    str
        The newer type if the client names it and prefers it, otherwise plain JSON.
    """
    weights = dict(_weighted(part) for part in (accept or "").split(","))
    wish = weights.get(GRAPHQL_RESPONSE, 0.0)
    return GRAPHQL_RESPONSE if wish > 0 and wish >= weights.get(JSON, 0.0) else JSON


def _weighted(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.lower().startswith("q="):
            return name.lower(), _weight(parameter[2:])
    return name.lower(), 1.0


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

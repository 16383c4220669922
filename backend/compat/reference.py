"""The reference page at ``/docs``: the OpenAPI document as one HTML page.

It is written here, without any script, style sheet or font from elsewhere.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The page has its own style and loads nothing."""

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #8884; margin-top: 2rem }
h2 { font: 600 1rem/1.5 ui-monospace, monospace } h2 b { color: #0a7d4f }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .75rem;
  border-bottom: 1px solid #8883; vertical-align: top } code { font-size: .9em }
nav a { display: block } h3 { font-size: 1rem; margin-bottom: .25rem }
"""

SOCKET = """<section id="ws"><h2><b>WebSocket</b> /ws</h2>
<p>Events of projects as they happen. Send
<code>{"action": "subscribe", "project_id": "…", "after": "…"}</code>,
<code>{"action": "unsubscribe", "project_id": "…"}</code>, <code>{"action": "ping"}</code> or
<code>{"action": "authenticate", "token": "…"}</code>. A token may also come as
<code>?token=</code> or in the Authorization header. Every subscriber first gets what has happened,
then what happens, each event once.</p></section>
<section id="graphql"><h2><b>POST</b> /graphql</h2>
<p>Everything that this API can do and more, described by its schema; subscriptions over WebSocket,
and over server-sent events and multipart at <code>/graphql/stream</code>.</p></section>"""

Schema = Mapping[str, Any]


def page(document: Schema) -> str:
    """Return the page.

    Parameters
    ----------
    document : mapping
        An OpenAPI 3.1 document, as ``openapi.document`` makes it.
    """
    info = document["info"]
    operations = [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    links = "".join(
        f'<a href="#{escape(operation["operationId"])}">'
        f"<code>{method.upper()} {escape(path)}</code></a>"
        for method, path, operation in operations
    )
    schemas = document["components"]["schemas"]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(info["title"])}</title>'
        f"<style>{STYLE}</style><h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f'<p>{escape(info["description"])} As a file: <a href="/openapi.json">openapi.json</a>.</p>'
        f'<nav>{links}<a href="#ws"><code>WebSocket /ws</code></a></nav>'
        + "".join(_operation(*entry) for entry in operations)
        + f"{SOCKET}<h2>Shapes</h2>"
        + "".join(_shape(name, schema) for name, schema in schemas.items())
        + "</html>\n"
    )


def _operation(method: str, path: str, operation: Schema) -> str:
    protection = "<p>Needs a token: <code>Authorization: Bearer …</code></p>"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    parameters = [
        (parameter["name"], f"in {parameter['in']}", _type(parameter["schema"]))
        for parameter in operation["parameters"]
    ]
    answers = [
        (status, answer["description"], _type(answer["content"]["application/json"]["schema"]))
        for status, answer in operation["responses"].items()
    ]
    return (
        f'<section id="{escape(operation["operationId"])}">'
        f"<h2><b>{method.upper()}</b> {escape(path)}</h2><p>{escape(operation['summary'])}</p>"
        + (protection if "security" in operation else "")
        + (f"<h3>Parameters</h3>{_table(parameters)}" if parameters else "")
        + (f"<h3>Body</h3><p>{_type(body['schema'])}</p>" if body else "")
        + f"<h3>Answers</h3>{_table(answers)}</section>"
    )


def _shape(name: str, schema: Schema) -> str:
    required = set(schema.get("required", ()))
    rows = [
        (field, "required" if field in required else "optional", _type(part))
        for field, part in schema.get("properties", {}).items()
    ]
    described = escape(schema.get("description", ""))
    return (
        f'<section id="{escape(name)}"><h3>{escape(name)}</h3><p>{described}</p>'
        f"{_table(rows) if rows else f'<p>{_type(schema)}</p>'}</section>"
    )


def _table(rows: list[tuple[str, str, str]]) -> str:
    """Return a table; the last column is HTML already."""
    cells = (
        f"<tr><td><code>{escape(name)}</code><td>{escape(note)}<td>{kind}"
        for name, note, kind in rows
    )
    return f"<table>{''.join(cells)}</table>"


def _type(schema: Schema) -> str:
    return " | ".join(dict.fromkeys(_types(schema)))


def _types(schema: Schema) -> Iterator[str]:
    """Return the kinds of value that a schema allows, as HTML."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        yield f'<a href="#{name}">{name}</a>'
    elif "anyOf" in schema:
        for part in schema["anyOf"]:
            yield from _types(part)
    elif "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        yield from (f"<code>{escape(str(value))}</code>" for value in values)
    elif schema.get("type") == "array":
        yield f"list of {_type(schema.get('items', {}))}"
    else:
        low, high = schema.get("minimum"), schema.get("maximum")
        span = f" {low} to {high}" if low is not None and high is not None else ""
        yield escape(f"{schema.get('type', 'anything')}{span}")

"""Files and functions stay small enough to be read at one sitting."""

import ast

from tests.architecture.source import ROOT, parsed, sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def test_files_are_short() -> None:
    lines = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in sources(".py", ".ts", ".tsx", ".mjs", ".js", ".css")
    }
    assert lines
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    lines = {
        f"{path}:{node.lineno} {node.name}": length(node)
        for path in sources(".py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert lines
    assert {name: count for name, count in lines.items() if count > LONGEST_FUNCTION} == {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and decorators."""
    first, last = function.body[0], function.body[-1]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    begin = (first.end_lineno or function.lineno) if documented else function.lineno
    return (last.end_lineno or begin) - begin

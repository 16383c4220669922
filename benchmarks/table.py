"""What was asked, what was measured, and whether it holds: one line each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One demand."""

    asked: str
    measured: str
    holds: bool


def none_of(fault: str, count: int, places: Sequence[str] = ()) -> Line:
    """Return the line of a fault that may not occur; the first places where it did are named."""
    shown = f" ({', '.join(places[:6])}{', …' if len(places) > 6 else ''})" if places else ""
    return Line(f"no {fault}", f"{count}{shown}", count == 0)


def print_table(lines: Sequence[Line]) -> None:
    """Print the lines below each other, and how many hold."""
    widths = [max(len(text) for text in column) for column in
              zip(*((line.asked, line.measured) for line in lines), strict=True)]  # fmt: skip
    print(f"\n{'asked':{widths[0]}} | {'measured':{widths[1]}} | holds")
    for line in lines:
        verdict = "yes" if line.holds else "NO"
        print(f"{line.asked:{widths[0]}} | {line.measured:{widths[1]}} | {verdict}")
    print(f"{sum(line.holds for line in lines)} of {len(lines)} hold")

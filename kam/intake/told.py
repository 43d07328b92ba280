"""The report of an import in sentences for a person at a command line."""

from collections.abc import Iterator, Mapping
from typing import Any

# Sentences of each kind that are printed; the report has them all.
PRINTED = 20


def totals(counted: Mapping[str, Any]) -> str:
    """What order lines add up to."""
    return (
        f"{counted['lines']:,} lines of {counted['customers']:,} customers, {counted['first']} to "
        f"{counted['last']}: revenue {counted['revenue']}, of it {counted['revenue_12m']} in the "
        f"twelve months to {counted['end']}."
    )


def sentences(report: Mapping[str, Any]) -> Iterator[str]:
    """What a person should know, each kind as far as it can be read."""
    yield from _some([question["question"] for question in report["questions"]])
    yield from _some([problem["message"] for problem in report["problems"]])
    yield from _some([_alike(pair) for pair in report["alike"]], report["alike_in_all"])
    if strangers := report["strangers"]:
        more = report["strangers_in_all"] - len(strangers[:PRINTED])
        others = f" and {more:,} more" if more else ""
        yield f"Not in this workshop, so left out: {', '.join(strangers[:PRINTED])}{others}."
    yield from (f"Left out: {line['sentence']}" for line in report.get("left_out_lines", ()))
    yield from (f"Counted: {line['sentence']}" for line in report.get("noticed_lines", ()))
    if headers := report["not_imported"]:
        yield f"Columns that are not imported: {', '.join(f'“{one}”' for one in headers)}."
    yield from report["notes"]


def _some(sentences: list[str], in_all: int = 0) -> Iterator[str]:
    yield from sentences[:PRINTED]
    more = max(in_all, len(sentences)) - PRINTED
    if more > 0:
        yield f"And {more:,} more of these; --json has them."


def _alike(pair: Mapping[str, Any]) -> str:
    left, right = pair["left"], pair["right"]
    other = f"{pair['name']} ({right})" if pair["name"] not in {"", right} else right
    return (
        f'"{left}" may be {other}. {pair["why"]} If it is: --same "{left}={right}"; if not: '
        f'--same "{left}=".'
    )

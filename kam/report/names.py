"""File names of exports."""

import re


def file_name(title: str, ending: str) -> str:
    """A file name that every system takes, from a workshop's name."""
    stem = re.sub(r"[^\w-]+", "-", title, flags=re.UNICODE).strip("-_")[:60]
    return f"{stem or 'workshop'}.{ending}"

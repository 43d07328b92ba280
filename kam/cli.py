"""The command line: `kam serve`."""

import os
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent


@click.group()
def main() -> None:
    """Keyroom: decide which customers are key accounts."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--port", default=8501, show_default=True, help="The port to listen on.")
@click.option("--share", is_flag=True, help="Let other machines on the network connect.")
@click.option(
    "--data", type=click.Path(path_type=Path), help="The folder of the workshops [~/.keyroom]."
)
def serve(port: int, share: bool, data: Path | None) -> None:  # noqa: FBT001 - click passes by name
    """Start Keyroom and print its address."""
    if data is not None:
        os.environ["KEYROOM_HOME"] = str(data.expanduser().resolve())
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from the working directory
    from kam.live.launcher import run  # noqa: PLC0415 - a quick --help needs no Streamlit

    run(port, "0.0.0.0" if share else "127.0.0.1")  # noqa: S104 - only when asked for

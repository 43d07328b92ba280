"""One weight moved in a real browser: key press to new picture, against an empty page."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.starting import free_port, wait_until_healthy
from benchmarks.timing import Result

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15

_EMPTY = """
import streamlit as st
st.set_page_config(layout="wide")
st.slider("Weight", 0, 100, 50, key="weight")
st.markdown(f"now {st.session_state.weight}")
"""

# from the key press to the first change of what is watched, and the next frame drawn
_TIMED = """([watched, attribute]) => new Promise(done => {
  const begin = performance.now();
  const seen = new MutationObserver(() => { seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin))) });
  seen.observe(document.querySelector(watched),
    {subtree: true, characterData: true, childList: !attribute,
     attributes: Boolean(attribute), attributeFilter: attribute ? [attribute] : undefined});
})"""


def results() -> list[Result]:
    """Empty where no Chromium can be had, which is said."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine: the browser figures are left out")
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "empty.py"
        script.write_text(_EMPTY, encoding="utf-8")
        kam, bare = free_port(), free_port()
        ours = _server(["-c", "from kam.cli import main; main()", "serve", "--data", folder,
                        "--port", str(kam)], ROOT)  # fmt: skip
        floor = _server(["-m", "streamlit", "run", str(script), "--server.headless=true",
                         f"--server.port={bare}", "--browser.gatherUsageStats=false"],
                        Path(folder))  # fmt: skip
        try:
            for port in (kam, bare):
                wait_until_healthy(port)
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            pages = _matrix(browser.new_page(), kam), _empty(browser.new_page(), bare)
            times = [(_pressed(pages[0], ".st-key-matrix svg.marks", "transform"),
                      _pressed(pages[1], "[data-testid=stMarkdown]", ""))
                     for _ in range(ROUNDS)]  # fmt: skip
        finally:
            ours.kill()
            floor.kill()
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    return [Result("browser: key press on a weight to new picture, 40 x 8",
                   "an empty page as shipped", medians[0], medians[1], 1.5)]  # fmt: skip


def _server(arguments: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
    )


def _matrix(page: Page, port: int) -> Page:
    """The example's matrix with the weights beside it, a slider in focus."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"http://127.0.0.1:{port}")
    page.get_by_role("button", name="Open the example").click()
    page.locator(".st-key-matrix svg.marks").wait_for()
    page.get_by_role("radio", name="Weights").click()
    page.locator(".st-key-sliders input[type=range]").first.wait_for()
    page.wait_for_timeout(2_000)
    page.locator(".st-key-sliders input[type=range]").first.focus()
    return page


def _empty(page: Page, port: int) -> Page:
    page.goto(f"http://127.0.0.1:{port}")
    page.locator("input[type=range]").wait_for()
    page.wait_for_timeout(1_000)
    page.locator("input[type=range]").focus()
    return page


def _pressed(page: Page, watched: str, attribute: str) -> float:
    """Milliseconds from a key press to the new picture."""
    page.bring_to_front()
    timing = page.evaluate_handle(f"arguments => ({{promise: ({_TIMED})(arguments)}})",
                                  [watched, attribute])  # fmt: skip
    page.keyboard.press("ArrowRight")
    found = float(timing.evaluate("kept => kept.promise"))
    page.wait_for_timeout(700)
    return found

"""One weight moved: from the edit to new chart data, and in the browser to the new picture."""

import os
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.timing import Result, side_by_side
from kam.charts.matrix import Layout, View, domain, matrix
from kam.edits import BringIn, SetPoints
from kam.method.assessment import assess
from kam.model import Workshop
from kam.report import tables
from kam.store import Store, import_workshop
from kam.validated import changed

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "example.json"

_EMPTY = """
import streamlit as st
st.set_page_config(layout="wide")
st.slider("Weight", 0, 100, 50, key="weight")
st.write(st.session_state.weight)
"""


def results() -> list[Result]:
    """On the server: the edit saved, assessed, drawn, against an empty rerun."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KEYROOM_HOME"] = folder
        with Store.open(Path(folder)) as store:
            key = store.bring_in(import_workshop(EXAMPLE.read_bytes()))
            store.write(key, _ten_more(store.workshop(key)))
            return [_chart_data(store, key), _page(key)]


def _ten_more(workshop: Workshop) -> BringIn:
    """Ten more customers, scored like the first ten, so that there are fifty."""
    first = list(workshop.customers.values())[:10]
    twins = {c.id: changed(c, id=f"{c.id}-2", name=f"{c.name} II") for c in first}
    scores = {
        key: {twins[c].id: score for c, score in scored.items() if c in twins}
        for key, scored in workshop.scores.items()
    }
    customers = {twin.id: twin for twin in twins.values()}
    return BringIn(origin="benchmark", customers=customers, scores=scores)


def _chart_data(store: Store, key: str) -> Result:
    """The data path without Streamlit, against an empty script run."""
    state = assess(store.workshop(key))
    frame = tables.matrix(state)
    view = View(state.workshop.cut_offs, Layout(), domain=domain(frame))
    before = matrix(frame, view)
    points = iter(range(10, 1_000))
    criterion = next(iter(state.workshop.criteria))

    def moved() -> object:
        store.write(key, SetPoints(points={criterion: float(next(points))}))
        fresh = assess(store.workshop(key), state.valued)
        seen = View(view.lines, view.layout, domain=view.domain, previous=before.offsets)
        return matrix(tables.matrix(fresh), seen)

    empty = AppTest.from_string(_EMPTY).run()
    ours, floor = side_by_side(moved, empty.run, rounds=15)
    return Result("weight moved, 50 customers x 8: edit saved to new chart data",
                  "an empty script run", ours, floor)  # fmt: skip


def _page(key: str) -> Result:
    """The matrix page's whole script run with a moved weight, against an empty one."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["w"] = key
    page.switch_page("pages/steps/matrix.py").run()
    page.session_state["matrix_view"] = "Weights"
    page.run()
    empty = AppTest.from_string(_EMPTY).run()
    moves = iter(range(10, 1_000))

    def moved() -> object:
        return page.slider[0].set_value(float(next(moves) % 60)).run()

    ours, floor = side_by_side(moved, lambda: empty.slider[0].set_value(5).run(), rounds=9)
    return Result("weight moved: the whole matrix page's script",
                  "an empty page's script", ours, floor)  # fmt: skip

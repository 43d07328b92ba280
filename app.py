"""The router: draw the page that the address names. `streamlit run app.py` works alone."""

import streamlit as st

from kam.agenda import STEPS
from kam.ui.frame import PAGES, START, VIEWS, explained

st.set_page_config(
    page_title="Keyroom",
    page_icon="static/icon.png",
    layout="wide",
    initial_sidebar_state="collapsed",
)
start = st.Page(START, title="Start", default=True)
steps = [st.Page(PAGES[step.slug], title=step.title, url_path=step.slug) for step in STEPS]
views = [st.Page(path, title=title, url_path=slug) for slug, (path, title) in VIEWS.items()]
page = st.navigation([start, *steps, *views], position="hidden")
with explained():
    page.run()

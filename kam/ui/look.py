"""The product's look beyond the theme: one constant style sheet, no data in it."""

import streamlit as st

_STYLE = """<style>
[data-testid="stMainBlockContainer"]{padding:.7rem 1.75rem 1rem;max-width:1360px}
[data-testid="stHeader"]{height:0;min-height:0;background:none}
[data-testid="stToolbar"]{display:none}
.st-key-bar{border-bottom:1px solid #D5DAE1;padding-bottom:.35rem}
.st-key-bar [data-testid="stPageLink-NavLink"]{padding:.25rem .6rem;border-radius:8px;gap:.4rem}
.st-key-bar [data-testid="stPageLink-NavLink"] p{font-size:15px;font-weight:500;color:#374151}
[class*="st-key-done_"] [data-testid="stIconMaterial"]{color:#0A7558}
[class*="st-key-open_"] [data-testid="stIconMaterial"]{color:#9CA3AF}
[class*="st-key-problem_"] [data-testid="stIconMaterial"]{color:#BF5016}
[class*="st-key-here_"] [data-testid="stPageLink-NavLink"]{background:#0B3A6B}
[class*="st-key-here_"] [data-testid="stPageLink-NavLink"] :is(p,span){color:#FFFFFF}
.st-key-bar [data-testid="stIconMaterial"]{font-variation-settings:"FILL" 1;font-size:22px}
.st-key-lanes button{min-height:0;padding:.15rem 0;justify-content:flex-start;text-align:left}
.st-key-withdraw button,.st-key-three button{min-height:0;padding:.1rem .6rem}
.st-key-head h1{padding:.1rem 0;line-height:1.2}
.st-key-welcome h1{font-size:34px;padding:1rem 0 .4rem}
:is([class*="st-key-card_"],.st-key-levels) [data-testid^="stNumberInputStep"]{display:none}
.st-key-sliders :is([data-testid="stSliderTickBar"],[data-testid="stSliderThumbValue"]){
display:none}
.st-key-sliders [data-testid="stSlider"]{margin:-.2rem 0 -.75rem}
.st-key-gap p,[class*="st-key-gap_"] p{color:#9A3412}
[class*="st-key-card_"]{background:#FFFFFF}
svg.marks{overflow:visible}
:is(.st-key-matrix,.st-key-heat) [data-testid="stElementToolbar"]{display:none}
:is(a,button,[role="radio"],[role="tab"]):focus-visible{outline:3px solid #C4521A}
@media (prefers-reduced-motion:no-preference){
.st-key-matrix svg .mark-symbol path,.st-key-matrix svg .mark-text text{transition:transform .45s}}
</style>"""


def dress() -> None:
    """Put the style sheet on the page."""
    st.html(_STYLE)

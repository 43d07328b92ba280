"""Frames to pictures: one constant Vega-Lite spec per chart family, and data that changes."""

"""The import wizard: choose, match, check. Nothing is stored before the last button.

The parts: `draft` is what this tab has chosen and answered so far; `choose`, `match` and `check`
are the three screens; `written` asks how a column's figures and days are written, `as_stored`
shows the first rows as they will be stored. `lists` is the door for customers and for scores,
`ledger` the door for order lines.
"""

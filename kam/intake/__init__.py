"""Bytes that somebody chose -> checked rows, measures and plain words about what was found.

The parts: `tables` reads a file as a table of texts; `headers` tells which column holds what;
`lists` makes checked customers of a matched table; `orders` makes measures of order lines.
`figures` reads numbers, the same way in Python and in SQL. `bring_in` turns rows and measures into
one edit of a workshop, `job` reads beside the room, `unattended` reads without anybody to ask.
"""

"""Parts of the plans page: lines, the editor, how a plan ends, many at once, files to take along.

A saved plan is never lost: when its customer's class changes it stays, and the page says so.
"""

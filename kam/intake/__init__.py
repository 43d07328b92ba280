"""Bytes that somebody chose -> checked rows, measures and plain words about what was found.

    files       CSV, TSV, Excel or OpenDocument -> `Table`, every cell a text
    encoding    bytes -> text, and which encoding that was
    sheets      spreadsheets, read in a child process with limits
    figures     "1.234,50", "(1,200)", "EUR 5" -> numbers, in Python and in SQL by the same patterns
    matching    their column names -> our fields
    customers   `Table` -> checked customers, with every problem named by line
    ledger      order lines -> revenue, growth, margin, recency per customer
    lines       a ledger file as CSV that the database can read
    entries     the SQL behind the ledger
    loading     the layout that its cells have
    remarks     what a person should know before trusting it

Nothing here knows a workshop: the caller says which fields exist.
"""

"""Bytes -> a table of texts: CSV, TSV, Excel, OpenDocument, pasted cells; nothing interpreted."""

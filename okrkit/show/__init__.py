"""Claims become pages and workbooks."""

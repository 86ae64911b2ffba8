"""The served site: launcher, page frame and headers around Voila; loads none of the analysis."""

import sys

# Jupyter has its schemas checked by jsonschema, which would build a grammar of addresses first:
# half of what a start takes, for addresses that no schema names. It does without what is not there.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

"""Who grades how, as numbers: what may be compared, the crossed model, and what it can tell."""

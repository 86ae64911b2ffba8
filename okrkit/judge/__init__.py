"""Numbers and the client's standard become claims: met, not met, or not enough data."""

"""What people answered and decided, kept outside the client's folder."""

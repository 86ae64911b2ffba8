"""What people decided, kept outside the client's folder."""

"""What a client keeps: one content, written in several forms."""

"""The door: raw cells become checked columns, or a list of everything that is wrong."""

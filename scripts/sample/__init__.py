"""Makes the invented company that okrkit shows when no folder is given."""

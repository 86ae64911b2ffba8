"""Who grades how: what may be compared, what can be told, and what is said of each manager."""

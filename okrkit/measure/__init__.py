"""Checked tables become numbers: no thresholds, no verdicts, no clock, no files."""

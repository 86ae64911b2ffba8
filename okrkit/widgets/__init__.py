"""Panels for Voila and JupyterLab: read, audit, show, and let people fill in the plan."""

"""A client's files to checked tables."""

from .folder import read_folder
from .template import write_template

__all__ = ["read_folder", "write_template"]

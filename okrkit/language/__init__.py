"""Words and numbers of a text; knows nothing about OKR data."""

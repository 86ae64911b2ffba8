"""The served site: launcher, page frame and headers around Voila; loads none of the analysis."""

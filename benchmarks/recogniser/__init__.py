"""The project's recogniser against Tesseract, on the same lines in one run."""

"""Pages about Saraban; what can be told by the program is generated."""

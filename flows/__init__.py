"""Prefect flows over the library: thin, so that whatever they do can be done without Prefect."""

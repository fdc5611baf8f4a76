"""How fast and how steady a run is."""

"""How well, how fast and in how much memory citations are resolved, on synthetic archives."""

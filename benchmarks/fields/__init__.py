"""How much of what letters and plans say arrives in the datasets, from scan to value."""

"""How the recogniser is made: synthetic lines, training, evaluation, export. Never needed to run it."""

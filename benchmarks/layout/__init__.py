"""Layout on rendered bundles: lines, baselines, cells and ticks against the renderer's truth."""

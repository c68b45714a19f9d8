"""Speed, as ratios measured in one run, so that a slow machine slows both sides."""

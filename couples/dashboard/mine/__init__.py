"""One's own view: the usual, the slope, the published scale. Nobody else sees this page."""

"""Charts as SVG, drawn on the server: lines with a band, bars, sparks."""

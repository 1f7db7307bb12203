"""History to Forecast: cleanse, classify, methods, ensemble, intervals, reconcile."""

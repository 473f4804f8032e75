"""Reports that come by HTTP: received within limits, read in a process of its own, loaded, and told of."""

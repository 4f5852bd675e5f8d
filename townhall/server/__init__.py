"""What every simulated server is made of: HTTP on loopback, the log of requests, documents."""

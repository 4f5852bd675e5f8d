"""Real servers for tests, started as plain processes and gone with the test."""

"""A whole country against the real plan and queue and a real PostgreSQL: crawls are sleeps, time is compressed."""

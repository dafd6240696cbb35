"""What is kept of requests: replies under idempotency keys, and what was imported."""

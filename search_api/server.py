"""Serves the application: quiet about itself, and about what people ask."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI


def run_server(app: FastAPI, host: str, port: int) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM). The log of requests is `ratslupe.access`: method,
    path, status and time; never the question, never the address of who asked."""
    uvicorn.run(
        app, host=host, port=port, server_header=False, access_log=False, timeout_keep_alive=15,
        timeout_graceful_shutdown=10, h11_max_incomplete_event_size=32_768, log_config=None,
    )  # fmt: skip

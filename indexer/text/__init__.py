"""Bytes → pages of text. One file a format; `readers.py` is the list of them, `worker.py` does it in processes."""

from indexer.text.extraction import EXTRACTOR_VERSION, Extraction, Limits, Status
from indexer.text.readers import extract_bytes
from indexer.text.worker import ExtractionPool, ExtractorsDoNotStart, Job

__all__ = [
    "EXTRACTOR_VERSION",
    "Extraction",
    "ExtractionPool",
    "ExtractorsDoNotStart",
    "Job",
    "Limits",
    "Status",
    "extract_bytes",
]

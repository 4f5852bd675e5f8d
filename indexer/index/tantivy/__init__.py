"""The embedded engine, and the default: an index in a folder, searched and written in this process."""

from indexer.index.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]

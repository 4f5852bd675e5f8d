"""The engine for more than one machine: an index in an Elasticsearch cluster of version 8 or 9."""

from indexer.index.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]

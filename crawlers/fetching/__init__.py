"""The Scrapy side of a crawl: spiders, middlewares, downloads and pipelines."""

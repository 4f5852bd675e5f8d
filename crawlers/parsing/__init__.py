"""What is decided about German council pages and answers, decided once: pure, free of Scrapy and of any product."""

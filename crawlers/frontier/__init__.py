"""What is asked for next, what is written and what is taken out: pure, free of Scrapy and of any network."""

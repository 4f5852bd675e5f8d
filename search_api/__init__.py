"""From a question to an answer: pages for people, JSON for programs. Reads only."""

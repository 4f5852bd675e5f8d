"""A simulated ALLRIS 4 server: Wicket pages in three versions, with sessions."""

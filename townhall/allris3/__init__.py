"""A simulated ALLRIS 3 server: .asp pages in two skins, the calendar as pages or as XML."""

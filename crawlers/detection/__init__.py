"""Which system a server runs, seen from one of its answers. Pure: nothing here asks for anything."""

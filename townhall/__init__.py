"""Invented towns, and simulated council servers on loopback that publish them: for `ratslupe demo` and for tests.

Nothing here exists: no town, no person, no document. The room imports the standard library and none of the other rooms.
"""

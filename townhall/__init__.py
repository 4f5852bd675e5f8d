"""Invented municipalities, and simulated council servers that publish them: for `ratslupe demo` and for tests.

Nothing here exists: no municipality, no person, no document. The room imports the standard library, Starlette and
uvicorn, and none of the other rooms.
"""

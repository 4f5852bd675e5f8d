"""From a council's server to the archive: the only room that speaks to the outside.

`spider` files ask and touch no selector; `pages` and `payload` files read and make no request.
"""

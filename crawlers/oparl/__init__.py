"""OParl 1.0 and 1.1 (dev.oparl.org/spezifikation), as councils' servers really speak it.

`payload` reads an answer's bytes; `quirks` names what single vendors do differently. Both are pure.
"""

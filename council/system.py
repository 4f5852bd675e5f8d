"""System: the products that councils run, as the register names them."""

from __future__ import annotations

from enum import StrEnum


class System(StrEnum):
    """The products councils run; a new reader adds its one line here."""

    OPARL = "oparl"  # the open interface, versions 1.0 and 1.1, of whichever product
    SESSIONNET = "sessionnet"  # SessionNet by Somacos: pages si0040, si0057, vo0050 (.php or .asp)
    MORERUBIN = "morerubin"  # more!rubin: *.gremien.info, api.php
    COUNCILSERVICE = "councilservice"  # Sitzungsdienst of mein-intra.net, inside verwaltungsportal.de websites
    ALLRIS3 = "allris3"  # ALLRIS 3 by CC e-gov: pages si010_e.asp, to010.asp
    ALLRIS4 = "allris4"  # ALLRIS 4 by CC e-gov: /public/si010
    SDNET = "sdnet"  # SD.NET RIM by Sternberg: /tops/, /vorgang/
    ECICS = "ecics"  # ecics RIS inside a website: ?action=show_sitzung&sitzung_id=
    NOTICES = "notices"  # no system at all: a list of public notices on the website

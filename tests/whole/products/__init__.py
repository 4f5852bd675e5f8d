"""The systems whose servers show pages, as the suite that all of them pass (`test_products.py`) sees them."""

from tests.whole.products.allris3 import ALLRIS3
from tests.whole.products.allris4 import ALLRIS4
from tests.whole.products.councilservice import COUNCILSERVICE
from tests.whole.products.morerubin import MORERUBIN
from tests.whole.products.notices import NOTICES
from tests.whole.products.sessionnet import SESSIONNET

PRODUCTS = (ALLRIS3, ALLRIS4, COUNCILSERVICE, MORERUBIN, NOTICES, SESSIONNET)

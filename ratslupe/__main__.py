"""`python -m ratslupe` is `ratslupe`."""

from ratslupe.cli import main

if __name__ == "__main__":
    main()

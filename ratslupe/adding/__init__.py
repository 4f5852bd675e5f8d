"""`ratslupe add`: a new entry in the register, and every other byte of it as it was."""

"""What tests do to simulated servers: faults, edits of what they publish, and things that nobody may ever find."""

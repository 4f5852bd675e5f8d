"""The invented municipality, before any vendor's format: its model, people, meetings, texts and documents."""

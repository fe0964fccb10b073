"""How Keeproom looks: two palettes, one flat style, and what decides between light and dark."""

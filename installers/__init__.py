"""Setting up and starting a checkout, and later the installers; one folder a platform. Standard library only."""

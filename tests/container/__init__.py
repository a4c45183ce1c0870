"""The container image and its compose files, carried out as far as a machine without a container engine can."""

"""Tables of water whose rows are never changed or deleted; see `cadastre/append_only.py`."""

APPEND_ONLY: dict[str, list[str]] = {"water_basins_terrainversion": []}

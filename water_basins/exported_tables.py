"""What of water leaves with a municipality's exit package; see `gis_project/territory/exported_tables.py`.

The files of an index stay: they are built again from the terrain's own file, whose hash the row holds.
"""

EXPORTED: dict[str, str] = {"water_basins_terrainversion": "municipality_id"}

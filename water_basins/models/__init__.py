"""Records of water; import them from here."""

from water_basins.models.terrain_version import TerrainVersion

__all__ = ["TerrainVersion"]

"""How much a file that somebody hands us may cost to read."""

from dataclasses import dataclass

MIB = 1024 * 1024

# A map of parcels: how often one polygon may repeat, how many other boxes a parcel's box may touch on average
# (in a town about ten), and how many pairs of boxes are held in memory while they are counted.
MOST_SAME_SHAPES = 1_000
MOST_COMMON_BOXES = 200
PAIRS_AT_ONCE = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """Bounds of the child process that reads a file; bytes, seconds, counts."""

    file_bytes: int
    unzipped_bytes: int = 500 * MIB
    unzip_ratio: int = 100
    zip_entries: int = 20
    geodatabase_entries: int = 400
    handover_bytes: int
    memory_bytes: int
    cpu_s: int
    wall_s: int
    records: int


# What comes through the web: anybody's session may be the attacker's.
UPLOAD = ReadingLimits(
    file_bytes=50 * MIB,
    handover_bytes=256 * MIB,
    memory_bytes=1024 * MIB,
    cpu_s=10,
    wall_s=10,
    records=100_000,
)

# What the operator of the machine reads from its own disk.
COMMAND = ReadingLimits(
    file_bytes=4096 * MIB,
    unzipped_bytes=8192 * MIB,
    handover_bytes=4096 * MIB,
    memory_bytes=8192 * MIB,
    cpu_s=900,
    wall_s=1200,
    records=2_000_000,
)

// The two questions the map asks the OGC API: one parcel by its id, and the parcels at a point.
import type Feature from "ol/Feature";
import GeoJSON from "ol/format/GeoJSON";
import { STORAGE_CRS } from "./projection";

const format = new GeoJSON({ dataProjection: "EPSG:4326", featureProjection: STORAGE_CRS });
const STORAGE_CRS_URI = "http://www.opengis.net/def/crs/EPSG/0/32717";

async function fetchJson(url: string): Promise<object> {
  const response = await fetch(url, { headers: { Accept: "application/geo+json" } });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return (await response.json()) as object;
}

export async function parcelById(items: string, id: string): Promise<Feature[]> {
  return format.readFeatures(await fetchJson(`${items}/${encodeURIComponent(id)}?f=json`));
}

/** A geometry in the storage CRS, told by the page itself. */
export function placeOf(geojson: string): Feature[] {
  return new GeoJSON().readFeatures(JSON.parse(geojson) as object);
}

/** The parcels whose ground holds the point, within half a metre. */
export async function parcelsAt(items: string, [x, y]: number[]): Promise<Feature[]> {
  const half = 0.5;
  const query = new URLSearchParams({
    f: "json",
    limit: "10",
    bbox: [x! - half, y! - half, x! + half, y! + half].map((value) => value.toFixed(3)).join(","),
    "bbox-crs": STORAGE_CRS_URI,
  });
  const found = format.readFeatures(await fetchJson(`${items}?${query}`));
  const exact = found.filter((feature) => feature.getGeometry()?.intersectsCoordinate([x!, y!]));
  return exact.length ? exact : found;
}

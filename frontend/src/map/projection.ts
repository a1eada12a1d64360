import { addCoordinateTransforms, addProjection, get } from "ol/proj";
import Projection from "ol/proj/Projection";
import { fromUtmSouth, toUtmSouth } from "./utm";

/** The storage CRS, in which maps are drawn: nothing is reprojected between the register and the screen. */
export const STORAGE_CRS = "EPSG:32717";
const ZONE = 17;

type TransformFunction = (input: number[], output?: number[], dimension?: number) => number[];

function everyPair(transform: (x: number, y: number) => [number, number]): TransformFunction {
  return (input, output, dimension = 2) => {
    const result = output ?? input.slice();
    for (let i = 0; i < input.length; i += dimension) {
      [result[i], result[i + 1]] = transform(input[i]!, input[i + 1]!);
    }
    return result;
  };
}

/** Registers EPSG:32717 with exact transforms, once; `extent` covers mainland Ecuador with a margin. */
export function registerStorageCrs(): Projection {
  const projection = new Projection({
    code: STORAGE_CRS,
    units: "m",
    axisOrientation: "enu",
    extent: [350_000, 9_300_000, 1_250_000, 10_250_000],
  });
  addProjection(projection);
  const geographic = get("EPSG:4326")!;
  addCoordinateTransforms(
    geographic,
    projection,
    everyPair((lon, lat) => toUtmSouth(lon, lat, ZONE)),
    everyPair((x, y) => fromUtmSouth(x, y, ZONE)),
  );
  return projection;
}

const ZONE_18 = new Set(["32718", "31993", "31978"]);

/** The UTM zone of a municipality's legal CRS; the storage CRS's own when none is given. */
export function legalZone(srid: string | undefined): number {
  return ZONE_18.has(srid ?? "") ? 18 : ZONE;
}

/** "UTM 17 Sur · E 770.814,4 · N 9.943.567,4 · lat −0,51010° lon −78,56690°": metres of the legal zone, in the page's language. */
export function readout(coordinate: number[], pageLanguage: string, zone: number, south: string): string {
  const language = pageLanguage === "es" ? "es-EC" : pageLanguage;
  const metres = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const angle = new Intl.NumberFormat(language, { minimumFractionDigits: 5, maximumFractionDigits: 5 });
  const [x, y] = coordinate as [number, number];
  const [lon, lat] = fromUtmSouth(x, y, ZONE);
  const [easting, northing] = zone === ZONE ? [x, y] : toUtmSouth(lon, lat, zone);
  return `UTM ${zone} ${south} · E ${metres.format(easting)} · N ${metres.format(northing)} · lat ${angle.format(lat)}° lon ${angle.format(lon)}°`;
}

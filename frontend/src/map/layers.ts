import ImageLayer from "ol/layer/Image";
import VectorLayer from "ol/layer/Vector";
import ImageWMS from "ol/source/ImageWMS";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, Stroke, Style } from "ol/style";
import { STORAGE_CRS } from "./projection";

/** One picture of the municipality's layers, drawn by the server in the storage CRS. */
export function pictureLayer(wms: string, layers: string, attribution: string): ImageLayer<ImageWMS> {
  return new ImageLayer({
    source: new ImageWMS({
      url: wms,
      params: { LAYERS: layers, VERSION: "1.3.0", FORMAT: "image/png", TRANSPARENT: "FALSE" },
      projection: STORAGE_CRS,
      ratio: 1.2,
      hidpi: true,
      attributions: attribution,
      serverType: undefined,
    }),
  });
}

/** The layer of the chosen parcel: a dark line on a light one, to be seen on any ground and without colour vision. */
export function highlightLayer(): VectorLayer<VectorSource> {
  const corner = new Circle({ radius: 4, fill: new Fill({ color: "#fff" }), stroke: new Stroke({ color: "#7a2a15", width: 2 }) });
  return new VectorLayer({
    source: new VectorSource(),
    style: [
      new Style({ stroke: new Stroke({ color: "#fff", width: 7 }) }),
      new Style({ stroke: new Stroke({ color: "#a2432a", width: 3.5 }), fill: new Fill({ color: "rgba(242,182,50,0.28)" }), image: corner }),
    ],
  });
}

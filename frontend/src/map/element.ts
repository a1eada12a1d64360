// <lindero-map>: a picture of the cadastre in its own CRS. What it shows stands as text in the same page; the map only adds to it.
import Map from "ol/Map";
import View from "ol/View";
import Attribution from "ol/control/Attribution";
import ScaleLine from "ol/control/ScaleLine";
import Zoom from "ol/control/Zoom";
import type Feature from "ol/Feature";
import type MapBrowserEvent from "ol/MapBrowserEvent";
import { defaults as defaultInteractions } from "ol/interaction/defaults";
import { highlightLayer, pictureLayer } from "./layers";
import { parcelById, parcelsAt, placeOf } from "./parcels";
import { legalZone, readout, registerStorageCrs } from "./projection";

const projection = registerStorageCrs();

class LinderoMap extends HTMLElement {
  #map: Map | null = null;
  #highlight = highlightLayer();
  #found = document.createElement("p");
  #readout = document.createElement("p");
  #searches = 0;

  connectedCallback(): void {
    if (this.#map) return;
    this.querySelector("[data-map-ask]")?.remove();
    const view = this.#frame();
    this.#map = this.#draw(view);
    this.#follow(this.#map, view);
    if (this.dataset.place) this.#mark(placeOf(this.dataset.place));
    else if (this.dataset.parcel) void this.#showParcel(this.dataset.parcel);
  }

  disconnectedCallback(): void {
    this.#map?.setTarget(undefined);
    this.#map = null;
  }

  /** The map's box, its read-out and the place where a found parcel is told. */
  #frame(): HTMLElement {
    const frame = document.createElement("div");
    frame.className = "map-frame";
    const view = document.createElement("div");
    view.className = this.hasAttribute("tall") ? "map-view map-view--tall" : "map-view";
    view.tabIndex = 0;
    view.setAttribute("role", "application");
    view.setAttribute("aria-label", this.dataset.label ?? "");
    view.setAttribute("aria-roledescription", this.dataset.labelRole ?? "");
    const crosshair = document.createElement("div");
    crosshair.className = "map-crosshair";
    this.#readout.className = "map-readout";
    this.#found.className = "map-found";
    this.#found.setAttribute("role", "status");
    const box = document.createElement("div");
    box.className = "map-box";
    box.append(view, crosshair);
    frame.append(box, this.#readout, this.#found);
    this.prepend(frame);
    return view;
  }

  #draw(target: HTMLElement): Map {
    const { wms = "", layers = "parcels", attribution = "", extent = "" } = this.dataset;
    const picture = pictureLayer(wms, layers, attribution);
    picture.getSource()?.on("imageloaderror", () => {
      this.#found.textContent = this.dataset.labelFailed ?? "";
    });
    const map = new Map({
      target,
      layers: [picture, this.#highlight],
      controls: [
        new Zoom({ zoomInTipLabel: this.dataset.labelZoomIn, zoomOutTipLabel: this.dataset.labelZoomOut }),
        new ScaleLine({ minWidth: 80 }),
        new Attribution({ collapsible: false }),
      ],
      // The page keeps its wheel and its one-finger scroll until the map has the focus.
      interactions: defaultInteractions({ onFocusOnly: true }),
      view: new View({ projection, constrainResolution: false, maxResolution: 400, minResolution: 0.05, enableRotation: false }),
    });
    map.getView().fit(extent.split(",").map(Number) as [number, number, number, number], { padding: [16, 16, 16, 16] });
    return map;
  }

  #follow(map: Map, view: HTMLElement): void {
    map.on("pointermove", (event) => this.#tell(event.coordinate));
    map.on("moveend", () => this.#tell(map.getView().getCenter() ?? [0, 0]));
    map.on("singleclick", (event: MapBrowserEvent) => void this.#identify(event.coordinate));
    view.addEventListener("keydown", (event) => {
      if (event.key === "Enter") void this.#identify(map.getView().getCenter() ?? [0, 0]);
    });
    this.#tell(map.getView().getCenter() ?? [0, 0]);
  }

  #tell(coordinate: number[]): void {
    const { legalSrid, labelSouth = "Sur" } = this.dataset;
    this.#readout.textContent = readout(coordinate, document.documentElement.lang || "es", legalZone(legalSrid), labelSouth);
  }

  async #showParcel(id: string): Promise<void> {
    try {
      this.#mark(await parcelById(this.dataset.items ?? "", id));
    } catch {
      this.#found.textContent = this.dataset.labelFailed ?? "";
    }
  }

  #mark(features: Feature[]): void {
    const source = this.#highlight.getSource();
    source?.clear();
    source?.addFeatures(features);
  }

  async #identify(point: number[] | null): Promise<void> {
    const items = this.dataset.items;
    if (!point || !items || !this.dataset.propertyUrl) return; // before the first drawing there is no coordinate
    const search = ++this.#searches;
    this.#found.textContent = this.dataset.labelSearching ?? "";
    try {
      const features = await parcelsAt(items, point);
      if (search !== this.#searches) return;
      if (features.length) this.#mark(features);
      this.#found.replaceChildren(...this.#links(features));
    } catch {
      if (search === this.#searches) this.#found.textContent = this.dataset.labelFailed ?? "";
    }
  }

  #links(features: Feature[]): (Node | string)[] {
    const keyField = this.dataset.keyField ?? "key";
    const keys = features.map((feature) => String(feature.get(keyField) ?? "")).filter(Boolean);
    if (keys.length === 0) return [this.dataset.labelNothing ?? ""];
    return keys.flatMap((key, index) => {
      const link = document.createElement("a");
      link.href = `${this.dataset.propertyUrl}${encodeURIComponent(key)}`;
      link.textContent = `${this.dataset.labelProperty ?? ""} ${key}`;
      return index ? [" · ", link] : [link];
    });
  }
}

customElements.define("lindero-map", LinderoMap);

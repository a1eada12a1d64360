// OpenLayers is the heaviest thing we send. It comes when a map is about to be seen; with "save data" on, only when asked for.

type Connection = { saveData?: boolean };

const load = (): Promise<unknown> => import("../map/element");

function askFirst(map: HTMLElement): void {
  if (map.querySelector("[data-map-ask]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.dataset.mapAsk = "";
  button.textContent = map.dataset.labelAsk ?? "";
  button.addEventListener("click", () => {
    button.remove();
    void load();
  });
  map.append(button);
}

/** Loads the map's chunk once the first `<lindero-map>` of `root` is within a screen of being visible. */
export function watchMaps(root: ParentNode): void {
  const maps = [...root.querySelectorAll<HTMLElement>("lindero-map:not(:defined)")];
  if (maps.length === 0) return;
  if ((navigator as Navigator & { connection?: Connection }).connection?.saveData) {
    maps.forEach(askFirst);
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void load();
    },
    { rootMargin: "400px" },
  );
  maps.forEach((map) => observer.observe(map));
}

// Every page loads this: htmx, and the map's chunk only where a map comes near the eye.
import htmx from "htmx.org";
import { watchMaps } from "./elements/map-loader";
import { focusErrorSummary } from "./elements/error-summary";

// A strict Content-Security-Policy forbids eval; htmx must not try.
htmx.config.includeIndicatorCSS = false;

function start(): void {
  watchMaps(document);
  focusErrorSummary(document);
}

document.addEventListener("htmx:after:swap", start);
start();

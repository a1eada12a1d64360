// Builds src/ into gis_project/static/dist: hashed names, manifest.json (plain name → hashed name), .gz and .br beside each file.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "gis_project", "static", "dist");

// What the manifest calls the chunks that pages ask for by name.
const NAMED = {
  "src/page.ts": "page.js",
  "src/style/page.css": "page.css",
  "src/map/element.ts": "map.js",
};

const options = {
  absWorkingDir: here,
  entryPoints: ["src/page.ts", "src/style/page.css"],
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  metafile: true,
  legalComments: "linked",
  target: ["chrome90", "firefox90", "safari14.1"],
  loader: { ".svg": "file" },
};

async function writeImages(manifest) {
  const folder = join(here, "src", "images");
  for (const name of (await readdir(folder)).sort()) {
    const bytes = await readFile(join(folder, name));
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    const hashed = `${name.slice(0, -extname(name).length)}-${hash}${extname(name)}`;
    await writeFile(join(dist, hashed), bytes);
    manifest[name] = hashed;
  }
}

async function compress() {
  for (const name of await readdir(dist)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const bytes = await readFile(join(dist, name));
    await writeFile(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    await writeFile(join(dist, `${name}.br`), brotliCompressSync(bytes, quality));
  }
}

async function finish(metafile) {
  const manifest = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const plain = NAMED[output.entryPoint];
    if (plain) manifest[plain] = path.split("/").pop();
  }
  const missing = Object.values(NAMED).filter((plain) => !(plain in manifest));
  if (missing.length) throw new Error(`La construcción no produjo ${missing.join(", ")}`);
  await writeImages(manifest);
  await compress();
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
if (process.argv.includes("--watch")) {
  const manifestPlugin = {
    name: "manifest",
    setup: (build) => build.onEnd((result) => result.metafile && finish(result.metafile)),
  };
  const context = await esbuild.context({ ...options, plugins: [manifestPlugin] });
  await context.watch();
} else {
  const { metafile } = await esbuild.build(options);
  await finish(metafile);
}

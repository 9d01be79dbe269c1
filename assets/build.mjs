// Builds eoi/static from this folder: `npm ci && npm run build`. Refuses an output that is an error, empty or too big.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const out = new URL("../eoi/static/", import.meta.url).pathname;
const here = new URL(".", import.meta.url).pathname;

const { css } = compile(here + "sass/app.scss", { style: "compressed", loadPaths: [here + "node_modules"], quietDeps: true });
const { code } = await (await import("esbuild")).transform(css, { loader: "css", minify: true, target: "chrome100" });
writeFileSync(out + "app.css", code);

await build({
  entryPoints: [here + "js/app.js", here + "js/schools.js"],
  bundle: true, minify: true, format: "esm", target: "es2020", outdir: out, legalComments: "none",
});
writeFileSync(out + "supported.js", readFileSync(here + "js/supported.js"));
writeFileSync(new URL("../tests/browser/vendor/axe.min.js", import.meta.url), readFileSync(here + "node_modules/axe-core/axe.min.js"));

const limits = { "app.css": [20_000, 25_000], "app.js": [2_000, 16_000], "schools.js": [10_000, 25_000] };
for (const [name, [least, most]] of Object.entries(limits)) {
  const text = readFileSync(out + name);
  const zipped = gzipSync(text).length;
  console.log(`${name}: ${text.length} bytes, ${zipped} zipped`);
  if (text.length < least || zipped > most) throw new Error(`${name} is out of its limits`);
}

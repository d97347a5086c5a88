// Builds the widget into the folder it is served from, or into the one that is named. The same sources give the same bytes:
// versions are pinned by package-lock.json, and nothing of the machine or the day goes in.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "../chatbot/channels/website/static"));
const { version, license } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));

const built = await build({
  absWorkingDir: here,
  entryPoints: ["src/index.ts"],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: ["chrome105", "firefox121", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text" },
  plugins: [minifiedStyles()],
  define: { __VERSION__: JSON.stringify(version) },
  banner: { js: `/* careers-chat-widget ${version}, ${license}; contains Preact, (c) 2015-present Jason Miller, MIT License */` },
});
const script = built.outputFiles[0].contents;
const name = `widget-${version}.js`;
await mkdir(target, { recursive: true });
await writeFile(join(target, name), script);
console.log(`${name}: ${script.length} bytes, ${gzipSync(script, { level: 9 }).length} gzipped`);
console.log(`sha384-${createHash("sha384").update(script).digest("base64")}`);

/** The style sheet as a minified string, so that it can be adopted by the shadow root. */
function minifiedStyles() {
  return {
    name: "minified-styles",
    setup(esbuild) {
      esbuild.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const css = await readFile(path, "utf8");
        const done = await esbuild.esbuild.transform(css, { loader: "css", minify: true });
        return { contents: done.code.trim(), loader: "text" };
      });
    },
  };
}

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));

// tools/bundle.py computes the same hash, so that a machine without node can tell whether the bundle is up to date.
function hashOfSources() {
  const sources = readdirSync(join(here, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(here.length + 1));
  const digest = createHash("sha256");
  for (const path of ["package-lock.json", "package.json", "tsconfig.json", "vite.config.js", ...sources].sort()) {
    digest.update(path).update("\0").update(readFileSync(join(here, path))).update("\0");
  }
  return digest.digest("hex");
}

export default defineConfig({
  root: here,
  publicDir: false,
  build: {
    outDir: process.env.ONENUMBER_BUNDLE_DIR ?? join(here, "../src/onenumber/web/static/built"),
    emptyOutDir: true,
    modulePreload: false,
    target: "es2022",
    rolldownOptions: {
      input: { onenumber: join(here, "src/main.ts"), "plan-grid": join(here, "src/plan-grid.ts") },
      output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]", postBanner: `/* onenumber sources sha256:${hashOfSources()} */` },
    },
  },
});

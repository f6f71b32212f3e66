// Makes static/build/: one stylesheet for day and night, the type, and the few pictures USWDS asks for.
//
// USWDS decides its colours while compiling, so it can only be compiled for one theme. We compile for each theme
// and lay the two results side by side: they may differ in colours (and pictures) alone. Every place where they
// differ becomes a custom property with a day value and a night value. A night page is then the same file, and
// each theme keeps the contrast USWDS chose for it.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "build");
const modules = join(here, "..", "..", "..", "..", "node_modules");
const uswds = join(modules, "@uswds", "uswds");
const type = join(modules, "@fontsource", "public-sans");

const VALUE = /url\((?:"[^"]*"|[^)]*)\)|#[0-9a-f]{3,8}\b|rgba?\([^)]*\)/gi;

function compile(theme) {
  const source = `@use "tokens" with ($theme: "${theme}");\n@use "offramp";`;
  return sass.compileString(source, {
    loadPaths: [here, join(uswds, "packages")],
    style: "compressed",
    quietDeps: true,
  }).css;
}

function tokens(theme) {
  const block = readFileSync(join(here, "_tokens.scss"), "utf8").split(`$${theme}: (`)[1].split(");")[0];
  return [...block.matchAll(/^\s*([a-z-]+):\s*(#[0-9a-f]{6})/gim)].map(([, name, value]) => [name, value]);
}

function fold(day, night) {
  const between = day.split(VALUE);
  const other = night.split(VALUE);
  const odd = between.findIndex((part, at) => part !== other[at]);
  if (between.length !== other.length || odd >= 0) {
    throw new Error(`Day and night differ in more than colour near: ${between[odd]?.slice(0, 200)}`);
  }
  const nightValues = night.match(VALUE) ?? [];
  const names = new Map();
  const values = (day.match(VALUE) ?? []).map((value, at) => {
    const pair = `${value} ${nightValues[at]}`;
    if (value === nightValues[at]) return value;
    if (!names.has(pair)) names.set(pair, [`--uswds-${names.size + 1}`, value, nightValues[at]]);
    return `var(${names.get(pair)[0]})`;
  });
  return [between.map((part, at) => part + (values[at] ?? "")).join(""), [...names.values()]];
}

function properties(css, pairs) {
  const declare = (theme, at) =>
    [...tokens(theme).map(([name, value]) => `--${name}:${value}`), ...pairs.map((pair) => `${pair[0]}:${pair[at]}`)].join(";");
  const day = declare("day", 1);
  // Paper is always white: a page printed from the night theme prints as by day.
  return (
    `:root{color-scheme:light;${day}}` +
    `@media screen{[data-theme=night]{color-scheme:dark;${declare("night", 2)}}}${css}`
  );
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

function build() {
  const [css, pairs] = fold(compile("day"), compile("night"));
  const sheet = properties(css.replace(/^\uFEFF|@charset "UTF-8";/g, ""), pairs);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "offramp.css"), sheet);
  for (const picture of new Set([...sheet.matchAll(/url\("?(img\/[^")]+)"?\)/g)].map(([, path]) => path))) {
    copy(join(uswds, "dist", picture), join(out, picture));
  }
  for (const weight of [400, 700]) {
    copy(join(type, "files", `public-sans-latin-${weight}-normal.woff2`), join(out, `public-sans-${weight}.woff2`));
  }
  copy(join(type, "LICENSE"), join(out, "public-sans-license.txt"));
  console.log(`offramp.css ${sheet.length} bytes, ${pairs.length} colours of USWDS differ by night`);
}

build();

// What is built with the crate and what its tests install: from where, under which licence, and each of one version.
// The same rules hold for cargo-deny (./build.sh deny), which knows of advisories too.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { crates } from "../../tools/notices.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (name) => readFileSync(join(ROOT, name), "utf8");

/** A list of deny.toml. */
function listed(key) {
  const [, list] = new RegExp(`^${key} = \\[([^\\]]*)\\]`, "m").exec(read("deny.toml"));
  return [...list.matchAll(/"([^"]*)"/g)].map(([, word]) => word);
}

/** The packages of a Cargo.lock, field by field. */
const packages = (lock) => read(lock).split("[[package]]").slice(1).map((text) => Object.fromEntries([...text.matchAll(/^(\w+) = "(.*)"$/gm)].map(([, key, value]) => [key, value])));

/** Every crate that is compiled on this machine, tests and benches with it. */
function compiled() {
  const host = spawnSync("rustc", ["-vV"], { encoding: "utf8" }).stdout.match(/host: (\S+)/)[1];
  const cargo = spawnSync("cargo", ["metadata", "--format-version=1", `--filter-platform=${host}`], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(cargo.status, 0, cargo.stderr);
  return JSON.parse(cargo.stdout).packages;
}

/** Whether a licence leaves a choice that is allowed. */
function isAllowed(licence, allowed) {
  const parts = licence.replaceAll("/", " OR ").split(/\)? AND \(?/);
  return parts.every((part) => part.replace(/[()]/g, "").split(" OR ").some((one) => allowed.includes(one.trim())));
}

test("a licence is allowed where one of its choices is", () => {
  const allowed = ["MIT", "Unicode-3.0"];
  for (const [licence, is] of [["MIT", true], ["MIT OR GPL-3.0", true], ["Unlicense/MIT", true], ["(MIT OR Apache-2.0) AND Unicode-3.0", true], ["MIT AND GPL-3.0", false], ["GPL-3.0", false]]) {
    assert.equal(isAllowed(licence, allowed), is, licence);
  }
});

test("every crate that is compiled is under a licence that deny.toml allows", () => {
  const allowed = listed("allow");
  for (const { name, license } of [...compiled(), ...crates()]) assert.ok(isAllowed(license ?? "none", allowed), `${name}: ${license}`);
});

test("crates come from crates.io, each checked by its sum and of one version, but for what deny.toml names", () => {
  for (const lock of ["Cargo.lock", "fuzz/Cargo.lock"]) {
    const all = packages(lock).filter(({ name }) => !name.startsWith("regularization_playground"));
    assert.ok(all.length > 20, lock);
    for (const { name, source, checksum } of all) {
      assert.equal(source, "registry+https://github.com/rust-lang/crates.io-index", name);
      assert.match(checksum, /^[0-9a-f]{64}$/, name);
    }
    const twice = all.filter(({ name, version }) => all.some((other) => other.name === name && other.version > version)).map(({ name, version }) => `${name}@${version.split(".")[0]}`);
    assert.deepEqual(twice.filter((name) => !listed("skip").includes(name)), [], lock);
  }
});

/** The folders with packages of npm. */
const FOLDERS = ["benches", "benches/lighthouse", "benches/mnist", "examples/books", "examples/vite", "tests/browser"];

test("what comes from npm is locked: all of it, by sum, and from no machine's own registry", () => {
  const found = (folder) => readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => (entry.name === "package.json" ? [folder]
    : entry.isDirectory() && !["node_modules", "target", "dist", "pkg", ".git"].includes(entry.name) ? found(join(folder, entry.name)) : []));
  assert.deepEqual(found("").sort(), FOLDERS);
  for (const folder of FOLDERS) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(`${folder}/package.json`));
    const { packages } = JSON.parse(read(`${folder}/package-lock.json`));
    const { "": own, ...others } = packages;
    assert.deepEqual([own.dependencies ?? {}, own.devDependencies ?? {}], [dependencies, devDependencies], folder);
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) assert.ok(others[`node_modules/${name}`], `${folder}: ${name}`);
    for (const [name, { integrity, resolved }] of Object.entries(others)) {
      assert.match(integrity ?? "", /^sha512-/, `${folder}: ${name}`);
      assert.match(resolved ?? "https://registry.npmjs.org/", /^https:\/\/registry\.npmjs\.org\//, `${folder}: ${name}`);
    }
  }
});

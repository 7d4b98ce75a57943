// Networks and cells of labs whose last bits are compared: in node, and in browsers, where a page has this too.

/** FNV-1a over the bits of 64-bit numbers. */
function hash(lists) {
  let hash = 0xcbf29ce484222325n;
  for (const list of lists) for (const byte of new Uint8Array(list.buffer, list.byteOffset, list.byteLength)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, "0");
}

const ROWS = 23;
const fractions = (count, a, b, less) => Float64Array.from({ length: count }, (_, i) => ((i * a) % b) / b - less);

/** What a network of this configuration ends with after sixty steps, as tests/common/runs.rs has it too. */
export function hashOf(lab, config) {
  const size = [config.input.steps ?? 1, config.input.features ?? config.input].flat().reduce((a, b) => a * b);
  const network = new lab.Network(config), x = fractions(ROWS * size, 37, 101, 0.5);
  const outputs = network.predict(x).length;
  const y = config.loss === "cross_entropy" ? Float64Array.from({ length: ROWS }, (_, i) => i % 3) : fractions(outputs, 53, 97, 0);
  network.load(x, y);
  network.step(60);
  const members = Array.from({ length: config.n_members ?? 1 }, (_, member) => network.parameters(member)).flat();
  const hashed = hash([network.predict(x), ...members.map(({ values }) => values)]);
  network.free();
  return hashed;
}

/** What tests/reference/networks.json and cells.json hold, computed anew on a page by the module it was served with; as text, in which a number is written as exactly as it is. */
globalThis.bitsOf = async (networks, cells) => {
  const lab = await import(new URL("/pkg/regularization_playground.js", globalThis.location.href));
  await lab.default();
  return JSON.stringify({
    networks: networks.map(({ name, config }) => [name, hashOf(lab, config)]),
    cells: cells.map(({ lab: id, params, metrics }) => lab.runCell(id, params, Object.keys(metrics))),
  });
};

// One build of the project in a worker: a lab, its changes and how long they take to be answered.

/** Longer than any run: one call goes to the planned end. */
const LONG_MS = 600_000;

let bindings, catalogue, spec, lab;
/** How a fresh run ends, by the value of the main slider. */
const fresh = new Map();

const calls = {
  /** Loads the package at an address; the labs it has. */
  async load(url) {
    bindings = await import(url);
    await bindings.default();
    catalogue = bindings.catalogue();
    return catalogue.map(({ id, parameters }) => ({ id, parameters }));
  },
  /** Opens a lab and takes it to its end from a fresh start with each value: what every answer must be equal to. */
  open(id, key, values) {
    spec = catalogue.find((lab) => lab.id === id);
    fresh.clear();
    for (const value of values) {
      lab?.free();
      lab = new bindings.Lab(id, { [key]: value });
      fresh.set(value, told(finish()));
    }
    return lab.progress().steps;
  },
  /** From one change to the end of the run, with every figure and number; `same`: as from a fresh start. */
  answer(key, value) {
    const begin = performance.now();
    change(key, value);
    const end = finish();
    const ms = performance.now() - begin;
    return { ms, same: told(end) === fresh.get(value) };
  },
};

function change(key, value) {
  if (lab.change) return void lab.change({ [key]: value });
  // before there was a change, this was for the page's engine to decide
  if (spec.parameters.find((parameter) => parameter.key === key).rebuilds) {
    const next = new bindings.Lab(spec.id, { ...lab.params(), [key]: value });
    lab.free();
    lab = next;
  } else {
    lab.set(key, value);
    if (lab.progress().done) lab.reset();
  }
}

function finish() {
  while (!lab.train(LONG_MS).done);
  return { progress: lab.progress(), metrics: lab.metrics(), figures: spec.figures.map(({ key }) => lab.figure(key)) };
}

/** Everything that was measured and drawn, as one text. */
const told = (end) => JSON.stringify(end, (_key, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value));

onmessage = async ({ data: { id, call, args } }) => {
  try {
    postMessage({ id, result: await calls[call](...args) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
};

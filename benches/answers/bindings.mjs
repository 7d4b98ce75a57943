// The answer time by the bindings: each build in a worker of its own, nothing drawn.

/** A page with a worker that holds the build whose package is at this address. */
export async function openBindings(browser, url, packageUrl) {
  const page = await browser.newPage();
  await page.goto(`${url}benches/page.html`);
  await page.evaluate(startWorker, `${url}benches/answers/worker.mjs`);
  const call = (name, ...args) => page.evaluate(([name, args]) => window.call(name, args), [name, args]);
  return { labs: await call("load", packageUrl), call };
}

/** In the page: `call(name, args)` asks the worker. */
function startWorker(url) {
  const worker = new Worker(url, { type: "module" });
  const owed = new Map();
  let calls = 0;
  worker.onmessage = ({ data: { id, result, error } }) => {
    const { resolve, reject } = owed.get(id);
    owed.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  };
  window.call = (call, args) => new Promise((resolve, reject) => {
    calls += 1;
    owed.set(calls, { resolve, reject });
    worker.postMessage({ id: calls, call, args });
  });
}

/** One change to the other stop, and one back: the longer of the two answers. */
export async function answerOfBindings({ call }, { lab, key, from, to }) {
  const times = [];
  for (const value of [from, to]) {
    const { ms, same } = await call("answer", key, value);
    if (!same) throw new Error(`${lab}: a change to ${key} = ${value} does not end as a fresh run does`);
    times.push(ms);
  }
  return Math.max(...times);
}

// Runs of experiments that have ended, remembered in this browser, so that none is trained twice: by version,
// lab and what a link to the run holds. Where nothing may be kept, they are known until the page is left.

/** @import {Metrics} from "../pkg/regularization_playground.js" */

/** What came of a run: what it measured, or why it did not. @typedef {{metrics?: Metrics, error?: string}} Outcome */

const NAME = "regularization-playground-runs";
const STORE = "runs";
/** More than these are not kept: the oldest make room. */
const MOST = 20_000;
/** So many are forgotten at once, and so often it is looked. */
const ROOM = 1000;

/** Those of this visit. @type {Map<string, Outcome>} */
const known = new Map();
let added = 0;

/** @type {Promise<IDBDatabase | null> | null} */
let opened = null;

/** The browser's store; null where it has none, or lets nothing be kept. */
function open() {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("at", "at");
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

/**
 * Does something with the store; what the browser refuses is as though there were none.
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore, done: (value: T) => void) => void} work @param {T} without
 * @returns {Promise<T>}
 */
async function withStore(mode, work, without) {
  const database = await open();
  if (!database) return without;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(STORE, mode);
      let result = without;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => resolve(without);
      work(transaction.objectStore(STORE), (value) => (result = value));
    } catch {
      resolve(without);
    }
  });
}

/** Whether what a store had is what was put there; else the run is done again. @param {any} kept */
const isOutcome = (kept) => typeof kept?.error === "string"
  || (typeof kept?.metrics === "object" && kept.metrics !== null && Object.values(kept.metrics).every((value) => typeof value === "number"));

/** @param {string} version @param {string} lab @param {string} query */
const keyOf = (version, lab, query) => `${version} ${lab} ${query}`;

/** What is known of runs, by their queries. @param {string} version @param {string} lab @param {string[]} queries @returns {Promise<Map<string, Outcome>>} */
export async function recall(version, lab, queries) {
  const missing = queries.filter((query) => !known.has(keyOf(version, lab, query)));
  if (missing.length > 0) {
    await withStore("readonly", (store, done) => {
      for (const query of missing) {
        const key = keyOf(version, lab, query);
        const request = store.get(key);
        request.onsuccess = () => isOutcome(request.result?.outcome) && known.set(key, request.result.outcome);
      }
      done(undefined);
    }, undefined);
  }
  return new Map(queries.flatMap((query) => {
    const outcome = known.get(keyOf(version, lab, query));
    return outcome ? [[query, outcome]] : [];
  }));
}

/** @param {string} version @param {string} lab @param {string} query @param {Outcome} outcome */
export function keep(version, lab, query, outcome) {
  const key = keyOf(version, lab, query);
  known.set(key, outcome);
  if (known.size > MOST) known.delete(/** @type {string} */ (known.keys().next().value));
  const makeRoom = added % ROOM === 0;
  added += 1;
  return withStore("readwrite", (store) => {
    store.put({ key, at: Date.now(), outcome });
    if (!makeRoom) return;
    const count = store.count();
    count.onsuccess = () => count.result > MOST - ROOM && dropOldest(store, count.result - MOST + 2 * ROOM);
  }, undefined);
}

/** @param {IDBObjectStore} store @param {number} many */
function dropOldest(store, many) {
  let left = many;
  const request = store.index("at").openKeyCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor || left === 0) return;
    left -= 1;
    store.delete(cursor.primaryKey);
    cursor.continue();
  };
}

/** How many runs are remembered. @returns {Promise<number>} */
export async function countKept() {
  const kept = await withStore("readonly", (store, done) => {
    const request = store.count();
    request.onsuccess = () => done(request.result);
  }, 0);
  return Math.max(kept, known.size);
}

/** Forgets all of them. */
export function forget() {
  known.clear();
  return withStore("readwrite", (store) => void store.clear(), undefined);
}

// The reader's own data, kept by this browser alone, so that a reload finds it. Where nothing can be kept, as in a
// sandbox, it lasts as long as the page.

/** @import {Table} from "../pkg/regularization_playground.js" */

/** @typedef {{ticket: string, name: string, at: number, table: Table}} Kept */
/** What is said of one of them: the table itself is large. @typedef {Pick<Kept, "ticket" | "name" | "at"> & Pick<Table, "rows" | "target">} Listed */

/** So many are kept, the latest. */
const MOST = 3;
const STORE = "tables";

/** A browser that has not answered by then, in milliseconds, keeps nothing. */
const PATIENCE_MS = 3000;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS);
    const asked = indexedDB.open("regularization-playground own data", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "ticket" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask @param {T} otherwise Where this browser keeps nothing.
 * @returns {Promise<T>}
 */
async function inStore(mode, ask, otherwise) {
  try {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const asked = ask(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  } catch {
    return otherwise;
  }
}

/** Whether what a store had is what was put there. @param {Partial<Kept> | undefined} kept @returns {kept is Kept} */
const isKept = (kept) => typeof kept?.ticket === "string" && typeof kept.name === "string"
  && kept.table?.x instanceof Float64Array && kept.table.y instanceof Float64Array && Array.isArray(kept.table.inputs);

/** What is kept, the latest first: one after the other, for together they may hold the page up. @returns {Promise<Listed[]>} */
export async function allStored() {
  const tickets = await inStore("readonly", (store) => store.getAllKeys(), []);
  /** @type {Listed[]} */
  const all = [];
  for (const key of tickets) {
    const kept = await keptAs(String(key));
    if (kept) all.push({ ticket: kept.ticket, name: kept.name, at: kept.at, rows: kept.table.rows, target: kept.table.target });
  }
  return all.sort((a, b) => b.at - a.at);
}

/** @param {string} ticket */
async function keptAs(ticket) {
  const kept = await inStore("readonly", (store) => /** @type {IDBRequest<Partial<Kept> | undefined>} */ (store.get(ticket)), undefined);
  return isKept(kept) ? kept : null;
}

/** @param {string} ticket @returns {Promise<Table | null>} */
export const stored = async (ticket) => (await keptAs(ticket))?.table ?? null;

/** @param {string} ticket */
export const forget = (ticket) => inStore("readwrite", (store) => store.delete(ticket), undefined);

/** @param {Omit<Kept, "at">} own @returns {Promise<boolean>} Whether it is kept. */
export async function store(own) {
  const kept = await inStore("readwrite", (store) => store.put({ ...own, at: Date.now() }), "");
  const tickets = await inStore("readonly", (store) => store.getAllKeys(), []);
  if (tickets.length > MOST) for (const { ticket } of (await allStored()).slice(MOST)) await forget(ticket);
  return kept === own.ticket;
}

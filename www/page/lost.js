// Names and errors as they are told, and what becomes of a page whose networks cannot be had.

/** A name of any length as it is told. @param {string} name */
export const cut = (name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

/** What browsers say of a script that was asked for later and did not come. */
const UNLOADED = /dynamically imported module|Importing a module script/;

/** @param {unknown} error */
export function messageOf(error) {
  const message = error instanceof Error ? error.message : String(error);
  return UNLOADED.test(message) ? "one of its scripts could not be loaded" : message;
}

/** Why nothing comes to life: what is no error of ours is something that this browser does not have. @param {unknown} error */
export const reasonOf = (error) => (error instanceof TypeError && !UNLOADED.test(error.message) || error instanceof ReferenceError
  ? `this browser lacks something that current ones have (${error.message})` : messageOf(error));

/** Nothing of the page can come to life: what runs before it (first.js) says why. @param {unknown} error */
export const showLost = (error) => void dispatchEvent(new CustomEvent("lost", { detail: reasonOf(error) }));

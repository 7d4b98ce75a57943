// Builds elements. Text is always set as text: nothing here parses markup.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [props] Attributes; `onclick` and the like are listeners, `class` and
 *   `text` what they say; `null`, `undefined` and `false` are left out.
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === "text") element.textContent = String(value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * The element that a selector names, which the page relies on.
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} kind
 */
export function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} at ${selector}`);
}

/**
 * Sets text where it differs, so that nothing is announced or laid out twice.
 * @param {Element} element @param {string} text
 */
export function setText(element, text) {
  if (element.textContent === text) return;
  const [only, ...others] = element.childNodes;
  if (only instanceof Text && others.length === 0) only.data = text;
  else element.textContent = text;
}

let count = 0;

/** An id no other element has. @param {string} stem */
export function freshId(stem) {
  count += 1;
  return `${stem}-${count}`;
}

// Symbols as they are printed.

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @param {string} tag @param {...(Node | string)} children */
function math(tag, ...children) {
  const element = document.createElementNS(MATHML, tag);
  element.append(...children);
  return element;
}

/**
 * Symbols of the lecture as they are printed: "W(1)" with its layer raised, "ŷ₁" with its index
 * lowered, "m(0) ⊙ x" as a product.
 * @param {string} text
 */
export function symbol(text) {
  return math("math", ...text.split(" ").map(oneSymbol));
}

/** @param {string} text */
function oneSymbol(text) {
  const [, name = text, index, layer] = /^(.+?)([₀-₉]+)?(?:\((\d+)\))?$/u.exec(text) ?? [];
  const bare = name.normalize("NFD").replace("\u0302", "");
  if (!/\p{L}/u.test(bare)) return math("mo", name);
  let element = math("mi", bare);
  if (bare !== name) {
    element = math("mover", element, math("mo", "^"));
    element.setAttribute("accent", "true");
  }
  if (index) element = math("msub", element, math("mn", index.normalize("NFKD")));
  if (layer) element = math("msup", element, math("mtext", `(${layer})`));
  return element;
}

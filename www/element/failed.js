// What an element says where its lab cannot be brought to life, below what stands there until it is.

/** @param {ShadowRoot} shadow @param {string} text @param {(() => void) | null} again null where another time would end no better. */
export function showFailed(shadow, text, again) {
  const box = document.createElement("div");
  const words = document.createElement("p");
  const button = document.createElement("button");
  Object.assign(box, { className: "failed", role: "alert" });
  Object.assign(button, { type: "button", textContent: "Try again", onclick: again });
  words.textContent = text;
  box.append(words, ...(again ? [button] : []));
  hideFailed(shadow);
  shadow.append(box);
}

/** @param {ShadowRoot} shadow */
export function hideFailed(shadow) {
  shadow.querySelector(".failed")?.remove();
}

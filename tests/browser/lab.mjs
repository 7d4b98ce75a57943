// What the tests do with a lab on the page, in the words of a person who uses it.

/** The one lab that is shown. */
export const lab = (page) => page.locator("section[data-lab]:not([hidden])");

/** The page has drawn the lab's first state: not before then do its figures and words say what its settings do. */
export const ready = (page) => lab(page).and(page.locator("[data-state][data-drawn]")).waitFor();

/** All that was to be drawn is: figures, notes and tables say the same. */
export const drawn = (page) => lab(page).and(page.locator("[data-drawn]")).waitFor();

/** The page draws nothing until it is let go on. */
export async function holdFrames(page) {
  await page.evaluate(() => {
    const { requestAnimationFrame } = window;
    const held = [];
    window.requestAnimationFrame = (draw) => held.push(draw);
    window.letGo = () => {
      window.requestAnimationFrame = requestAnimationFrame;
      held.forEach(requestAnimationFrame);
    };
  });
  return { letGo: () => page.evaluate(() => window.letGo()) };
}

/** Back to the first step, where the run stands. */
export async function rewind(page) {
  await lab(page).locator("button[name=reset]").click();
  await lab(page).and(page.locator("[data-state=paused][data-steps='0'][data-drawn]")).waitFor();
}

/** Lets the run go to its planned end as fast as it can: where it plays by itself, that needs no more than the pace. */
export async function finish(page) {
  await lab(page).getByLabel("Pace").selectOption("fast");
  // Looked at and pressed in one task: between the two the page could have begun to play by itself.
  await lab(page).and(page.locator("[data-state]")).evaluate((section) => {
    if (section.dataset.state === "paused") section.querySelector("button[name=play]").click();
  });
  await lab(page).and(page.locator("[data-state=done][data-drawn]")).waitFor({ timeout: 120_000 });
}

/** What is read, once it has been the same for so long that nothing is still on its way. */
export async function atRest(read) {
  let now = await read();
  for (let same = 0; same < 4;) { // a busy machine draws late
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = now;
    now = await read();
    same = JSON.stringify(now) === JSON.stringify(before) ? same + 1 : 0;
  }
  return now;
}

/** Every metric as it is written on the page. */
export const numbers = (page) => lab(page).locator("[data-metric-of]").evaluateAll((cells) =>
  Object.fromEntries(cells.filter((cell) => cell.textContent !== "").map((cell) => [cell.dataset.metricOf, cell.textContent])));

/** How many steps the run has taken. */
export const steps = (page) => lab(page).evaluate((section) => Number(section.dataset.steps));

/** Moves a slider by its keys: -2 is two stops down. */
export async function move(page, name, stops) {
  const slider = lab(page).locator(`input[type=range][name=${name}]`);
  for (let i = 0; i < Math.abs(stops); i += 1) await slider.press(stops > 0 ? "ArrowRight" : "ArrowLeft");
}

/** Types an exact value where a slider's value stands. */
export async function type(page, name, text) {
  const field = lab(page).locator(`.control:has([name=${name}]) .exact`);
  await field.fill("");
  await field.pressSequentially(text); // a browser tells of what was changed by keys, on Enter, and not by a script
  await field.press("Enter");
}

/** Does something in a field that is there for so long. No script may read or write what is copied; a person may, by keys. */
async function beside(page, text, act) {
  const field = await page.evaluateHandle((text) => {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    return field;
  }, text);
  await field.focus();
  const found = await act(field);
  await field.evaluate((element) => element.remove());
  return found;
}

/** What was copied last. */
export const pasted = (page) => beside(page, "", async (field) => {
  await page.keyboard.press("ControlOrMeta+v");
  return field.inputValue();
});

/** Copies a text, which no field has to hold for that, and pastes it where it belongs. */
export async function paste(page, place, text) {
  await beside(page, "a part", async (field) => {
    await field.evaluate((element, text) => element.addEventListener("copy", (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    }), text);
    await field.selectText();
    await page.keyboard.press("ControlOrMeta+c");
  });
  await place.focus();
  await page.keyboard.press("ControlOrMeta+v");
}

/** Waits until the address holds this. */
export const linked = (page, text) => page.waitForURL((url) => url.hash.includes(text));
/** The run with these settings has come to its end: the address can be there before it, while the last run still stands. */
export const ended = (page, text) => lab(page).and(page.locator(`[data-query*='${text}'][data-state=done][data-drawn]`)).waitFor({ timeout: 120_000 });

/** Colours on their way take fewer frames than these. */
const MOST_FRAMES = 120;

/** One page on one screen after the other, each once what changes with it is drawn: a tour of labs is made once for all. */
export async function onScreens(page, screens, look) {
  for (const [name, { viewport, colorScheme = "light", forcedColors = "none" }] of Object.entries(screens)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, forcedColors });
    await page.evaluate(async (most) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      // what is folded away goes no further: nobody waits for its end
      const moves = () => document.getAnimations().some(({ playState, effect }) => playState === "running" && effect.target.checkVisibility());
      await frame();
      for (let frames = 0; frames === 0 || (moves() && frames < most); frames += 1) await frame();
    }, MOST_FRAMES);
    await look(name);
  }
}

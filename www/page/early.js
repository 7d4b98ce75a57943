// What takes longest is asked for before the page's own scripts are all there: the module, a worker to
// run it, and what there is to read of the lab that the address names.

import { compiled } from "../engine/module.js";
import { startAhead } from "../engine/workers.js";
import { labOf, readLink } from "./link.js";
import { loadEntry, loadSection } from "./sections.js";

compiled();
startAhead();
const lab = labOf(readLink().lab);
loadEntry(lab).catch(() => {}); // told where the lab is opened
// those of the first lab stand in the page, and page/first.js puts those of another beside them
if (!document.querySelector(`main > section[data-lab="${lab}"]`)) loadSection(lab).catch(() => {});

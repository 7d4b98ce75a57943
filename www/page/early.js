// What takes longest is asked for before the page's own scripts are all there: the module, a worker to
// run it, and what there is to read of the lab that the address names.

import { compiled } from "../engine/module.js";
import { startAhead } from "../engine/workers.js";
import { labOf, labs, readLink } from "./link.js";
import { loadEntry, loadSection } from "./sections.js";

compiled();
startAhead();
const lab = labOf(readLink().lab);
loadEntry(lab).catch(() => {}); // told where the lab is opened
if (lab !== labs[0]) loadSection(lab).catch(() => {}); // the first lab's words stand in the page itself

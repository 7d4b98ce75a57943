// What takes longest is asked for before the frame's own scripts are all there, as on the page (page/early.js).

import { compiled } from "../engine/module.js";
import { startAhead } from "../engine/workers.js";
import { labOf } from "../page/link.js";
import { loadEntry, loadSection } from "../page/sections.js";
import { readAddress } from "./address.js";

compiled();
startAhead();
const lab = labOf(readAddress().lab);
for (const load of [loadEntry, loadSection]) load(lab).catch(() => {}); // told where the lab is opened

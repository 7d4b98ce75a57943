// The page: the lab in the address, the way to the others, and what stands in its head.

import { openLabs } from "./labs.js";
import { buildNav } from "./nav.js";
import { connectShare } from "./share.js";
import { connectPresenting, connectTheme } from "./theme.js";

const $ = (selector) => document.querySelector(selector);
const button = (name) => $(`header button[name=${name}]`);

const nav = buildNav($("header nav"), $("nav.labs"));
const labs = openLabs($("main"), { onTurn: (lab) => nav.show(lab) });
connectTheme(button("theme"), labs.redraw);
connectPresenting(button("present"), labs.redraw);
connectShare($("#share"), button("share"), labs.shown);

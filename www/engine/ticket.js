// What of a link is no setting: the reader's own data, as page/own-ticket.js says.

const PAIRS = /(?:^|&)(?:data|read)=[^&]*/g;

/** What of a query is own data, and the rest. @param {string} query */
export const parted = (query) => ({
  ticket: (query.match(PAIRS) ?? []).join("").replace(/^&/, ""),
  settings: query.replace(PAIRS, "").replace(/^&/, ""),
});

/** Behind the first pair, or in front of the only one: a link does not end with a name. @param {string} settings @param {string} ticket */
export const joined = (settings, ticket) => (ticket !== "" && settings.includes("&") ? settings.replace("&", () => `&${ticket}&`) : [ticket, settings].filter(Boolean).join("&"));

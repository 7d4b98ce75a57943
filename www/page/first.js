// Runs before anything is painted, and holds that up: no more than what the first paint depends on.
(() => {
  const { dataset } = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") dataset.theme = theme;
  } catch {} // in a sandbox nothing is remembered
  // the first lab's words stand in the page: they are not shown where the address names another
  const named = /^#(\w+)/.exec(location.hash)?.[1];
  const labs = document.querySelector("meta[name=labs]")?.getAttribute("content") ?? "";
  if (named && !labs.startsWith(`${named} `)) dataset.elsewhere = "";
  // the words are painted before anything is asked for that would hold them up; out of sight nothing is
  const bringAlive = () => {
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", bringAlive);
    const scripts = document.querySelector("template#alive");
    if (scripts instanceof HTMLTemplateElement) document.head.append(scripts.content);
  };
  if (document.hidden) bringAlive();
  else requestAnimationFrame(() => setTimeout(bringAlive));
})();

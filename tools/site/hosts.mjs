// What hosts and search engines read of a site: headers, the list of pages.

/** A page that is asked for again is looked at anew; what lies in a version's folder never changes. */
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * For Netlify and Cloudflare Pages, which read it at the top of what is published. Frames without an origin
 * (`sandbox`) load modules only where any origin may.
 * @param {string} path
 */
const headers = (path) => `${path}*
  Access-Control-Allow-Origin: *
  X-Content-Type-Options: nosniff
${path}v-*
  Cache-Control: ${FOR_EVER}
`;

/** For a `server` of nginx; the paths are those of the site's folder. @param {string} path */
const nginx = (path) => `# Within a server { } whose root holds the site at ${path}; its mime.types has application/wasm (nginx 1.21 or later)
location ${path} {
  index index.html;
  gzip_static on;
  # brotli_static on;  # where nginx has the module
  add_header Access-Control-Allow-Origin * always;
  add_header X-Content-Type-Options nosniff always;
  add_header Cache-Control no-cache;
  location ~ ^${path}v-[0-9a-f]+/ {
    add_header Access-Control-Allow-Origin * always;
    add_header X-Content-Type-Options nosniff always;
    add_header Cache-Control "${FOR_EVER}";
  }
}
`;

/** @param {string} base @param {string[]} pages Those to be found, by their places. @returns {[name: string, text: string][]} */
export function hostFiles(base, pages) {
  const path = new URL(base).pathname;
  const urls = pages.map((page) => `<url><loc>${new URL(page, base).href}</loc></url>`);
  return [
    ["_headers", headers(path)],
    ["nginx.conf", nginx(path)],
    // GitHub Pages leaves out what begins with an underscore unless it is told not to look
    [".nojekyll", ""],
    ["robots.txt", `User-agent: *\nAllow: /\nSitemap: ${new URL("sitemap.xml", base).href}\n`],
    ["sitemap.xml", `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join("\n")}\n</urlset>\n`],
  ];
}

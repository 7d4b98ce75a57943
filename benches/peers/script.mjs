/** Loads a classic script out of the bench folder's node_modules. */
export function script(path) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = new URL(`../node_modules/${path}`, import.meta.url);
    element.onload = resolve;
    element.onerror = () => reject(new Error(`no ${path}`));
    document.head.append(element);
  });
}

/** The version a package was installed in. */
export async function versionOf(name) {
  const file = await fetch(new URL(`../node_modules/${name}/package.json`, import.meta.url));
  return (await file.json()).version;
}

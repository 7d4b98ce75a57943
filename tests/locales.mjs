// The languages that numbers are written in here: of all that write them alike, one.

/** It stands for itself, so that a browser can be asked too. @returns {string[]} Language tags. */
export function tags() {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  const languages = [...pairs, ...pairs.flatMap((pair) => letters.map((third) => pair + third)), "pa-Arab", "uz-Cyrl", "uz-Arab", "sr-Latn", "zh-Hant", "ks-Deva", "sd-Deva", "ff-Adlm", "az-Cyrl", "bs-Cyrl", "mni-Mtei", "sat-Deva", "vai-Latn", "shi-Latn"];
  // those whose regions differ in how they write numbers
  const regional = ["ar", "bn", "de", "en", "es", "fa", "fr", "hi", "it", "mr", "ms", "my", "ne", "nl", "pt", "ur"].flatMap((language) => pairs.map((region) => `${language}-${region.toUpperCase()}`));
  const systems = Intl.supportedValuesOf("numberingSystem").flatMap((system) => ["de", "en", "fa", "hi"].map((language) => `${language}-u-nu-${system}`));
  const alike = new Map();
  for (const tag of Intl.NumberFormat.supportedLocalesOf([...languages, ...regional, ...systems])) {
    const format = new Intl.NumberFormat(tag, { minimumFractionDigits: 1 });
    const key = [-1234.5, 12345678, 0.25].map((number) => format.format(number)).join(" ");
    if (!alike.has(key)) alike.set(key, tag);
  }
  return [...alike.values()];
}

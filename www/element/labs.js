// Which labs there are, so that none is asked for that is not. The list is written by the build (tools/pages.mjs).

/** In the lecture's order. @type {readonly string[]} */
export const LABS = [
// written: ids
  "playground",
  "l2_noise",
  "l2_noise_nonlinear",
  "dropout_ridge",
  "weight_sharing_cnn",
  "weight_sharing_rnn",
  "pre_training_unsupervised",
  "pre_training_supervised",
  "ensemble_formula",
  "ensembles",
  "dropout_example",
  "dropout",
  "symmetry_breaking",
  "co_adaptation",
  "subnetworks",
// end
];

/** Of a name that means nothing so much is told. */
export const TOLD = 40;

/** Where there is no such lab, which there are. @param {string} lab @returns {Error | null} */
export const unknown = (lab) => (LABS.includes(lab) ? null : new Error(`there is no lab named “${lab.slice(0, TOLD)}”; there are ${LABS.join(", ")}`));

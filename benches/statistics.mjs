// Medians, and ratios taken within a repeat: what slowed the machine for a moment slowed both.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How many times as long the first takes, repeat by repeat; the median of it. */
export function ratio(slower, faster) {
  return median(slower.map((us, repeat) => us / faster[repeat]));
}

/** Among the peers that ran a workload the one with the smallest median; undefined if none did. */
export function fastestPeer(engines, workload) {
  const ran = engines.slice(1).filter(({ results }) => results[workload]?.us);
  return ran.reduce((best, peer) => {
    return best && median(best.results[workload].us) <= median(peer.results[workload].us) ? best : peer;
  }, undefined);
}

/** Whether the loss went down: no time counts for work that was not done. A closed form starts from nothing. */
export function learned({ first_loss, equal_loss, last_loss }) {
  return Number.isFinite(last_loss) && (first_loss === null || Math.min(equal_loss, last_loss) < first_loss);
}

/**
 * The time in which the journal cannot be written. Commands are refused at once meanwhile, and it is over as soon as a probe
 * succeeds.
 */
export interface Outage {
  readonly isOn: () => boolean;
  readonly begin: () => void;
  readonly stop: () => void;
}

const BETWEEN_PROBES_MS = 500;

export function createOutage(probe: () => Promise<void>, onOver: () => void): Outage {
  let isOn = false;
  let hasStopped = false;
  let lastProbe = Number.NEGATIVE_INFINITY;
  let timeout: NodeJS.Timeout | undefined;

  const attempt = async (): Promise<void> => {
    lastProbe = performance.now();
    try {
      await probe();
    } catch {
      next();
      return;
    }
    if (hasStopped) return;
    isOn = false;
    onOver();
  };
  const next = (): void => {
    if (hasStopped) return;
    // Where probes succeed and commits do not, the two must not chase one another.
    timeout = setTimeout(() => { void attempt(); }, Math.max(0, lastProbe + BETWEEN_PROBES_MS - performance.now()));
    timeout.unref();
  };

  return {
    isOn: () => isOn,
    begin: () => {
      if (isOn) return;
      isOn = true;
      next();
    },
    stop: () => {
      hasStopped = true;
      clearTimeout(timeout);
    },
  };
}

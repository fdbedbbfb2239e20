/** What our calls at rtpengine are called, so that they say which leg they are. */
export interface CallNames {
  /** Of a leg, and the how manieth far end it has. */
  readonly of: (leg: string, turn: number) => string;
  /** Undefined for calls of others. */
  readonly read: (call: string) => { readonly leg: string; readonly turn: number } | undefined;
  /** Of no leg at all. */
  readonly proof: string;
}

export function createCallNames(instance: string): CallNames {
  const prefix = `${instance}/`;
  return {
    of: (leg, turn) => `${prefix}${turn}/${leg}`,
    proof: `${instance}-keys`,
    read: (call) => {
      if (!call.startsWith(prefix)) return undefined;
      const slash = call.indexOf('/', prefix.length);
      const digits = call.slice(prefix.length, slash);
      return slash === -1 || !/^\d{1,9}$/.test(digits) ? undefined : { leg: call.slice(slash + 1), turn: Number(digits) };
    },
  };
}

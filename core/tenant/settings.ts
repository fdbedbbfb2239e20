/** Nouns whose number a tenant may be capped in. */
export const LIMITED = ['agents', 'queues', 'signedInAgents', 'voiceChannels'] as const;
export type Limits = Readonly<Record<string, number>>;

/** VDN 0 is the installation itself: its operators, its keys, what belongs to every tenant alike. */
export const INSTALLATION = 0;

/** The VDN's own number for signing in to the configuration is its id plus this one (4.6). */
export const CONFIGURATION_AGENT_OFFSET = 100_000;
/** As the VDN's number plus the offset must stay apart from work numbers, and reports leave four digits for it. */
export const MAX_VDN_ID = 9999;

/** A zone of the IANA database. Offsets are none: databases and runtimes disagree about which way their sign points. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name.replace('_', '-')).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A cap on something that nobody counts would promise what is not kept. */
export function unknownLimit(limits: object): string | undefined {
  return Object.keys(limits).find((noun) => !(LIMITED as readonly string[]).includes(noun));
}

/** Ids are never used again, as journal and audit trail of a tenant stay; undefined when none is left. */
export function nextVdnId(highest: number): number | undefined {
  return highest >= MAX_VDN_ID ? undefined : highest + 1;
}

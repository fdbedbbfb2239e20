/** What whoever has the link of the start finds. */
export interface DemoOffer {
  readonly token: string;
  readonly vdnId: number;
  /** The accounts that the demo made; all others stay shut. */
  readonly accounts: readonly string[];
  readonly customer: {
    readonly widgetKey: string;
    readonly numbers: readonly { readonly code: string; readonly name: string }[];
  } | null;
}

/** Shut until the demo has been made, which is after the modules have been wired; and for good where there is none. */
export interface DemoDoor {
  readonly open: (offer: DemoOffer) => void;
  readonly offered: () => DemoOffer | undefined;
}

export function createDemoDoor(): DemoDoor {
  let offer: DemoOffer | undefined;
  return {
    open: (opened) => { offer = opened; },
    offered: () => offer,
  };
}

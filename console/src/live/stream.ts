import type { StreamedEvent } from '@parley/contract/event-stream.ts';

/* Follows a stream of the server's for as long as a page wants it: one that ends, breaks or falls silent is asked for again. */

export interface StreamPorts {
  /** Opens the stream, and calls `heard` whenever something comes, be it only to keep the line awake. It is over when it ends, throws, or the signal fires. */
  readonly open: (signal: AbortSignal, heard: () => void) => AsyncIterable<StreamedEvent>;
  readonly onEvent: (event: StreamedEvent) => void;
  /** It was refused, could not be reached or broke; undefined where it has just ended. */
  readonly onLost: (error: unknown) => void;
  readonly random?: () => number;
}

export interface Following {
  /** Comes again at once, should it be waiting to: the line may be there again. */
  readonly hurry: () => void;
  readonly stop: () => void;
}

/** The server says something every 15 s: a line on which nothing comes for longer than two of these is dead, whatever the browser thinks of it. */
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

export function keepFollowing({ open, onEvent, onLost, random = Math.random }: StreamPorts): Following {
  const running = new AbortController();
  const { signal } = running;
  let endPause: (() => void) | undefined;

  /** Follows one stream to its end; answers whether it told anything. */
  const followOnce = async (): Promise<boolean> => {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => { silence.abort(new Error('the line is silent')); }, SILENT_MS);
    };
    let hasTold = false;
    heard();
    try {
      for await (const event of open(AbortSignal.any([signal, silence.signal]), heard)) {
        if (signal.aborted) break;
        hasTold = true;
        onEvent(event);
      }
      if (!signal.aborted) onLost(undefined);
    } catch (error) {
      if (!signal.aborted) onLost(error);
    } finally {
      clearTimeout(timer);
    }
    return hasTold;
  };

  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    endPause = () => {
      clearTimeout(timer);
      resolve();
    };
  });

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      failures = await followOnce() ? 0 : failures + 1;
      // Not all pages at once, when the server is there again.
      if (!signal.aborted) await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + random() / 2));
    }
  };

  void run();
  return {
    hurry: () => { endPause?.(); },
    stop: () => {
      running.abort();
      endPause?.();
    },
  };
}

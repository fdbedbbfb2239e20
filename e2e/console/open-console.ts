import { makeDataFolder, startParley, type ParleyProcess } from '../parley-process.ts';
import { launchConsoleBrowser, type ConsoleBrowser } from './console-browser.ts';
import { invitePeople, type People } from './console-people.ts';

/** A Parley of its own with its demo, people of every role, and a browser. */
export interface OpenConsole {
  readonly parley: ParleyProcess;
  readonly people: People;
  readonly browser: ConsoleBrowser;
  /** Ends Parley, does something meanwhile, and starts it where it was. */
  readonly restart: (signal: NodeJS.Signals, meanwhile: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `options` are those of `npm start`. */
export async function openConsole(settings: Readonly<Record<string, string>> = {}, options: readonly string[] = []): Promise<OpenConsole> {
  const folder = makeDataFolder();
  let running: ParleyProcess | undefined;
  let browser: ConsoleBrowser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await running?.end('SIGTERM');
    folder.remove();
  };
  try {
    const parley = await startParley(folder.path, settings, options);
    running = parley;
    const people = await invitePeople(parley, folder.path);
    browser = await launchConsoleBrowser();
    return {
      parley, people, browser, close,
      restart: async (signal, meanwhile) => {
        await running?.end(signal);
        running = undefined;
        await meanwhile();
        running = await startParley(folder.path, { ...settings, PARLEY_HTTP_PORT: new URL(parley.url).port }, options);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

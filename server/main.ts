import { pino } from 'pino';
import { openWorld } from './start/world.ts';
import { serveParley } from './start/serve.ts';
import { readSettings, withoutEffect, type Settings } from './start/settings.ts';
import { StartError } from './start-error.ts';

/** Standard for a configuration that is not right (sysexits.h EX_CONFIG). */
const EXIT_CONFIG = 78;
const SHUTDOWN_DEADLINE_MS = 20_000;

type Stop = () => Promise<unknown>;

/** What is worth reading of an error: drivers hang whole connections on theirs. */
function briefly(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...(error.cause === undefined ? {} : { cause: briefly(error.cause) }) };
}

/** The one word behind `npm start --`: lets simulated customers call, so that there is something to see. */
const DEMO_TRAFFIC = '--demo';

function readArguments(given: readonly string[]): { readonly wantsTraffic: boolean } {
  const unknown = given.find((word) => word !== DEMO_TRAFFIC);
  if (unknown !== undefined) throw new StartError(`${unknown} means nothing here.`, `The only argument is ${DEMO_TRAFFIC}; settings come from the environment or parley.conf (docs/settings.md).`);
  return { wantsTraffic: given.includes(DEMO_TRAFFIC) };
}

/** Opens what touches the world, wires the modules, listens; answers how to end all of it in the right order. */
async function start(settings: Settings, wantsTraffic: boolean): Promise<Stop> {
  // Standard output is for people: the banner. The log goes to standard error.
  const log = pino({ level: settings.PARLEY_LOG_LEVEL, serializers: { err: briefly, error: briefly } }, pino.destination({ dest: 2, sync: false }));
  const idle = withoutEffect(process.env);
  if (idle.length > 0) log.warn({ settings: idle }, 'these settings have no effect yet');
  const stops: Stop[] = [];
  const stop: Stop = async () => {
    for (let end = stops.pop(); end !== undefined; end = stops.pop()) await end();
  };
  try {
    const opened = await openWorld(settings, log, (end) => { stops.push(end); });
    await serveParley(opened, settings, log, (end) => { stops.push(end); }, { wantsTraffic });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function endInOrder(stop: Stop): void {
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    // A second Ctrl-C means now.
    if (ending) process.exit(1);
    ending = true;
    console.log(`\n${signal}: ending in order ...`);
    setTimeout(() => {
      console.error('Ending took too long; giving up.');
      process.exit(1);
    }, SHUTDOWN_DEADLINE_MS).unref();
    stop().then(() => process.exit(0), (error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

try {
  const { wantsTraffic } = readArguments(process.argv.slice(2));
  endInOrder(await start(readSettings(process.env), wantsTraffic));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\nParley cannot start. ${error.message}\n${error.remedy}\n`);
  process.exit(EXIT_CONFIG);
}

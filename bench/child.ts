import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of this folder in a process of its own, that answers questions one after the other. */
export interface Child {
  readonly pid: number;
  readonly ask: <Answer>(question: object) => Promise<Answer>;
  readonly end: () => Promise<void>;
}

const DEADLINE_MS = 120_000;

export function startChild(script: string, args: readonly string[] = [], execArgv: readonly string[] = []): Child {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, { execArgv: [...execArgv] });
  const gone = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    ask: async <Answer>(question: object) => {
      const deadline = AbortSignal.timeout(DEADLINE_MS);
      const answered = once(child, 'message', { signal: deadline });
      child.send(question);
      const died = gone.then(([code]): never => { throw new Error(`${script} ended with ${String(code)}`); });
      const [answer] = await Promise.race([answered, died]) as [Answer];
      return answer;
    },
    end: async () => {
      // It ends when there is nobody left to ask it, and writes its profile then if it makes one.
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** In the child: answers what it is asked, until whoever asks is gone. */
export function answerParent(answer: (question: unknown) => Promise<object>): void {
  const reply = async (question: unknown): Promise<void> => {
    try {
      process.send?.(await answer(question));
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  process.on('message', (question) => { void reply(question); });
  process.once('disconnect', () => { process.exit(0); });
}

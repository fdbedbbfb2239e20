import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { querySkills } from '@parley/contract/configuration/queue.ts';

/** The baseline: Fastify as it comes, one route, the JSON given on standard input, no authentication, no validation. */
const reply = JSON.parse(await text(process.stdin)) as object;
const app = Fastify();
app.post(querySkills.path, () => reply);
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));

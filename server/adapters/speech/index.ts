export { createEspeak, type EspeakOptions } from './espeak.ts';
export { createHttpSpeech, type HttpSpeechOptions } from './http-speech.ts';
export { createSpeech, type CachedSpeech, type SpeechOptions } from './speech.ts';

import { indented } from './answer-text.ts'

/** Formats an answer in a worker, so that the page stays responsive. */
addEventListener('message', ({ data }: MessageEvent<string>) => postMessage(indented(data)))

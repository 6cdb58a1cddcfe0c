import { indented } from './answer-text.ts'

/** Lays an answer out beside the page, which goes on meanwhile. */
addEventListener('message', ({ data }: MessageEvent<string>) => postMessage(indented(data)))

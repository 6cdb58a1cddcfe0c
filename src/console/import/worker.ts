import type { FromWorker, ToWorker } from './messages.ts'
import { Work } from './work.ts'

const work = new Work((message: FromWorker) => postMessage(message))
addEventListener('message', ({ data }: MessageEvent<ToWorker>) => work.take(data))

import { useEffect, useState } from 'react'
import { indented } from './answer-text.ts'

/** Answers of up to this number of characters are formatted synchronously, in a few milliseconds. */
const atOnceMax = 100_000

/** Returns a formatted answer; undefined while a large one is being formatted. */
export function useIndented(text: string): string | undefined {
  const [laidOut, setLaidOut] = useState<{ readonly of: string; readonly text: string }>()
  useEffect(() => {
    if (text.length <= atOnceMax) return setLaidOut({ of: text, text: indented(text) })
    const worker = new Worker(new URL('./indent-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
      setLaidOut({ of: text, text: data })
      worker.terminate()
    })
    worker.postMessage(text)
    return () => worker.terminate()
  }, [text])
  return laidOut?.of === text ? laidOut.text : undefined
}

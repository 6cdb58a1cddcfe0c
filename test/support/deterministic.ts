import { createHash } from 'node:crypto'
import type { Clock } from '../../src/lib/clock.ts'
import type { Random } from '../../src/lib/random.ts'

/** A clock that tests move. */
export class TestClock implements Clock {
  time: number
  #elapsed = 0
  constructor(iso = '2024-01-02T03:04:05.000Z') {
    this.time = Date.parse(iso)
  }
  now(): number {
    return this.time
  }
  elapsed(): number {
    return this.#elapsed
  }
  advance(milliseconds: number): void {
    this.time += milliseconds
    this.#elapsed += Math.max(0, milliseconds)
  }
  /** Sets the clock forward or back, like an operator or a time server, without elapsed time. */
  set(milliseconds: number): void {
    this.time += milliseconds
  }
}

/** Pseudo-random bytes that are the same in every run. */
export function repeatableRandom(seed = 'seed'): Random {
  let block = 0
  return {
    bytes(count) {
      const parts: Buffer[] = []
      for (let have = 0; have < count; have += 32) {
        parts.push(createHash('sha256').update(`${seed} ${block++}`).digest())
      }
      return Buffer.concat(parts).subarray(0, count)
    },
  }
}

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Pace } from '../../../src/client/pace.ts'
import { runInSequence, type SequenceProgress } from '../../../src/console/products/run-in-sequence.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

suite('something done to many, one after another', () => {
  test('runs each once, in order, with the concurrency of the pace', async () => {
    const begun: number[] = []
    let now = 0
    let most = 0
    const course = await runInSequence(
      numbers(50),
      async (item) => {
        begun.push(item)
        most = Math.max(most, ++now)
        await Promise.resolve()
        now--
      },
      { onProgress: () => {}, isStopped: () => false, pace: new Pace(3) },
    )
    assert.deepEqual(begun, numbers(50))
    assert.deepEqual(course, { done: 50, failed: [] })
    assert.equal(most, 3)
  })

  test('a failing one is reported and does not stop the others', async () => {
    const told: SequenceProgress<number>[] = []
    const course = await runInSequence(
      numbers(5),
      async (item) => {
        if (item % 2 === 1) throw new Error(`no ${item}`)
      },
      { onProgress: (course) => told.push(course), isStopped: () => false },
    )
    assert.equal(course.done, 3)
    assert.deepEqual(
      course.failed.map(({ item, error }) => [item, (error as Error).message]),
      [
        [1, 'no 1'],
        [3, 'no 3'],
      ],
    )
    assert.deepEqual(
      told.map(({ done, failed }) => done + failed.length),
      [1, 2, 3, 4, 5],
    )
  })

  test('what was stopped finishes what it began, and begins nothing more', async () => {
    const done: number[] = []
    const course = await runInSequence(numbers(100), async (item) => void done.push(item), {
      onProgress: () => {},
      isStopped: () => done.length >= 10,
      pace: new Pace(1),
    })
    assert.deepEqual(done, numbers(10))
    assert.equal(course.done, 10)
  })

  test('nothing to do is done at once', async () => {
    const never = () => assert.fail('there is nothing')
    assert.deepEqual(await runInSequence([], never, { onProgress: never, isStopped: () => false }), {
      done: 0,
      failed: [],
    })
  })
})

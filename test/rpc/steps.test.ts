import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const [, diagram] = /## The walk of a call[\s\S]*?```\n([\s\S]*?)```/.exec(
  readFileSync('ARCHITECTURE.md', 'utf8'),
)!
const source = readFileSync('src/rpc/walk.ts', 'utf8')
const walk = source.slice(
  source.indexOf('export async function walk'),
  source.indexOf('export async function precheck'),
)

test('every file in the list of steps exists', () => {
  let folder = ''
  const files = [...diagram!.matchAll(/(?:(http|rpc)\/)?((?:parameters\/)?[a-z-]+\.ts)/g)]
  assert.ok(files.length > 15)
  for (const [, room, file] of files) {
    folder = room === undefined ? folder : `src/${room}`
    assert.ok(existsSync(`${folder}/${file}`), `${folder}/${file}`)
  }
})

/** The steps and the calls that take them, in order. */
const steps = [
  ['parameters', 'parametersOf('],
  ['action', 'calledAction('],
  ['credentials', 'callerOf('],
  ['caller', 'callerOf('],
  ['body', 'parameters.all('],
  ['admitted', 'await admit('],
  ['permission', 'assertPermitted('],
  ['shape', 'readParameters('],
  ['run', 'action.run('],
  ['value', 'answered('],
] as const

test('the list of steps has the order of the walk', () => {
  const listed = [...diagram!.matchAll(/^ {3}([a-z]+)\b/gm)].map(([, step]) => step)
  assert.deepEqual(listed, ['bytes', ...steps.map(([step]) => step)])
  const places = steps.map(([, call]) => walk.indexOf(call))
  assert.ok(places.every((place) => place > 0))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
})

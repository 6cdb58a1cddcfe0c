import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { Operation } from '../../src/client/operations.ts'
import { displayed, entriesMax, type Pair } from '../../src/samples/call.ts'
import { languages, sampleOf } from '../../src/samples/languages.ts'
import { inCSharp, inGo, inJava, inJavaScript, inPhp, inPython, inShell } from '../../src/samples/literals.ts'
import { nastyValues } from '../support/sampled-calls.ts'

// That the programs run and send what they should, scripts/test-samples.ts sees.

const catalogue: readonly Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))
const endpoint = 'http://127.0.0.1:8080'
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\'"\\`$%{}!\n\r\0\u007f\u2028\u202eu0a灯😀') }),
)

suite('literals', () => {
  test('a JavaScript literal evaluates to its text', () => {
    fc.assert(
      fc.property(text, (text) => {
        assert.equal(new Function(`return ${inJavaScript(text)}`)(), text)
      }),
    )
  })

  test('a shell word expands to its text', () => {
    const texts = [...nastyValues, ...fc.sample(text, 500)].map((text) =>
      text.toWellFormed().replaceAll('\0', ''),
    )
    const script = texts.map((text) => `printf '%s\\0' ${inShell(text) || "''"}\n`).join('')
    const read = execFileSync('bash', { input: script, env: { LC_ALL: 'C' } }).toString()
    assert.deepEqual(read.split('\0').slice(0, -1), texts)
  })

  test('no literal has a character that can’t be seen', () => {
    const all = [inCSharp, inGo, inJava, inJavaScript, inPhp, inPython, inShell]
    fc.assert(
      fc.property(text, fc.constantFrom(...all), (text, write) => {
        assert.doesNotMatch(write(text), /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  const rows = [
    [inPython, '"\\', '"\\"\\\\"'],
    [inGo, '\x01"', '"\\u0001\\""'],
    [inJava, '\\u000a\x01\x7f', '"\\\\u000a\\001\\u007f"'],
    [inJava, `${'a'.repeat(10_000)}b`, `String.join("", "${'a'.repeat(10_000)}", "b")`],
    [inCSharp, '\x85"', '"\\u0085\\""'],
    [inPhp, "it's $x \\", "'it\\'s $x \\\\'"],
    [inPhp, '$x\n', '"\\$x\\n"'],
    [inShell, 'a-1_b', 'a-1_b'],
    [inShell, "it's", "'it'\\''s'"],
    [inShell, "'\n\x85", "$'\\'\\n\\xc2\\x85'"],
  ] as const
  for (const [write, text, literal] of rows) {
    test(`${JSON.stringify(text).slice(0, 80)} as ${literal.slice(0, 80)}`, () =>
      assert.equal(write(text), literal))
  }
})

suite('what is shown', () => {
  const entries = (count: number, step = 1): Pair[] =>
    Array.from({ length: count }, (_, i) => [`DeviceList.${1 + i * step}.DeviceName`, `lamp-${i}`])

  test('a short list in full, in order of names', () => {
    const { parameters, remarks } = displayed({ parameters: [['ProductKey', 'a1'], ...entries(entriesMax)] })
    assert.equal(parameters.length, entriesMax + 1)
    assert.deepEqual(remarks, [])
    const names = parameters.map(([name]) => name)
    assert.deepEqual(names, [...names].sort())
  })

  test('of a long one the first entries by number, and that there are more', () => {
    const { parameters, remarks } = displayed({
      parameters: [...entries(10_000, 3).reverse(), ['Name.1', 'x']],
    })
    assert.equal(parameters.length, entriesMax + 1)
    assert.ok(parameters.some(([, value]) => value === 'lamp-49'))
    assert.match(remarks[0]!, /^Only the first 50 of the 10000 entries of DeviceList /)
    for (const { id } of languages) {
      const source = sampleOf(id, {
        action: 'A',
        version: 'V',
        endpoint,
        signature: 'v3',
        parameters: entries(51),
      })
      assert.match(source, /Only the first 50 of the 51 entries of DeviceList/, id)
    }
  })
})

for (const { id, signatures } of languages) {
  test(`there is a sample of every operation: ${id}`, () => {
    for (const { name, version, parameters } of catalogue) {
      const given = parameters.map(({ name }): Pair => [name.replaceAll('.N', '.1'), 'x'])
      for (const signature of ['v1', 'v3'] as const) {
        const source = sampleOf(id, { action: name, version, parameters: given, endpoint, signature })
        for (const part of [name, endpoint, 'ROLLCALL_ENDPOINT', ...given.map(([name]) => name)])
          assert.ok(source.includes(part), `${part} is not in the sample of ${name}`)
        if (!signatures.includes(signature))
          assert.equal(
            source,
            sampleOf(id, { action: name, version, parameters: given, endpoint, signature: signatures[0]! }),
          )
      }
    }
  })
}

import { spawnSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Language, languages, sampleOf } from '../src/samples/languages.ts'
import { credentialsOf } from '../test/cli/credentials.ts'
import { type Ended, type Place, temporaryPlace } from '../test/support/process.ts'
import { endWithNpm } from '../test/support/reaper.ts'
import { type Expected, sampledCalls } from '../test/support/sampled-calls.ts'

endWithNpm()

/**
 * Runs the sample programs against a running server: `npm run test:samples`, or for some languages, as in `npm
 * run test:samples -- go php`. A language without its runtime is skipped and reported; with CI=true it fails.
 */
const repository = fileURLToPath(new URL('../', import.meta.url))
const strict = process.env.CI === 'true'
const wanted = process.argv.slice(2)
const afterwards: (() => unknown)[] = []

/** How to run a language's file in a folder with the clients, and the programs required. */
interface Runtime {
  readonly needs: readonly string[]
  run(place: Place, file: string): Promise<Ended>
  /** Why this test may skip the runtime, if it may. */
  readonly optional?: string
}

const runs = (command: string, ...flags: string[]): Runtime => ({
  needs: [command],
  run: (place, file) => place.start(command, ...flags, file).ended,
})

const runtimes: Readonly<Record<string, Runtime>> = {
  typescript: {
    needs: ['node', 'tsc'],
    async run(place, file) {
      const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', '--types', 'node']
      const checked = await place.start('tsc', ...flags, '--module', 'nodenext', file).ended
      return checked.status === 0 ? place.start('node', file).ended : checked
    },
  },
  javascript: runs('node'),
  python: runs('python3'),
  java: runs('java', '-Dfile.encoding=UTF-8'),
  go: runs('go', 'run'),
  php: runs('php'),
  csharp: {
    needs: ['mcs', 'mono'],
    optional: '.NET is in no Debian; Mono, which is, compiles and runs it',
    async run(place, file) {
      const flags = ['-langversion:7.2', '-r:System.Net.Http', '-codepage:utf8', '-out:call.exe']
      const compiled = await place.start('mcs', ...flags, file).ended
      return compiled.status === 0 ? place.start('mono', 'call.exe').ended : compiled
    },
  },
  curl: { ...runs('bash'), needs: ['bash', 'curl', 'openssl'] },
  rollcall: {
    needs: ['bash', 'npx'],
    run: (place, file) =>
      place.start('bash', '-c', 'cd "$1" && bash "$2"', '-', repository, place.file(file)).ended,
  },
}

const problems: string[] = []
try {
  const place = temporaryPlace({
    after: (callback) => void afterwards.push(() => (callback as () => unknown)()),
  })
  const { url } = await place.serve('--quota', 'off')
  const { id, secret, productKey } = credentialsOf(place)
  const here = place.with({
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    PATH: [join(repository, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    HOME: homedir(),
    LC_ALL: 'C.UTF-8',
  })
  symlinkSync(join(repository, 'node_modules'), place.file('node_modules'))
  writeFileSync(place.file('package.json'), '{"type":"module"}')

  for (const language of languages) {
    if (wanted.length > 0 && !wanted.includes(language.id)) continue
    await tryLanguage(here, language, url, productKey)
  }
} finally {
  for (const callback of afterwards) await callback()
}
for (const problem of problems) console.error(`\n${problem}`)
process.exit(problems.length === 0 ? 0 : 1)

async function tryLanguage(place: Place, language: Language, endpoint: string, productKey: string) {
  const { needs, optional, run } = runtimes[language.id]!
  const missing = needs.filter((command) => spawnSync('which', [command]).status !== 0)
  if (missing.length > 0) {
    const why = `${missing.join(', ')} not installed${optional === undefined ? '' : ` (${optional})`}`
    console.log(`${language.label}: skipped, ${why}`)
    if (strict && optional === undefined) problems.push(`${language.label}: ${why}`)
    return
  }
  let ran = 0
  for (const signature of language.signatures) {
    for (const { name, call, expected } of sampledCalls(productKey, `${language.id}_${signature}`)) {
      writeFileSync(place.file(language.fileName), sampleOf(language.id, { ...call, endpoint, signature }))
      const ended = await run(place, language.fileName)
      const wrong = whatIsWrong(ended, expected)
      ran++
      if (wrong !== undefined)
        problems.push(
          `${language.label}, ${signature}, ${name}: ${wrong}\nstatus ${ended.status}\n${ended.stdout}\n${ended.stderr}`,
        )
    }
  }
  console.log(`${language.label}: ran, ${ran} programs${optional === undefined ? '' : ` (${optional})`}`)
}

/** @param expected the exit status, and the required content of the answer */
function whatIsWrong({ status, stdout }: Ended, expected: Expected): string | undefined {
  if (status !== expected.status) return `ended with status ${status} and not ${expected.status}`
  const json = stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1)
  try {
    return expected.wrong(JSON.parse(json))
  } catch {
    return `printed no JSON`
  }
}

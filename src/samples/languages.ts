import type { SignatureVersion } from '../client/sign.ts'
import type { SampledCall } from './call.ts'
import { csharp } from './csharp.ts'
import { curl } from './curl.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { rollcall } from './rollcall.ts'
import { typescript } from './typescript.ts'

/** A language of samples. */
export interface Language {
  readonly id: string
  readonly label: string
  readonly fileName: string
  /** The grammar for syntax colours. */
  readonly highlight: 'typescript' | 'javascript' | 'python' | 'java' | 'go' | 'php' | 'csharp' | 'shell'
  /** The signature versions it supports; a call with another version gets the first. */
  readonly signatures: readonly SignatureVersion[]
  /** Commands that install its dependencies; empty if Debian includes them. */
  readonly install: string
  /** The command that runs the file. */
  readonly run: string
}

interface Written extends Language {
  readonly write: (call: SampledCall) => string
}

const both = ['v3', 'v1'] as const

const written: readonly Written[] = [
  {
    id: 'typescript',
    label: 'TypeScript',
    fileName: 'call.ts',
    highlight: 'typescript',
    signatures: both,
    install: 'npm install @alicloud/openapi-client @alicloud/tea-util',
    run: 'node call.ts',
    write: typescript,
  },
  {
    id: 'javascript',
    label: 'JavaScript',
    fileName: 'call.mjs',
    highlight: 'javascript',
    signatures: ['v1'],
    install: 'npm install @alicloud/pop-core',
    run: 'node call.mjs',
    write: javascript,
  },
  {
    id: 'python',
    label: 'Python',
    fileName: 'call.py',
    highlight: 'python',
    signatures: both,
    install: 'apt-get install python3',
    run: 'python3 call.py',
    write: python,
  },
  {
    id: 'java',
    label: 'Java',
    fileName: 'Call.java',
    highlight: 'java',
    signatures: both,
    install: 'apt-get install openjdk-17-jdk-headless',
    // Before Java 18 a source file is decoded in the locale's encoding.
    run: 'java -Dfile.encoding=UTF-8 Call.java',
    write: java,
  },
  {
    id: 'go',
    label: 'Go',
    fileName: 'call.go',
    highlight: 'go',
    signatures: both,
    install: 'apt-get install golang-go',
    run: 'go run call.go',
    write: go,
  },
  {
    id: 'php',
    label: 'PHP',
    fileName: 'call.php',
    highlight: 'php',
    signatures: both,
    install: 'apt-get install php-cli',
    run: 'php call.php',
    write: php,
  },
  {
    id: 'csharp',
    label: 'C#',
    fileName: 'Program.cs',
    highlight: 'csharp',
    signatures: both,
    install: 'dotnet new console',
    run: 'dotnet run',
    write: csharp,
  },
  {
    id: 'curl',
    label: 'curl',
    fileName: 'call.sh',
    highlight: 'shell',
    signatures: both,
    install: 'apt-get install curl openssl',
    run: 'bash call.sh',
    write: curl,
  },
  {
    id: 'rollcall',
    label: 'rollcall',
    fileName: 'call-rollcall.sh',
    highlight: 'shell',
    signatures: both,
    install: '',
    run: 'bash call-rollcall.sh',
    write: rollcall,
  },
]

export const languages: readonly Language[] = written

/**
 * Generates a complete, runnable program that makes a call. It reads the access key from
 * ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET and optionally the endpoint from
 * ROLLCALL_ENDPOINT, signs at run time, prints the HTTP status and the answer, and exits with status 1 unless
 * the call succeeds.
 */
export function sampleOf(language: string, call: SampledCall): string {
  const found = written.find(({ id }) => id === language)
  if (found === undefined)
    throw new Error(
      `no sample in ${JSON.stringify(language)}; there are: ${written.map(({ id }) => id).join(', ')}`,
    )
  const signature = found.signatures.includes(call.signature) ? call.signature : found.signatures[0]!
  return found.write({ ...call, signature })
}

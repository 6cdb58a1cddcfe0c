import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccessKey } from '../../client/sign.ts'
import { strayCharacter } from '../../lib/stray-character.ts'
import { CliError } from '../cli-error.ts'

/** The sources of an access key. */
export interface KeySources {
  readonly accessKeyId?: string | undefined
  /** A file that contains only the secret, because other users of the machine could see a secret in a flag. */
  readonly accessKeySecretFile?: string | undefined
  readonly profile?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * Returns the access key: from flags, otherwise the environment, otherwise the files of the Alibaba Cloud
 * tools.
 * @throws CliError if it has an illegal character; Error listing where it was looked for; never with a secret
 * in the message
 */
export function accessKeyOf(sources: KeySources): AccessKey {
  const key = keyFrom(sources)
  refuseStray('AccessKeyId', key.id)
  refuseStray('AccessKeySecret', key.secret)
  return key
}

/** A stray character would otherwise only show as a signature mismatch or an error of the HTTP client. */
function refuseStray(name: string, value: string): void {
  const stray = strayCharacter(value)
  if (stray === undefined) return
  throw new CliError(
    'usage',
    `the ${name} ${stray}; remove it where the ${name} is set (it often comes from a file with Windows line ends, or a secret stored with its line end)`,
  )
}

function keyFrom(sources: KeySources): AccessKey {
  const { accessKeyId, accessKeySecretFile, profile, env, home } = sources
  if (accessKeySecretFile !== undefined && accessKeyId === undefined)
    throw new Error('--access-key-secret-file needs --access-key-id')
  const id = accessKeyId ?? env.ALIBABA_CLOUD_ACCESS_KEY_ID
  const secret =
    accessKeySecretFile === undefined
      ? env.ALIBABA_CLOUD_ACCESS_KEY_SECRET
      : readFileSync(accessKeySecretFile, 'utf8').trim()
  if (profile === undefined || accessKeyId !== undefined) {
    if (id && secret) {
      if (accessKeyId === undefined) refuseTemporary(env.ALIBABA_CLOUD_SECURITY_TOKEN)
      return { id, secret }
    }
    if (accessKeyId !== undefined)
      throw new Error(
        `the access key ${accessKeyId} needs its secret: set ALIBABA_CLOUD_ACCESS_KEY_SECRET or --access-key-secret-file`,
      )
  }
  const files = [
    [join(home, '.aliyun', 'config.json'), ofConfig],
    [join(home, '.alibabacloud', 'credentials'), ofIni],
  ] as const
  for (const [file, read] of files) {
    const text = textOf(file)
    const found = text === undefined ? undefined : read(text, profile ?? env.ALIBABA_CLOUD_PROFILE, file)
    if (found !== undefined) return found
  }
  throw new Error(
    `no access key${profile === undefined ? '' : ` in the profile ${JSON.stringify(profile)}`}: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or keep them in ${files.map(([file]) => file).join(' or ')}`,
  )
}

/** Parses the configuration of the `aliyun` command: the current profile, and profiles of mode AK. */
function ofConfig(text: string, wanted: string | undefined, file: string): AccessKey | undefined {
  let config: {
    readonly current?: string
    readonly profiles?: readonly {
      readonly name?: string
      readonly mode?: string
      readonly access_key_id?: string
      readonly access_key_secret?: string
      readonly sts_token?: string
    }[]
  }
  try {
    config = JSON.parse(text)
  } catch {
    // The JSON error is omitted, because it quotes the text.
    throw new Error(`${file} is not JSON`)
  }
  const name = wanted ?? config.current ?? 'default'
  const found = config.profiles?.find((profile) => profile.name === name)
  if (!found?.access_key_id || !found.access_key_secret) return undefined
  refuseTemporary(found.sts_token)
  return { id: found.access_key_id, secret: found.access_key_secret }
}

/** Parses the SDKs' credentials file: sections in brackets with `name = value` lines. */
function ofIni(text: string, wanted = 'default'): AccessKey | undefined {
  const values = new Map<string, string>()
  let section = ''
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[(.*)\]\s*$/.exec(line)
    if (header !== null) section = header[1]!.trim()
    const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (section === wanted && name !== undefined) values.set(name, value!)
  }
  const id = values.get('access_key_id')
  const secret = values.get('access_key_secret')
  if (!id || !secret) return undefined
  refuseTemporary(values.get('security_token'))
  return { id, secret }
}

function refuseTemporary(token: string | undefined): void {
  if (token) throw new Error('the credentials are temporary (with a security token), which are not supported')
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

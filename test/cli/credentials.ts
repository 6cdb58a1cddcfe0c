import { readFileSync } from 'node:fs'
import type { Place } from '../support/process.ts'

/** The credentials that a first start kept. */
export function credentialsOf(place: Place, folder = 'data') {
  const values = new Map<string, string>()
  for (const line of readFileSync(place.file(`${folder}/credentials.env`), 'utf8')
    .trimEnd()
    .split('\n')) {
    const equals = line.indexOf('=')
    values.set(line.slice(0, equals), line.slice(equals + 2, -1).replaceAll(`'\\''`, "'"))
  }
  return {
    id: values.get('ALIBABA_CLOUD_ACCESS_KEY_ID')!,
    secret: values.get('ALIBABA_CLOUD_ACCESS_KEY_SECRET')!,
    endpoint: values.get('ROLLCALL_ENDPOINT')!,
    productKey: values.get('ROLLCALL_PRODUCT_KEY')!,
    instanceId: values.get('ROLLCALL_INSTANCE_ID')!,
    instanceProductKey: values.get('ROLLCALL_INSTANCE_PRODUCT_KEY')!,
  }
}

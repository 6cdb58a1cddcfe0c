import { displayed, type SampledCall } from './call.ts'
import { program, title } from './lines.ts'
import { inShell } from './literals.ts'

/** bash, curl and openssl. */
export function curl(call: SampledCall): string {
  const { parameters, remarks } = displayed(call)
  return program(
    '#!/usr/bin/env bash',
    `# ${title(call.action, call.signature)} Needs curl and openssl.`,
    'set -euo pipefail',
    '',
    `endpoint=\${ROLLCALL_ENDPOINT:-${inShell(call.endpoint)}}`,
    'key_id=$ALIBABA_CLOUD_ACCESS_KEY_ID',
    'key_secret=$ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    'nonce=$(openssl rand -hex 16) # a new one for each call',
    'now=$(date -u +%Y-%m-%dT%H:%M:%SZ)',
    '',
    remarks.map((remark) => `# ${remark}`),
    parameters.some(([, value]) => value.includes('\0'))
      ? '# A shell has no place for U+0000: it is left out.'
      : undefined,
    'parameters=( # a name, its value, and so on',
    parameters.map(([name, value]) => `  ${inShell(name)} ${value === '' ? "''" : inShell(value)}`),
    ')',
    '',
    '# Percent-encoding of RFC 3986, byte by byte.',
    'encode() {',
    '  local LC_ALL=C text=$1 i c',
    '  for ((i = 0; i < ${#text}; i++)); do',
    '    c=${text:i:1}',
    '    case $c in',
    '      [A-Za-z0-9._~-]) printf %s "$c" ;;',
    '      *) printf %%%02X "\'$c" ;;',
    '    esac',
    '  done',
    '}',
    '',
    '# The pairs in order of names, as name=value&name=value.',
    'form() {',
    '  while (($# > 0)); do',
    '    printf \'%s=%s\\n\' "$(encode "$1")" "$(encode "$2")"',
    '    shift 2',
    "  done | LC_ALL=C sort -t= -k1,1 | paste -sd'&' -",
    '}',
    '',
    call.signature === 'v1' ? signV1(call) : signV3(call),
    '',
    '# curl writes the status below the answer.',
    `answer=$(printf %s "$body" | curl -sS "\${headers[@]}" --data-binary @- -w '\\nHTTP %{http_code}' "$endpoint/")`,
    'echo "$answer"',
    `grep -q '"Success": *true' <<<"$answer"`,
  )
}

const seen =
  '# While openssl runs, other users of this machine can see its arguments: the secret is among them.'

const signV1 = ({ action, version }: SampledCall) => [
  'signed=$(form "${parameters[@]}" \\',
  `  AccessKeyId "$key_id" Action ${inShell(action)} Format JSON SignatureMethod HMAC-SHA1 SignatureNonce "$nonce" \\`,
  `  SignatureVersion 1.0 Timestamp "$now" Version ${inShell(version)})`,
  seen,
  'signature=$(printf %s "POST&%2F&$(encode "$signed")" |',
  '  openssl dgst -sha1 -hmac "$key_secret&" -binary | openssl base64)',
  'body="$signed&Signature=$(encode "$signature")"',
  "headers=(-H 'content-type: application/x-www-form-urlencoded')",
]

const signV3 = ({ action, version }: SampledCall) => [
  `hash() { openssl dgst -sha256 -r | cut -d' ' -f1; }`,
  'body=$(form "${parameters[@]}")',
  'body_hash=$(printf %s "$body" | hash)',
  '# All of these headers are signed, in alphabetical order.',
  'signed=(',
  '  content-type:application/x-www-form-urlencoded',
  `  "host:$(sed -E 's|^https?://([^/]*).*|\\1|' <<<"$endpoint")"`,
  `  x-acs-action:${inShell(action)}`,
  '  "x-acs-content-sha256:$body_hash"',
  '  "x-acs-date:$now"',
  '  "x-acs-signature-nonce:$nonce"',
  `  x-acs-version:${inShell(version)}`,
  ')',
  `names=$(printf '%s\\n' "\${signed[@]}" | cut -d: -f1 | paste -sd';' -)`,
  '# Method, path, the query (there is none), the headers, an empty line, their names, the hash of the body.',
  `canonical_hash=$(printf 'POST\\n/\\n\\n%s\\n\\n%s\\n%s' \\`,
  `  "$(printf '%s\\n' "\${signed[@]}")" "$names" "$body_hash" | hash)`,
  seen,
  `signature=$(printf 'ACS3-HMAC-SHA256\\n%s' "$canonical_hash" |`,
  `  openssl dgst -sha256 -hmac "$key_secret" -r | cut -d' ' -f1)`,
  'headers=(-H "authorization: ACS3-HMAC-SHA256 Credential=$key_id,SignedHeaders=$names,Signature=$signature")',
  'for header in "${signed[@]}"; do headers+=(-H "$header"); done',
]

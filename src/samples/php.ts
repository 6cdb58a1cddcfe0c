import { displayed, type SampledCall } from './call.ts'
import { program, title } from './lines.ts'
import { inPhp } from './literals.ts'

/** PHP without any extension. */
export function php(call: SampledCall): string {
  const { parameters, remarks } = displayed(call)
  return program(
    '<?php',
    `// ${title(call.action, call.signature)} PHP 8, no extension needed.`,
    '',
    `$endpoint = getenv('ROLLCALL_ENDPOINT') ?: ${inPhp(call.endpoint)};`,
    "$keyId = getenv('ALIBABA_CLOUD_ACCESS_KEY_ID');",
    "$keySecret = getenv('ALIBABA_CLOUD_ACCESS_KEY_SECRET');",
    '',
    remarks.map((remark) => `// ${remark}`),
    '$parameters = [',
    parameters.map(([name, value]) => `    ${inPhp(name)} => ${inPhp(value)},`),
    '];',
    '',
    call.signature === 'v1' ? signV1(call) : signV3(call),
    '',
    "$stream = fopen(\"$endpoint/\", 'r', false, stream_context_create(['http' => [",
    "    'method' => 'POST',",
    '    \'header\' => array_map(fn ($name, $value) => "$name: $value", array_keys($headers), $headers),',
    "    'content' => $body,",
    "    'ignore_errors' => true, // reads the answer whatever the status",
    ']]));',
    'if (!$stream) exit(1);',
    'echo stream_get_meta_data($stream)[\'wrapper_data\'][0], "\\n"; // such as HTTP/1.1 200 OK',
    'echo $answer = stream_get_contents($stream), "\\n";',
    "exit(json_decode($answer, true)['Success'] ?? false ? 0 : 1);",
  )
}

const signV1 = ({ action, version }: SampledCall) => [
  '$parameters += [',
  "    'AccessKeyId' => $keyId,",
  `    'Action' => ${inPhp(action)},`,
  "    'Format' => 'JSON',",
  "    'SignatureMethod' => 'HMAC-SHA1',",
  "    'SignatureNonce' => bin2hex(random_bytes(16)), // a new one for each call",
  "    'SignatureVersion' => '1.0',",
  "    'Timestamp' => gmdate('Y-m-d\\TH:i:s\\Z'),",
  `    'Version' => ${inPhp(version)},`,
  '];',
  'ksort($parameters, SORT_STRING);',
  "$signed = http_build_query($parameters, '', '&', PHP_QUERY_RFC3986);",
  "$stringToSign = 'POST&%2F&' . rawurlencode($signed);",
  '$signature = base64_encode(hash_hmac(\'sha1\', $stringToSign, "$keySecret&", true));',
  "$body = $signed . '&Signature=' . rawurlencode($signature);",
  "$headers = ['content-type' => 'application/x-www-form-urlencoded'];",
]

const signV3 = ({ action, version }: SampledCall) => [
  "$body = http_build_query($parameters, '', '&', PHP_QUERY_RFC3986);",
  '$url = parse_url($endpoint);',
  '$headers = [ // all of them are signed, in alphabetical order',
  "    'content-type' => 'application/x-www-form-urlencoded',",
  "    'host' => $url['host'] . (isset($url['port']) ? \":{$url['port']}\" : ''),",
  `    'x-acs-action' => ${inPhp(action)},`,
  "    'x-acs-content-sha256' => hash('sha256', $body),",
  "    'x-acs-date' => gmdate('Y-m-d\\TH:i:s\\Z'),",
  "    'x-acs-signature-nonce' => bin2hex(random_bytes(16)), // a new one for each call",
  `    'x-acs-version' => ${inPhp(version)},`,
  '];',
  "$names = implode(';', array_keys($headers));",
  "$lines = '';",
  'foreach ($headers as $name => $value) $lines .= "$name:$value\\n";',
  '// Method, path, the query (there is none), the headers, their names, the hash of the body.',
  "$canonical = implode(\"\\n\", ['POST', '/', '', $lines, $names, $headers['x-acs-content-sha256']]);",
  '$stringToSign = "ACS3-HMAC-SHA256\\n" . hash(\'sha256\', $canonical);',
  "$signature = hash_hmac('sha256', $stringToSign, $keySecret);",
  '$headers[\'authorization\'] = "ACS3-HMAC-SHA256 Credential=$keyId,SignedHeaders=$names,Signature=$signature";',
]

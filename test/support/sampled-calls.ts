import type { Pair } from '../../src/samples/call.ts'

/** The expected result of a sample program: how it ends, and the faults of the answer that it printed. */
export interface Expected {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever the program printed.
  wrong(answer: any): string | undefined
}

/** Values that break programs which are written out carelessly, in one language or another. */
export const nastyValues = [
  `it's "quoted" with \\ and \\\\`,
  'a line\nanother\r\n\tindented',
  '$HOME ${HOME} $(id) `id` !! #{x} {y} %s %d',
  '\\u000a \\x41 \\101 \\n \\',
  '路灯 é 😀',
  '100% +*~!()[]&=?/:;,@ ',
  ' \x01\x1b\x7f\x85\u2028\u202e\ufeff ',
  '?> <?php */ /* // # -- \'\'\' """',
  "'",
  '"',
  '-n',
  '',
]

/**
 * Calls of a store with one product, and what comes of them.
 * @param suffix another one for each round: a product’s name is taken once
 */
export function sampledCalls(productKey: string, suffix: string) {
  const product: Pair = ['ProductKey', productKey]
  const call = (action: string, ...parameters: Pair[]) => ({ action, version: '2018-01-20', parameters })
  const nasty = nastyValues.flatMap((value, i): Pair[] => [
    [`DeviceList.${i + 1}.DeviceName`, value],
    [`DeviceList.${i + 1}.DeviceSecret`, 's3cret'],
  ])
  const success: Expected = {
    status: 0,
    wrong: ({ Success }) => (Success === true ? undefined : 'no success'),
  }
  return [
    {
      name: 'nasty values',
      call: call('BatchCheckImportDevice', product, ...nasty),
      expected: {
        status: 0,
        wrong: (answer) => sameNames(answer.Data.InvalidDetailList, nastyValues),
      } satisfies Expected,
    },
    {
      name: 'a Chinese name',
      call: call('CreateProduct', ['ProductName', `路灯_${suffix}`], ['NodeType', '0']),
      expected: success,
    },
    { name: 'a question', call: call('QueryDevice', product), expected: success },
    {
      name: 'no parameters, Rollcall’s own',
      call: { ...call('GetCallerIdentity'), version: '2026-11-01' },
      expected: success,
    },
    ...[
      ['a failure', 'a1NotExisted'],
      // A literal of Java holds no more than 65,535 bytes.
      ['a long value', '灯'.repeat(25_000)],
    ].map(([name, key]) => ({
      name: name!,
      call: call('QueryProduct', ['ProductKey', key!]),
      expected: {
        status: 1,
        wrong: ({ Code }) => (Code === 'iot.prod.NotExistedProduct' ? undefined : `Code is ${Code}`),
      } satisfies Expected,
    })),
  ]
}

function sameNames(details: readonly { DeviceName: string }[], sent: readonly string[]): string | undefined {
  for (const [i, value] of sent.entries()) {
    const arrived = details[i]?.DeviceName
    if (arrived !== value) return `${JSON.stringify(value)} arrived as ${JSON.stringify(arrived)}`
  }
  return undefined
}

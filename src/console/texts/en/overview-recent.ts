export const en = {
  title: 'Recent calls',
  failedOnly: 'Failed calls only',
  live: 'Live',
  operation: 'Operation',
  find: 'Operation, Code or RequestId',
  time: 'Time',
  result: 'Result',
  results: {
    answered: 'Succeeded',
    failed: 'Failed',
    refused: 'Rejected',
    broken: 'Server error',
  } as Record<string, string>,
  meaning: {
    answered: 'The operation succeeded.',
    failed: 'The operation returned a failure.',
    refused:
      'The server rejected the call before the operation ran: signature, permission, quota or parameters.',
    broken: 'The server failed; its log has the details under the RequestId.',
  } as Record<string, string>,
  code: 'Code',
  milliseconds: 'ms',
  entries: 'Entries',
  devices: 'Devices',
  none: 'No calls yet. Call an operation in the API explorer or from a program. Operations that the console polls are listed only if you search for them.',
  noneSuch: 'No call matches. Change the search.',
  openInExplorer: (action: string) => `Open ${action} in the API explorer`,
}

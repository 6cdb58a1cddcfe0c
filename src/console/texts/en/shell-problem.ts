export const en = {
  unreachable: 'The server can’t be reached. Is it running, and is this computer still connected to it?',
  maybeDone: 'It is not known whether it was done: look before you try again.',
  wrongKey: 'There is no such AccessKeyId, or it is disabled.',
  wrongSecret: 'The AccessKeySecret is not that of this AccessKeyId.',
  clock:
    'The clock of this computer and the server’s differ too much: signed requests carry the time, and old ones are refused. Set the clock and try again.',
  denied: 'This key may not do that. The account’s own key can allow it, under Access.',
  throttled:
    'The account’s quota of this operation is used up: wait a moment and try again. Quotas are under Access, and on the server: rollcall quota list; one of 0 refuses every call.',
  unclear: 'The server could not answer; its log tells more under this RequestId.',
  notApi: 'What answers at this address is not Rollcall, or something in between answered in its place.',
  retry: 'Try again',
  unexpected: 'Something in the console went wrong:',
}

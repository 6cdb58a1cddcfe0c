export const en = {
  unreachable: 'The server can’t be reached. Check that it is running and that this computer can reach it.',
  maybeDone: 'The operation may or may not have run. Check the result before you try again.',
  wrongKey: 'The AccessKeyId does not exist or is disabled.',
  wrongSecret: 'The AccessKeySecret does not belong to this AccessKeyId.',
  clock:
    'The clocks of this computer and the server differ too much. Signed requests contain the time, and the server rejects old ones. Set the clock and try again.',
  denied: 'This key does not have the permission. An account key can grant it under Access.',
  throttled:
    'The account’s quota of this operation is used up. Wait a moment and try again. See the quotas under Access, or on the server with rollcall quota list; a quota of 0 rejects every call.',
  unclear: 'The server could not answer. Its log has the details under this RequestId.',
  notApi: 'The server at this address is not Rollcall, or a proxy answered in its place.',
  retry: 'Try again',
  unexpected: 'The console failed:',
}

export const en = {
  title: 'Sign in with an access key',
  about:
    'The console calls the API of this server as you, and signs every call here in the browser: the secret never leaves it.',
  where:
    'A first start of the server prints a key and keeps it in its data folder; RAM users have keys of their own.',
  keep: 'Stay signed in when this tab reloads',
  keepMeans:
    'The secret is written, readable, to this tab’s session storage until you sign out or close the tab. Not on a computer that others use.',
  memoryMeans: 'The secret is kept in memory only: a reload asks for it again.',
  enter: 'Sign in',
  plain:
    'This page came over plain HTTP. Others on the network can read the calls that you sign, device secrets included, and could have changed the page itself. Ask the operator for HTTPS.',
  needed: (field: string) => `The ${field} is needed`,
}

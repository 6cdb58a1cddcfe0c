export const en = {
  title: 'Sign in with an access key',
  what: 'Rollcall verifies and imports lists of IoT devices, connects the devices by MQTT, and serves the API of Alibaba Cloud IoT Platform from your own machines.',
  about:
    'The console calls this server’s API with your key and signs every call in the browser. The secret never leaves the browser.',
  where:
    'The first start of the server prints a key and stores it in its data folder. RAM users have their own keys.',
  keep: 'Stay signed in when this tab reloads',
  keepMeans:
    'The secret is stored in plain text in this tab’s session storage until you sign out or close the tab. Do not use this on a shared computer.',
  memoryMeans: 'The secret is kept in memory only: a reload asks for it again.',
  enter: 'Sign in',
  plain:
    'This page was loaded over plain HTTP. Others on the network can read your calls, including device secrets, and could have changed the page itself. Ask the operator for HTTPS.',
  needed: (field: string) => `Enter the ${field}`,
}

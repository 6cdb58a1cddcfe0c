// Ends with 0 when the server of this container can serve, read from the same settings as the server itself.
import http from 'node:http'
import https from 'node:https'

const { ROLLCALL_PORT = '8080', ROLLCALL_TLS, ROLLCALL_TLS_CERT } = process.env
const { get } = ROLLCALL_TLS || ROLLCALL_TLS_CERT ? https : http
// Within the container there is nobody between; the certificate is for the name that clients use.
const options = { host: '127.0.0.1', port: ROLLCALL_PORT, path: '/healthz', rejectUnauthorized: false }
get(options, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))

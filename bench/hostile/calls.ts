/**
 * A program that sends calls with a valid key at a steady rate, and reports their durations when it is stopped.
 */
import { Agent, request } from 'node:http'
import '../servers/leash.ts'
import { signedCall } from '../calls/v1.ts'
import { caller } from '../workload.ts'

const url = process.argv[2]!
const everyMs = 20
const agent = new Agent({ keepAlive: true })
const took: number[] = []
let refused = 0
let open = 0

function call(due: number): void {
  const { head } = signedCall('QueryProduct', { ProductKey: caller.productKey })
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(head),
  }
  open++
  const sent = request(url, { method: 'POST', agent, headers }, (response) => {
    if (response.statusCode !== 200) refused++
    response.resume().on('end', () => done(due))
  })
  sent.on('error', () => {
    refused++
    done(due)
  })
  sent.end(head)
}

/** A late call counts from the time at which it was due. */
function done(due: number): void {
  took.push(performance.now() - due)
  open--
}

let due = performance.now()
const timer = setInterval(() => {
  for (; due <= performance.now(); due += everyMs) call(due)
}, everyMs / 4)
process.on('message', () => {
  clearInterval(timer)
  const finish = setInterval(() => {
    if (open > 0) return
    clearInterval(finish)
    agent.destroy()
    process.send!({ took, refused })
  }, 10)
})
process.send!('ready')

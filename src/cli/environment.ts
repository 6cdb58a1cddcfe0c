/**
 * The environment that this program was started with. `withdrawSecrets` takes secrets out of process.env, so no
 * process or thread that is started later inherits them; what still needs one reads it here.
 */
export const environment: Readonly<Record<string, string | undefined>> = { ...process.env }

/** Variables that hold a secret, or a URL that may hold a password. PGPASSWORD stays: the client library reads it late. */
const secret =
  /^(ROLLCALL_(ACCESS_KEY_SECRET|MASTER_KEY|NEW_MASTER_KEY|DATABASE|COPY_FROM|COPY_TO)|ALIBABA_CLOUD_(ACCESS_KEY_SECRET|SECURITY_TOKEN))$/

/** Takes secrets out of process.env. What the kernel shows of the process's first environment stays. */
export function withdrawSecrets(): void {
  for (const name of Object.keys(process.env)) if (secret.test(name)) delete process.env[name]
}

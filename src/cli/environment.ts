/**
 * The environment that this program was started with. `withdrawSecrets` removes secrets from process.env, so
 * that child processes and threads don't inherit them; code that needs one reads it here.
 */
export const environment: Readonly<Record<string, string | undefined>> = { ...process.env }

/**
 * Variables with a secret, or a URL that may contain a password. PGPASSWORD stays, because the client library
 * reads it later.
 */
const secret =
  /^(ROLLCALL_(ACCESS_KEY_SECRET|MASTER_KEY|NEW_MASTER_KEY|DATABASE|COPY_FROM|COPY_TO)|ALIBABA_CLOUD_(ACCESS_KEY_SECRET|SECURITY_TOKEN))$/

/** Removes secrets from process.env. The kernel still shows the initial environment. */
export function withdrawSecrets(): void {
  for (const name of Object.keys(process.env)) if (secret.test(name)) delete process.env[name]
}

/**
 * Secrets outside the settings: files, and HashiCorp Vault or OpenBao. {@link SecretSources} reads
 * them, {@link HeldSecrets} keeps what was read while the gateway serves.
 */
@NullMarked
package dev.serai.gateway.secrets;

import org.jspecify.annotations.NullMarked;

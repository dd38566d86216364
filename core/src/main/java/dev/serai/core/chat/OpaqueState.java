package dev.serai.core.chat;

/**
 * State that a provider issues and expects back unchanged: the signature of a thinking block,
 * encrypted reasoning. Only the provider that issued it understands it, so it is sent back to that
 * provider and to no other.
 *
 * @param dialect whose grammar it belongs to
 * @param provider the provider that issued it; empty when the caller speaks the dialect itself
 * @param kind what it is, in the dialect's own word: "signature", "redacted_thinking", ...
 * @param data as the provider wrote it
 */
public record OpaqueState(String dialect, String provider, String kind, String data) {
  /** Whether a request in {@code dialect} to {@code provider} may carry it. */
  public boolean belongsTo(String dialect, String provider) {
    return this.dialect.equals(dialect)
        && (this.provider.isEmpty() || this.provider.equals(provider));
  }

  /** Without the data. */
  @Override
  public String toString() {
    return kind + " of " + dialect + (provider.isEmpty() ? "" : "/" + provider);
  }
}

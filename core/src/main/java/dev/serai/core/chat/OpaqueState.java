package dev.serai.core.chat;

/**
 * What a provider hands out and wants back unread: the signature of a thinking block, encrypted
 * reasoning. It means something to the provider that made it and to nobody else, so it is given
 * back to that one and kept from every other.
 *
 * @param dialect whose grammar it belongs to
 * @param provider who made it; empty when the caller speaks the dialect itself and so does not say
 * @param kind what it is, in the dialect's own word: "signature", "redacted_thinking", ...
 * @param data as the provider wrote it
 */
public record OpaqueState(String dialect, String provider, String kind, String data) {
  /** Whether a request in {@code dialect} to {@code provider} may carry it. */
  public boolean belongsTo(String dialect, String provider) {
    return this.dialect.equals(dialect)
        && (this.provider.isEmpty() || this.provider.equals(provider));
  }

  /** Without the data: it is long and says nothing. */
  @Override
  public String toString() {
    return kind + " of " + dialect + (provider.isEmpty() ? "" : "/" + provider);
  }
}

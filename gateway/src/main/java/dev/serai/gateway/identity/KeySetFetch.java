package dev.serai.gateway.identity;

import dev.serai.config.auth.IssuerSettings;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches the public keys of an issuer: from the address of the settings, or from that of its
 * metadata. Thread-safe; never blocks.
 */
final class KeySetFetch {
  private final IssuerSettings issuer;
  private final IssuerClient client;

  KeySetFetch(IssuerSettings issuer, IssuerClient client) {
    this.issuer = issuer;
    this.client = client;
  }

  /** Starts a fetch. Its failures have a message for the log. */
  CompletableFuture<List<PublicJwk>> start() {
    return address().thenCompose(client::get).thenApply(JwkReader::read);
  }

  private CompletableFuture<URI> address() {
    return issuer
        .jwksUrl()
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> client.metadata().thenApply(IssuerMetadata::keys));
  }
}

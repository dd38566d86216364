package dev.serai.core.dialect;

import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.util.concurrent.CompletableFuture;

/**
 * Signs requests to providers that need more than a header with a key, such as AWS. Thread-safe.
 */
@FunctionalInterface
public interface RequestSigner {
  /**
   * Signs a request; must be the last to change its method, path and body. Never blocks: what must
   * be fetched first is fetched on another thread.
   *
   * @return the request to send, done at once when the credentials are at hand; fails with a {@link
   *     ProviderProblem} when there are none
   */
  default CompletableFuture<ProviderRequest> sign(
      ProviderRequest request, ProviderProfile provider) {
    return sign(request, provider, provider.baseUrl().orElse(""));
  }

  /**
   * The same for a request to another address of the provider's.
   *
   * @param baseUrl where the request goes
   */
  CompletableFuture<ProviderRequest> sign(
      ProviderRequest request, ProviderProfile provider, String baseUrl);

  /**
   * The provider rejected the credentials of a request: forgets them, unless they have been renewed
   * since.
   *
   * @param sent the header fields of the signed request
   * @return whether a retry would carry other credentials
   */
  default boolean forget(Headers sent) {
    return false;
  }
}

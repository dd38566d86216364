package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.cause.Causes;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Signs the request of the current attempt, unless it carries a provider key already. Continues at
 * once if credentials are cached; otherwise the exchange waits for them without blocking its event
 * loop. Thread-safe.
 */
public final class SignProviderRequest extends AsyncStep {
  private final Map<String, RequestSigner> signers;
  private final EventLoops loops;

  /**
   * @param signers by the dialect of the provider
   */
  public SignProviderRequest(Map<String, RequestSigner> signers, EventLoops loops) {
    this.signers = Map.copyOf(signers);
    this.loops = loops;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    ProviderRequest request = Calls.body(exchange, ProviderRequest.class);
    Attempt attempt = Calls.of(exchange).current();
    ProviderProfile provider = attempt.destination().provider();
    RequestSigner signer = signers.get(provider.dialect());
    if (signer == null || request.headers().first("authorization").isPresent()) {
      return true;
    }
    attempt.recordSigned(() -> signer.forget(request.headers()));
    CompletableFuture<ProviderRequest> signing = signer.sign(request, provider);
    if (signing.isDone()) {
      signing.whenComplete((signed, failure) -> finish(exchange, signed, failure));
      return true;
    }
    signing.whenComplete(
        (signed, failure) ->
            loops
                .of(exchange)
                .execute(
                    () -> {
                      finish(exchange, signed, failure);
                      callback.done(false);
                    }));
    return false;
  }

  private static void finish(
      Exchange exchange, @Nullable ProviderRequest signed, @Nullable Throwable failure) {
    if (signed != null) {
      exchange.getMessage().setBody(signed);
    } else if (failure != null) {
      exchange.setException(Causes.unwrapped(failure));
    }
  }
}

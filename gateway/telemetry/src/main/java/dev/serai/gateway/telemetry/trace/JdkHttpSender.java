package dev.serai.gateway.telemetry.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches of spans over HTTP, on the JDK's own threads. Tries again as the exporter's policy
 * says when the receiver cannot be reached or asks for it (OTLP 1.x, "Retryable Response Codes").
 * Thread-safe.
 */
final class JdkHttpSender implements HttpSender {
  private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504);
  private static final int MOST_ANSWER_BYTES = 64 * 1024;

  private final HttpSenderConfig config;
  private final HttpClient client;

  JdkHttpSender(HttpSenderConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.getConnectTimeout());
    Optional.ofNullable(config.getSslContext()).ifPresent(builder::sslContext);
    Optional.ofNullable(config.getProxyOptions())
        .ifPresent(proxy -> builder.proxy(proxy.getProxySelector()));
    this.client = builder.build();
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    HttpRequest request;
    try {
      request = request(message);
    } catch (IOException e) {
      onError.accept(e);
      return;
    }
    new Delivery(request, onResponse, onError).attempt();
  }

  @Override
  public CompletableResultCode shutdown() {
    client.shutdownNow();
    return CompletableResultCode.ofSuccess();
  }

  private HttpRequest request(MessageWriter message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(8 * 1024);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.getEndpoint())
            .timeout(config.getTimeout())
            .header("content-type", config.getContentType());
    if (config.getCompressor() == null) {
      message.writeMessage(body);
    } else {
      request.header("content-encoding", config.getCompressor().getEncoding());
      try (OutputStream packed = config.getCompressor().compress(body)) {
        message.writeMessage(packed);
      }
    }
    config
        .getHeadersSupplier()
        .get()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build();
  }

  /** One batch on its way, as often as the policy allows. */
  private final class Delivery {
    private final HttpRequest request;
    private final Consumer<HttpResponse> onResponse;
    private final Consumer<Throwable> onError;
    private final @Nullable RetryPolicy policy = config.getRetryPolicy();
    private int attempts;
    private long waitMillis;

    Delivery(HttpRequest request, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      this.request = request;
      this.onResponse = onResponse;
      this.onError = onError;
      this.waitMillis = policy == null ? 0 : policy.getInitialBackoff().toMillis();
    }

    // What the exporter does with the outcome is its own affair: nobody waits for this future.
    @SuppressWarnings("FutureReturnValueIgnored")
    void attempt() {
      attempts++;
      client
          .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES))
          .whenComplete(
              (answer, failure) -> {
                if (failure != null) {
                  failed(failure);
                } else if (TRY_AGAIN.contains(answer.statusCode()) && mayTryAgain()) {
                  tryAgain();
                } else {
                  onResponse.accept(new Answer(answer.statusCode(), answer.body()));
                }
              });
    }

    private void failed(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof IOException && mayTryAgain()) {
        tryAgain();
      } else {
        onError.accept(cause == null ? failure : cause);
      }
    }

    private boolean mayTryAgain() {
      return policy != null && attempts < policy.getMaxAttempts();
    }

    private void tryAgain() {
      Executor later = CompletableFuture.delayedExecutor(waitMillis, TimeUnit.MILLISECONDS);
      if (policy != null) {
        long longer = (long) (waitMillis * policy.getBackoffMultiplier());
        waitMillis = Math.min(longer, policy.getMaxBackoff().toMillis());
      }
      later.execute(this::attempt);
    }
  }

  private record Answer(int status, byte[] body) implements HttpResponse {
    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return body;
    }
  }
}

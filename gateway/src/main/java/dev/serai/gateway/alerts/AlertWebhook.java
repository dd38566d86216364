package dev.serai.gateway.alerts;

import dev.serai.config.budget.AlertSettings;
import dev.serai.core.hash.Hmac;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.Causes;
import dev.serai.memory.budgets.BudgetAlerts;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to webhooks, signed as Standard Webhooks 1.0.0 asks. A receiver has taken a
 * message if it replies with a status of 200 to 299 within ten seconds, whatever body follows;
 * redirects are not followed. Thread-safe; never blocks.
 */
public final class AlertWebhook implements BudgetAlerts.Sender {
  private static final long REPLY_SECONDS = 10;

  private final Map<String, AlertSettings> receivers;
  private final Sender sender;
  private final InstantSource clock;

  /** Sends the gateway's own requests. */
  @FunctionalInterface
  public interface Sender {
    /** Sends a request to an address without a path. */
    CompletableFuture<Reply> send(String name, String origin, ProviderRequest request);
  }

  /**
   * @param receivers by name
   */
  public AlertWebhook(Map<String, AlertSettings> receivers, Sender sender, InstantSource clock) {
    this.receivers = new HashMap<>(receivers);
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Optional<String>> send(String receiver, String id, byte[] body) {
    AlertSettings settings = receivers.get(receiver);
    if (settings == null) {
      return CompletableFuture.completedFuture(Optional.of("the settings have no such receiver"));
    }
    URI url = URI.create(settings.url().reveal());
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    ProviderRequest request =
        ProviderRequest.post(
            target, signed(settings.signingKey(), id, body), body, ReplyKind.STREAM);
    return sender
        .send(receiver, url.getScheme() + "://" + url.getRawAuthority(), request)
        .orTimeout(REPLY_SECONDS, TimeUnit.SECONDS)
        .handle(AlertWebhook::fault);
  }

  private HeaderFields signed(byte[] key, String id, byte[] body) {
    String seconds = Long.toString(clock.instant().getEpochSecond());
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
    content.writeBytes(body);
    byte[] signature = Hmac.SHA_256.of(key, content.toByteArray());
    return new HeaderFields()
        .add("content-type", "application/json")
        .add("webhook-id", id)
        .add("webhook-timestamp", seconds)
        .add("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
  }

  /** The HTTP client calls every server a provider. */
  private static Optional<String> fault(@Nullable Reply reply, @Nullable Throwable failure) {
    if (reply instanceof Reply.Streaming begun) {
      begun.stream().open(new IgnoredBody(begun.stream()));
    }
    if (reply != null && reply.status() / 100 == 2) {
      return Optional.empty();
    }
    if (reply != null) {
      return Optional.of("the reply has the status " + reply.status());
    }
    Throwable cause = failure == null ? null : Causes.unwrapped(failure);
    return Optional.of(
        cause instanceof GatewayProblem problem
            ? problem.message().replace("provider '", "receiver '")
            : "no reply in time");
  }
}

package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request that the cassette server got. Thread-safe.
 *
 * @param headers by lower-case name
 * @param at when it had come in whole
 * @param cancelled completes with the time at which the other side went away before the end
 * @param answered completes when the answer has been sent
 */
public record Received(
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    Instant at,
    CompletableFuture<Instant> cancelled,
    CompletableFuture<Instant> answered) {

  static Received of(String method, String path, Map<String, String> headers, byte[] body) {
    return new Received(
        method,
        path,
        headers,
        body,
        Instant.now(),
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }

  /** The body as JSON; empty when it is none. */
  public JsonNode json() {
    try {
      return Grammar.JSON.readTree(body);
    } catch (java.io.IOException e) {
      return Grammar.object();
    }
  }

  /** The model that is asked. */
  public String model() {
    if (Grammar.of(path) instanceof GeminiGrammar) {
      return GeminiGrammar.model(path);
    }
    String[] parts = path.split("/");
    return path.startsWith("/model/")
        ? URLDecoder.decode(parts[2], StandardCharsets.UTF_8)
        : json().path("model").asText();
  }

  /** One header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return method + " " + path + " " + headers + " " + new String(body, StandardCharsets.UTF_8);
  }
}

package dev.serai.adapters.dialects.translation;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A caller's request in OpenAI's words, and what a dialect makes of it. */
public record Asked(Dialect dialect, Destination destination) {
  /** The caller's side. */
  public static final OpenAiSurface SURFACE =
      new OpenAiSurface(() -> Instant.ofEpochSecond(1_790_000_000));

  /** A provider with a key. */
  public static Asked of(Dialect dialect, String baseUrl, String model, String... quirks) {
    ProviderProfile profile =
        new ProviderProfile(
            "acme",
            dialect.name(),
            Optional.of(baseUrl),
            Optional.empty(),
            Set.of(quirks),
            List.of());
    return new Asked(dialect, new Destination(profile, model, Optional.of("secret-key")));
  }

  /** Reads a request; single quotes stand for double ones. */
  public static ChatRequest request(String json) {
    return SURFACE.readRequest(Inbound.post("/v1/chat/completions", json.replace('\'', '"')));
  }

  /** A request of one user's message with further members. */
  public static ChatRequest asking(String members) {
    return request(
        "{'model':'m','messages':[{'role':'user','content':'hi'}]"
            + (members.isEmpty() ? "" : "," + members)
            + "}");
  }

  /** A request of these messages with further members. */
  public static ChatRequest saying(String messages, String members) {
    return request(
        "{'model':'m','messages':["
            + messages
            + "]"
            + (members.isEmpty() ? "" : "," + members)
            + "}");
  }

  /** What is sent. */
  public ProviderRequest write(ChatRequest request) {
    return dialect.writeRequest(request, destination);
  }

  /** The body that is sent, with single quotes; it must be well formed. */
  public String body(ChatRequest request) {
    byte[] body = write(request).body();
    return StrictJson.tree(body).toString().replace('"', '\'');
  }

  /** A member of the body that is sent, or "" if there is none. */
  public String member(String name, ChatRequest request) {
    return StrictJson.tree(write(request).body()).path(name).toString().replace('"', '\'');
  }

  /** What could not be said. */
  public List<String> dropped(ChatRequest request) {
    return write(request).dropped();
  }
}

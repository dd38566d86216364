package dev.serai.adapters.anthropic;

import dev.serai.adapters.translation.ModelNames;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.port.Dialect;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Anthropic's messages API, version 2023-06-01, as docs.anthropic.com/en/api/messages describes it:
 * {@code POST /v1/messages}. Every request and every answer is translated. Thread-safe.
 */
public final class Anthropic implements Dialect {
  private static final String NAME = "anthropic";
  private static final String VERSION = "2023-06-01";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> quirks() {
    return Quirk.FLAGS;
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Target target) {
    RequestWriter writer = new RequestWriter(request, target);
    byte[] body = writer.write();
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("accept", request.streaming() ? "text/event-stream" : "application/json")
            .add("anthropic-version", VERSION);
    target.key().ifPresent(key -> headers.add("x-api-key", key));
    return new ProviderRequest(
        "POST", path(target), headers, body, request.streaming(), writer.dropped());
  }

  /** Anthropic's own clients are told a base URL without the version, OpenAI's one with it. */
  private static String path(Target target) {
    String base = target.provider().baseUrl().orElse("/v1");
    int end = base.length();
    while (end > 0 && base.charAt(end - 1) == '/') {
      end--;
    }
    return base.startsWith("/v1", end - 3) ? "/messages" : "/v1/messages";
  }

  @Override
  public ChatResponse readResponse(byte[] body, Target target) {
    return new MessageReader(body, target).read();
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Target target) {
    return new MessageReader(body, target).readUsage();
  }

  @Override
  public ProviderProblem readFailure(int status, Headers headers, byte[] body, Target target) {
    return ProviderError.of(body).problem(status, headers, target);
  }

  /** No surface speaks this dialect, so that there is nothing to relay: every event is decoded. */
  @Override
  public StreamReader streamReader(ChatRequest request, Target target, boolean relay) {
    return new MessageStream(target);
  }

  /** The list, docs.anthropic.com/en/api/models-list: a thousand are one page. */
  @Override
  public Optional<ProviderRequest> writeModelsRequest(Target target) {
    HeaderFields headers = new HeaderFields().add("anthropic-version", VERSION);
    target.key().ifPresent(key -> headers.add("x-api-key", key));
    String path = path(target).replace("messages", "models") + "?limit=1000";
    return Optional.of(ModelNames.request(path, headers));
  }

  @Override
  public List<String> readModels(byte[] body, Target target) {
    return ModelNames.read(body, target);
  }
}

package dev.serai.adapters.dialects.openai.relay;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.QueryString;
import dev.serai.core.http.QueryString.Parameter;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.surface.RealtimeSurface;
import java.util.Optional;

/**
 * OpenAI's realtime API over a WebSocket: {@code /v1/realtime?model=NAME}. A browser, which cannot
 * set header fields, sends its key and its options as subprotocols; none of these is forwarded.
 * Thread-safe.
 */
public final class OpenAiRealtimeSurface implements RealtimeSurface {
  private static final String PROTOCOL = "realtime";
  private static final String BETA = "openai-beta.realtime-v1";
  private static final RealtimeEventType UPDATE = new RealtimeEventType("session.update");

  @Override
  public RelayRequest readRequest(InboundRequest inbound) {
    QueryString query = QueryString.of(inbound.query());
    String model = query.only("model").orElse("");
    boolean transcribes = query.first("intent").filter("transcription"::equals).isPresent();
    if (model.isBlank() && !(transcribes && model.isEmpty())) {
      throw CallerProblem.invalid(
          "model", "Name a model in the query: /v1/realtime?model=openai/gpt-realtime.");
    }
    if (!model.isEmpty()) {
      RequestNames.valid("model", model);
    }
    return new RealtimeRequest(
        model,
        inbound.headers().first("x-serai-provider").or(() -> query.only("provider")),
        path(query),
        offers(inbound.headers(), BETA));
  }

  /** The path with the parameters that are the provider's business, without the model. */
  private static String path(QueryString query) {
    StringBuilder path = new StringBuilder("/realtime");
    for (Parameter parameter : query.parameters()) {
      if (!parameter.name().equals("model") && !parameter.name().equals("provider")) {
        path.append(path.indexOf("?") < 0 ? '?' : '&').append(encoded(parameter.name()));
        path.append('=').append(encoded(parameter.value()));
      }
    }
    return path.toString();
  }

  private static String encoded(String text) {
    return PercentEncoding.encode(text, "");
  }

  @Override
  public Optional<String> subprotocol(Headers client) {
    return offers(client, PROTOCOL) ? Optional.of(PROTOCOL) : Optional.empty();
  }

  private static boolean offers(Headers client, String protocol) {
    return client.list("sec-websocket-protocol").contains(protocol);
  }

  @Override
  public boolean mayNameModel(byte[] beginning) {
    return UPDATE.isOf(beginning);
  }

  @Override
  public byte[] withModel(byte[] event, String asked, String model) {
    if (!UPDATE.isOf(event)) {
      return event;
    }
    try {
      JsonMembers members = JsonMembers.of(event);
      int session = members.find("session");
      return session >= 0 && members.kind(session) == '{'
          ? replaced(members, session, asked, model)
          : event;
    } catch (MalformedInput e) {
      return event; // the provider says what is wrong with it
    }
  }

  private static byte[] replaced(JsonMembers event, int session, String asked, String model) {
    byte[] bytes = event.bytes();
    JsonMembers members = JsonMembers.at(bytes, event.valueStart(session), event.valueEnd(session));
    int name = members.find("model");
    return name >= 0 && members.kind(name) == '"' && members.text(name).equals(asked)
        ? new JsonSplice(bytes)
            .replace(members.valueStart(name), members.valueEnd(name), JsonWriter.quoted(model))
            .apply()
        : bytes;
  }

  @Override
  public byte[] writeErrorEvent(GatewayProblem problem) {
    JsonWriter out = new JsonWriter(256).beginObject().member("type", "error");
    out.member("event_id", "event_serai").name("error").beginObject();
    out.member("type", problem.type()).member("code", problem.code());
    out.member("message", problem.message());
    out.name("param").nullValue().name("event_id").nullValue();
    return out.endObject().endObject().bytes();
  }
}

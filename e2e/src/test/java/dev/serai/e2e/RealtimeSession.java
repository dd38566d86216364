package dev.serai.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A realtime session of the JDK's WebSocket client, which keeps the events that it gets. */
final class RealtimeSession implements WebSocket.Listener, AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> events = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  /** Opens a session; header fields are pairs of names and values. */
  static RealtimeSession open(RunningGateway gateway, String query, String... fields)
      throws Exception {
    RealtimeSession session = new RealtimeSession();
    WebSocket.Builder builder = session.http.newWebSocketBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      builder.header(fields[i], fields[i + 1]);
    }
    session.connect(builder, gateway, query);
    return session;
  }

  /** Opens one as a browser does: with subprotocols. */
  static RealtimeSession ofBrowser(RunningGateway gateway, String query, String... protocols)
      throws Exception {
    RealtimeSession session = new RealtimeSession();
    WebSocket.Builder builder = session.http.newWebSocketBuilder();
    String[] more = Arrays.copyOfRange(protocols, 1, protocols.length);
    session.connect(builder.subprotocols(protocols[0], more), gateway, query);
    return session;
  }

  private void connect(WebSocket.Builder builder, RunningGateway gateway, String query)
      throws Exception {
    URI address = URI.create("ws://127.0.0.1:" + gateway.port() + "/v1/realtime?" + query);
    try {
      socket = builder.buildAsync(address, this).get(30, TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      http.close();
      if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
        throw handshake;
      }
      throw refused;
    }
  }

  WebSocket socket() {
    return Objects.requireNonNull(socket);
  }

  RealtimeSession send(String event) throws Exception {
    socket().sendText(event, true).get(30, TimeUnit.SECONDS);
    return this;
  }

  /** Sends an event in two fragments. */
  RealtimeSession send(String event, int cut) throws Exception {
    socket().sendText(event.substring(0, cut), false).get(30, TimeUnit.SECONDS);
    socket().sendText(event.substring(cut), true).get(30, TimeUnit.SECONDS);
    return this;
  }

  /** Waits for an event of a type. */
  String await(String type) {
    Until.holds(Stage.PATIENCE, type + " among " + types(), () -> find(type) != null);
    return Objects.requireNonNull(find(type));
  }

  private synchronized List<String> types() {
    return List.copyOf(events);
  }

  private synchronized @Nullable String find(String type) {
    return events.stream()
        .filter(event -> event.contains("\"type\":\"" + type + "\""))
        .findFirst()
        .orElse(null);
  }

  synchronized long count(String type) {
    return events.stream().filter(event -> event.contains("\"" + type + "\"")).count();
  }

  /** The code and reason that the session was closed with. */
  String closed() throws Exception {
    return closed.get(30, TimeUnit.SECONDS);
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      events.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete("error " + error);
  }

  @Override
  public void close() {
    socket().abort();
    http.close();
  }
}

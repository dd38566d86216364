package dev.serai.adapters.dialects.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.pairs.Client;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What must hold for any bytes whatever: a clear problem or a sound translation, never anything
 * else; and the same however the bytes are cut.
 */
final class Targets {
  private Targets() {}

  /** Any bytes as server-sent events. */
  static void events(byte[] bytes, int cut) {
    assertThat(split(bytes, cut)).isEqualTo(split(bytes, bytes.length));
  }

  private static List<String> split(byte[] bytes, int cut) {
    SseSplitter splitter = new SseSplitter();
    List<String> events = new ArrayList<>();
    int at = Math.min(cut, bytes.length);
    try {
      splitter.take(Arrays.copyOf(bytes, at));
      drain(splitter, events);
      splitter.take(Arrays.copyOfRange(bytes, at, bytes.length));
      drain(splitter, events);
      splitter.finish();
      drain(splitter, events);
    } catch (MalformedInput e) {
      events.add("malformed");
    }
    return events;
  }

  private static void drain(SseSplitter splitter, List<String> events) {
    while (splitter.next()) {
      if (splitter.hasData()) {
        int length = splitter.dataEnd() - splitter.dataStart();
        events.add(
            new String(splitter.data(), splitter.dataStart(), length, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** Any bytes as a client's request. */
  static void request(Client client, byte[] bytes) {
    ChatRequest request;
    try {
      request = client.read(bytes.clone(), false);
    } catch (GatewayProblem refused) {
      sound(client, refused);
      return;
    }
    assertThat(RequestFeatures.of(request.outline(), "").turns()).isNotNegative();
    for (Dialect dialect : Pair.DIALECTS) {
      try {
        byte[] body = dialect.writeRequest(request, Pair.target(dialect, "acme")).body();
        assertThat(StrictJson.tree(body).isObject()).isTrue();
      } catch (GatewayProblem refused) {
        sound(client, refused);
      }
    }
  }

  private static void sound(Client client, GatewayProblem problem) {
    assertThat(problem.status()).isBetween(400, 599);
    assertThat(StrictJson.tree(client.surface().writeProblem(problem, "req-1")).isObject())
        .isTrue();
  }

  /** Any bytes as a provider's non-streaming reply. */
  static void respond(Dialect dialect, byte[] bytes) {
    ChatResponse response;
    try {
      response =
          dialect.readResponse(
              Client.OPENAI.hello(false), bytes.clone(), Pair.target(dialect, "acme"));
    } catch (GatewayProblem refused) {
      Client.ALL.forEach(client -> sound(client, refused));
      return;
    }
    for (Client client : Client.ALL) {
      byte[] told = client.surface().writeResponse(client.hello(false), response);
      assertThat(StrictJson.tree(told).isObject()).isTrue();
    }
  }

  /** Any bytes as a provider's stream. */
  static void stream(Dialect dialect, byte[] bytes, int cut) {
    List<ChatEvent> whole = read(dialect, bytes, bytes.length);
    assertThat(said(read(dialect, bytes, cut))).isEqualTo(said(whole));
    assertThat(whole).filteredOn(e -> e instanceof Ended || e instanceof Failed).hasSize(1);
    assertThat(whole.getLast()).isInstanceOfAny(Ended.class, Failed.class);
    for (Client client : Client.ALL) {
      new Pair(client, dialect).rendered(client.hello(true), whole);
    }
  }

  private static List<ChatEvent> read(Dialect dialect, byte[] bytes, int cut) {
    ChatStreamDecoder reader =
        dialect.streamReader(Client.OPENAI.hello(true), Pair.target(dialect, "acme"), false);
    List<ChatEvent> events = new ArrayList<>();
    int at = Math.min(cut, bytes.length);
    reader.read(Arrays.copyOf(bytes, at), events::add);
    reader.read(Arrays.copyOfRange(bytes, at, bytes.length), events::add);
    reader.end(events::add);
    return events;
  }

  /** Problems are compared by what they say. */
  private static List<String> said(List<ChatEvent> events) {
    return events.stream()
        .map(e -> e instanceof Failed failed ? failed.problem().message() : e.toString())
        .toList();
  }
}

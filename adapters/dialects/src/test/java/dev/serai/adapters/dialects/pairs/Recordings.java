package dev.serai.adapters.dialects.pairs;

import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The recorded streams of providers, between every client and every provider. */
final class Recordings {
  private Recordings() {}

  static byte[] wire(Dialect dialect, String name) {
    return Cassettes.wire(Cassettes.folder(dialect.name(), "streams").resolve(name + ".wire"));
  }

  static boolean recorded(Dialect dialect, String name) {
    return Files.exists(Cassettes.folder(dialect.name(), "streams").resolve(name + ".wire"));
  }

  static Stream<DynamicTest> each(String recording, Pair.Claim claim) {
    return Pair.each(Pair.all().filter(pair -> recorded(pair.dialect(), recording)), claim);
  }

  /** A request for a stream, with the usage told. */
  static ChatRequest asking(Pair pair) {
    Client client = pair.client();
    String usage = client == Client.OPENAI ? ",'stream_options':{'include_usage':true}" : "";
    return client.ask(client.user("hi") + usage, true);
  }

  /** What the provider says. */
  static Said said(Pair pair, String recording, String... quirks) {
    Destination destination = pair.target(quirks);
    ChatStreamDecoder reader = pair.dialect().streamReader(asking(pair), destination, false);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(wire(pair.dialect(), recording), events::add);
    reader.end(events::add);
    return new Said(events);
  }

  /** What the client understands of it. */
  static Said heard(Pair pair, String recording) {
    byte[] told = pair.told(asking(pair), List.of(wire(pair.dialect(), recording)));
    return new Said(pair.understood(told));
  }
}

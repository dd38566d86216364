package dev.serai.adapters.dialects.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A client of one surface, and the provider of one dialect that answers it. */
public record Pair(Client client, Dialect dialect) {
  /** Every dialect that goes over the network. */
  public static final List<Dialect> DIALECTS =
      List.of(
          new OpenAiDialect(),
          new ResponsesDialect(),
          new AnthropicDialect(),
          new BedrockDialect(),
          new GeminiDialect(),
          new OllamaDialect());

  /** What is claimed of a pair. */
  interface Claim {
    void hold(Pair pair) throws Exception;
  }

  /** Every surface with every dialect. */
  static Stream<Pair> all() {
    return Client.ALL.stream().flatMap(client -> DIALECTS.stream().map(d -> new Pair(client, d)));
  }

  /** A test for every pair. */
  static Stream<DynamicTest> each(Claim claim) {
    return each(all(), claim);
  }

  /** A test for each of these. */
  static Stream<DynamicTest> each(Stream<Pair> pairs, Claim claim) {
    return pairs.map(pair -> DynamicTest.dynamicTest(pair.name(), () -> claim.hold(pair)));
  }

  /** A test for each that goes to one of these dialects by translation. */
  static Stream<DynamicTest> to(Set<String> dialects, Claim claim) {
    return each(all().filter(pair -> pair.goesTo(dialects) && !pair.same()), claim);
  }

  String name() {
    return client.name() + " to " + dialect.name();
  }

  /** Whether bytes pass as they are. */
  boolean same() {
    return client.surface().dialect().equals(dialect.name());
  }

  /** Whether the provider speaks one of these dialects. */
  boolean goesTo(Set<String> dialects) {
    return dialects.contains(dialect.name());
  }

  Destination target(String... quirks) {
    return target(dialect, "acme", quirks);
  }

  public static Destination target(Dialect dialect, String provider, String... quirks) {
    ProviderProfile profile =
        new ProviderProfile(
            provider,
            dialect.name(),
            Optional.of("https://models.acme.test/v1"),
            Optional.empty(),
            Set.of(quirks),
            List.of());
    String model =
        switch (dialect.name()) {
          case "anthropic" -> "claude-sonnet-4-5";
          case "bedrock" -> "anthropic.claude-sonnet-4-5-20250929-v1:0";
          case "gemini" -> "gemini-2.5-pro";
          default -> "m";
        };
    return new Destination(profile, model, Optional.of("key"));
  }

  ProviderRequest write(ChatRequest request) {
    return dialect.writeRequest(request, target());
  }

  /** The same to another model. */
  ProviderRequest write(ChatRequest request, String model) {
    Destination usual = target();
    return dialect.writeRequest(request, new Destination(usual.provider(), model, usual.key()));
  }

  /** What the provider is sent, with apostrophes for quotes. */
  String sent(ChatRequest request) {
    return text(write(request));
  }

  static JsonNode body(ProviderRequest written) {
    return StrictJson.tree(written.body());
  }

  static String text(ProviderRequest written) {
    return body(written).toString().replace('"', '\'');
  }

  /** The stream to the client, from a stream that arrives in these pieces. */
  byte[] told(ChatRequest request, List<byte[]> pieces, String... quirks) {
    dialect.writeRequest(request, target(quirks));
    return rendered(request, heard(request, pieces, quirks));
  }

  /** What is read of a stream that arrives in these pieces, to a request that was written. */
  List<ChatEvent> heard(ChatRequest request, List<byte[]> pieces, String... quirks) {
    Destination destination = target(quirks);
    ChatStreamDecoder reader =
        dialect.streamReader(request, destination, dialect.canRelay(request, destination));
    List<ChatEvent> events = new ArrayList<>();
    pieces.forEach(piece -> reader.read(piece.clone(), events::add));
    reader.end(events::add);
    return events;
  }

  public byte[] rendered(ChatRequest request, List<ChatEvent> events) {
    var writer = client.surface().streamWriter(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    events.forEach(event -> bytes.writeBytes(writer.write(event)));
    return bytes.toByteArray();
  }

  /** The response to the client, from a non-streaming reply. */
  byte[] answered(ChatRequest request, byte[] response, Destination destination) {
    if (dialect.canRelay(request, destination)) {
      dialect.readUsage(response, destination);
      client.surface().recordRelayed(request, response);
      return response;
    }
    return client
        .surface()
        .writeResponse(request, dialect.readResponse(request, response, destination));
  }

  /** What a client of the surface understands of a stream. */
  List<ChatEvent> understood(byte[] told) {
    Dialect own = client.dialect();
    ChatStreamDecoder reader = own.streamReader(client.hello(true), target(own, "serai"), false);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(told, events::add);
    reader.end(events::add);
    return events;
  }

  public static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}

package dev.serai.adapters.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a client of Anthropic's is sent when another dialect's provider answers, and what such a
 * provider is sent for it, byte by byte. The recordings are the dialects' own; what they become
 * lies beside them as NAME.anthropic. What clients ask lies in cassettes/messages, and what becomes
 * of it in DIALECT/messages.
 */
class InAnthropicsWordsTest {
  private static final Surface SURFACE = new AnthropicSurface();
  private static final List<Dialect> OTHERS = List.of(new OpenAiDialect(), new OllamaDialect());

  private static ChatRequest request() {
    return SURFACE.readRequest(
        Inbound.post(
            "/v1/messages",
            "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
  }

  private static Asked asked(Dialect dialect) {
    return Asked.of(dialect, "https://acme.test/v1", "some-model");
  }

  private static Stream<DynamicTest> each(
      String kind, String ending, BiConsumer<Asked, Path> claim) {
    return Cassettes.each(
        OTHERS, kind, ending, (dialect, recording) -> claim.accept(asked(dialect), recording));
  }

  private static List<ChatEvent> said(Asked asked, Path recording) {
    byte[] wire = Cassettes.bytes(Cassettes.with(recording, ".wire"));
    return new Playback(asked.dialect(), request(), asked.destination(), false, wire).whole();
  }

  private static String told(List<ChatEvent> events) {
    Surface.ChatEventWriter writer = SURFACE.streamWriter(request());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ChatEvent event : events) {
      bytes.writeBytes(writer.write(event));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @TestFactory
  Stream<DynamicTest> aStreamIsWrittenInAnthropicsFormat() {
    return each(
        "streams",
        ".wire",
        (asked, recording) -> {
          String told = told(said(asked, recording));
          MessageGrammar.check(told);
          Cassettes.expect(Cassettes.with(recording, ".anthropic"), told);
        });
  }

  /** Read back by Anthropic's own dialect it means the same, but for what it has no word for. */
  @TestFactory
  Stream<DynamicTest> aStreamToldInAnthropicsWordsSaysWhatTheProviderSaid() {
    return each(
        "streams",
        ".wire",
        (asked, recording) -> {
          Said said = new Said(said(asked, recording).stream().filter(this::isOfFirst).toList());
          byte[] told = told(said.events()).getBytes(StandardCharsets.UTF_8);
          Asked reader = asked(new AnthropicDialect());
          Said heard =
              new Said(
                  new Playback(reader.dialect(), request(), reader.destination(), false, told)
                      .whole());
          assertThat(heard.events().getLast().getClass())
              .isEqualTo(said.events().getLast().getClass());
          assertThat(text(heard)).isEqualTo(text(said));
          assertThat(heard.all(ChatEvent.ToolCallStarted.class))
              .isEqualTo(said.all(ChatEvent.ToolCallStarted.class));
          for (int call = 0; call < 3; call++) {
            assertThat(heard.arguments(call)).isEqualTo(said.arguments(call));
          }
        });
  }

  private boolean isOfFirst(ChatEvent event) {
    return switch (event) {
      case ChatEvent.TextDelta e -> e.choice() == 0;
      case ChatEvent.ReasoningDelta e -> e.choice() == 0;
      case ChatEvent.ToolCallStarted e -> e.choice() == 0;
      case ChatEvent.ToolArgumentsDelta e -> e.choice() == 0;
      case ChatEvent.Finished e -> e.choice() == 0;
      default -> true;
    };
  }

  /** A refusal is text here. */
  private static String text(Said said) {
    StringBuilder text = new StringBuilder();
    boolean tells = said.all(ChatEvent.TextDelta.class).isEmpty();
    for (ChatEvent event : said.events()) {
      if (event instanceof ChatEvent.TextDelta delta) {
        text.append(delta.text());
      } else if (event instanceof ChatEvent.RefusalDelta delta && tells) {
        text.append(delta.text());
      }
    }
    return text.toString();
  }

  @TestFactory
  Stream<DynamicTest> aNonStreamingResponseIsWrittenInAnthropicsFormat() {
    return each(
        "answers",
        ".json",
        (asked, recording) -> {
          byte[] body = Cassettes.bytes(Cassettes.with(recording, ".json"));
          Cassettes.expect(Cassettes.with(recording, ".anthropic"), respond(asked, body));
        });
  }

  private static String respond(Asked asked, byte[] body) {
    byte[] bytes;
    try {
      ChatResponse response = asked.dialect().readResponse(request(), body, asked.destination());
      bytes = SURFACE.writeResponse(response);
    } catch (GatewayProblem problem) {
      bytes = SURFACE.writeProblem(problem, "req-1");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @TestFactory
  Stream<DynamicTest> aRequestIsWrittenAsRecorded() {
    Path asked = Cassettes.folder("messages");
    return Stream.of(new OpenAiDialect(), new OllamaDialect(), new AnthropicDialect())
        .flatMap(
            dialect ->
                Cassettes.names(asked, ".json").stream()
                    .map(
                        name ->
                            dynamicTest(
                                dialect.name() + " " + name, () -> written(dialect, asked, name))));
  }

  private static void written(Dialect dialect, Path folder, String name) {
    byte[] body = Cassettes.bytes(folder.resolve(name + ".json"));
    String text;
    try {
      ChatRequest request = SURFACE.readRequest(Inbound.post("/v1/messages", body));
      ProviderRequest written = dialect.writeRequest(request, asked(dialect).destination());
      StringBuilder all = new StringBuilder(written.method() + " " + written.path() + "\n");
      if (!written.dropped().isEmpty()) {
        all.append("(dropped: " + String.join(", ", written.dropped()) + ")\n");
      }
      text = all + "\n" + new String(written.body(), StandardCharsets.UTF_8);
    } catch (GatewayProblem problem) {
      text = "refused " + Meaning.of(problem) + "\n";
    }
    Cassettes.expect(Cassettes.folder(dialect.name(), "messages").resolve(name + ".http"), text);
  }

  @TestFactory
  Stream<DynamicTest> aRequestPassesUnchangedButForTheModelsName() {
    Path folder = Cassettes.folder("messages");
    Consumer<String> claim =
        name -> {
          byte[] body = Cassettes.bytes(folder.resolve(name + ".json"));
          ChatRequest request = SURFACE.readRequest(Inbound.post("/v1/messages", body));
          Asked asked = asked(new AnthropicDialect());
          String expected =
              new String(body, StandardCharsets.UTF_8)
                  .replaceFirst("\"model\": *\"[^\"]*\"", "\"model\": \"some-model\"");
          assertThat(new String(asked.write(request).body(), StandardCharsets.UTF_8))
              .isEqualTo(expected);
        };
    return Cassettes.names(folder, ".json").stream()
        .filter(name -> !name.contains("carried"))
        .map(name -> dynamicTest(name, () -> claim.accept(name)));
  }
}

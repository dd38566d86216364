package dev.serai.adapters.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a client of OpenAI's is sent when another dialect's provider answers, byte by byte. The
 * recordings are the dialects' own; what they become lies beside them as NAME.openai.
 */
class AcrossDialectsTest {
  private static final List<Dialect> DIALECTS =
      List.of(
          new AnthropicDialect(), new GeminiDialect(), new OllamaDialect(), new BedrockDialect());

  private static final ChatRequest REQUEST =
      Asked.request(
          "{'model':'m','stream':true,'stream_options':{'include_usage':true},"
              + "'messages':[{'role':'user','content':'hi'}]}");

  private static Stream<DynamicTest> each(String kind, String ending, Cassettes.Claim claim) {
    return Cassettes.each(DIALECTS, kind, ending, claim);
  }

  @TestFactory
  Stream<DynamicTest> aStreamIsWrittenInOpenAisFormat() {
    return each(
        "streams",
        ".wire",
        (dialect, recording) -> {
          Asked asked = Asked.of(dialect, "https://acme.test/v1", "some-model");
          byte[] wire = Cassettes.wire(Cassettes.with(recording, ".wire"));
          Playback playback = new Playback(dialect, REQUEST, asked.destination(), false, wire);
          Surface.ChatEventWriter writer = Asked.SURFACE.streamWriter(REQUEST);
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          for (ChatEvent event : playback.whole()) {
            bytes.writeBytes(writer.write(event));
          }
          Cassettes.expect(
              Cassettes.with(recording, ".openai"),
              named(dialect, bytes.toString(StandardCharsets.UTF_8)));
        });
  }

  /** Read back by OpenAI's own dialect it means the same, but for what OpenAI has no word for. */
  @TestFactory
  Stream<DynamicTest> aStreamToldInOpenAisWordsEndsAsTheProvidersDid() {
    return each(
        "streams",
        ".wire",
        (dialect, recording) -> {
          Asked asked = Asked.of(dialect, "https://acme.test/v1", "some-model");
          byte[] wire = Cassettes.wire(Cassettes.with(recording, ".wire"));
          List<ChatEvent> said =
              new Playback(dialect, REQUEST, asked.destination(), false, wire).whole();
          byte[] told = Cassettes.bytes(Cassettes.with(recording, ".openai"));
          Dialect openai = new OpenAiDialect();
          List<ChatEvent> heard =
              new Playback(openai, REQUEST, asked.destination(), false, told).whole();
          assertThat(heard.getLast().getClass()).isEqualTo(said.getLast().getClass());
          assertThat(text(heard)).isEqualTo(text(said));
          assertThat(arguments(heard)).isEqualTo(arguments(said));
        });
  }

  private static String text(List<ChatEvent> events) {
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.TextDelta delta) {
        text.append(delta.text());
      }
    }
    return text.toString();
  }

  private static String arguments(List<ChatEvent> events) {
    StringBuilder calls = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.ToolCallStarted call) {
        String id = OpaqueStateCodec.callId(call.id()).id();
        calls.append(call.index()).append(id).append(call.name()).append('\n');
      }
    }
    for (int index = 0; index < 2; index++) {
      for (ChatEvent event : events) {
        if (event instanceof ChatEvent.ToolArgumentsDelta delta && delta.index() == index) {
          calls.append(delta.fragment());
        }
      }
    }
    return calls.toString();
  }

  @TestFactory
  Stream<DynamicTest> aNonStreamingResponseIsWrittenInOpenAisFormat() {
    return each(
        "answers",
        ".json",
        (dialect, recording) -> {
          Asked asked = Asked.of(dialect, "https://acme.test/v1", "some-model");
          byte[] body = Cassettes.bytes(Cassettes.with(recording, ".json"));
          Cassettes.expect(Cassettes.with(recording, ".openai"), named(dialect, told(asked, body)));
        });
  }

  /** Bedrock names no answer: the name is made up, and another one each time. */
  private static String named(Dialect dialect, String told) {
    return dialect instanceof BedrockDialect
        ? told.replaceAll("\"id\":\"chatcmpl-[0-9a-z]+\"", "\"id\":\"chatcmpl-madeup\"")
        : told;
  }

  private static String told(Asked asked, byte[] body) {
    byte[] bytes;
    try {
      ChatResponse response =
          asked.dialect().readResponse(Asked.asking(""), body, asked.destination());
      bytes = Asked.SURFACE.writeResponse(response);
    } catch (GatewayProblem problem) {
      bytes = Asked.SURFACE.writeProblem(problem);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

package dev.serai.adapters.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.Playback;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a Responses client receives from providers of other dialects. The recordings are the
 * dialects' own; the expected output is next to them as NAME.responses, with numbered ids.
 */
class ResponsesAcrossDialectsTest {
  private static final List<Dialect> DIALECTS =
      List.of(new OpenAiDialect(), new AnthropicDialect(), new OllamaDialect());

  private static ChatRequest request() {
    return ResponsesSurfaceTest.request("{'model':'m','stream':true,'input':'hi'}");
  }

  private static Stream<DynamicTest> each(String kind, String ending, Cassettes.Claim claim) {
    return Cassettes.each(DIALECTS, kind, ending, claim);
  }

  private static Asked asked(Dialect dialect) {
    return Asked.of(dialect, "https://acme.test/v1", "some-model");
  }

  private static List<ChatEvent> said(Dialect dialect, ChatRequest request, Path recording) {
    byte[] wire = Cassettes.bytes(Cassettes.with(recording, ".wire"));
    return new Playback(dialect, request, asked(dialect).destination(), false, wire).whole();
  }

  private static String told(ChatRequest request, List<ChatEvent> said) {
    Surface.ChatEventWriter writer = ResponsesSurfaceTest.SURFACE.streamWriter(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    said.forEach(event -> bytes.writeBytes(writer.write(event)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @TestFactory
  Stream<DynamicTest> aStreamIsWrittenAsAResponse() {
    return each(
        "streams",
        ".wire",
        (dialect, recording) -> {
          ChatRequest request = request();
          String told = told(request, said(dialect, request, recording));
          ReceivedStream.of(told).followsTheGrammar();
          if (!dialect.name().equals("openai")) {
            Cassettes.expect(Cassettes.with(recording, ".responses"), ReceivedStream.counted(told));
          }
        });
  }

  /**
   * Decoded by this dialect it has the same meaning, except for what this dialect cannot express.
   */
  @TestFactory
  Stream<DynamicTest> aStreamToldAsAResponseEndsAsTheProvidersDid() {
    return each(
        "streams",
        ".wire",
        (dialect, recording) -> {
          ChatRequest request = request();
          List<ChatEvent> said = said(dialect, request, recording);
          byte[] told = told(request, said).getBytes(StandardCharsets.UTF_8);
          List<ChatEvent> heard =
              new Playback(
                      new ResponsesDialect(), request, asked(dialect).destination(), false, told)
                  .whole();
          assertThat(heard.getLast().getClass()).isEqualTo(said.getLast().getClass());
          assertThat(words(heard)).isEqualTo(words(said));
        });
  }

  /** The text, refusals and tool calls of the first choice. */
  private static String words(List<ChatEvent> events) {
    StringBuilder words = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    for (ChatEvent event : events) {
      switch (event) {
        case ChatEvent.TextDelta text when text.choice() == 0 -> words.append(text.text());
        case ChatEvent.ToolCallStarted call when call.choice() == 0 ->
            calls.append(call.index()).append(call.id()).append(call.name()).append('\n');
        default -> {}
      }
    }
    for (int index = 0; index < 3; index++) {
      for (ChatEvent event : events) {
        if (event instanceof ChatEvent.ToolArgumentsDelta piece
            && piece.choice() == 0
            && piece.index() == index) {
          calls.append(piece.fragment());
        }
      }
    }
    return words.append('\n').append(calls).toString();
  }

  @TestFactory
  Stream<DynamicTest> aNonStreamingReplyIsWrittenAsAResponse() {
    return each(
        "answers",
        ".json",
        (dialect, recording) -> {
          byte[] body = Cassettes.bytes(Cassettes.with(recording, ".json"));
          String told = told(asked(dialect), body);
          if (!dialect.name().equals("openai")) {
            Cassettes.expect(Cassettes.with(recording, ".responses"), ReceivedStream.counted(told));
          }
        });
  }

  private static String told(Asked asked, byte[] body) {
    byte[] bytes;
    try {
      ChatResponse response = asked.dialect().readResponse(request(), body, asked.destination());
      bytes = ResponsesSurfaceTest.SURFACE.writeResponse(request(), response);
    } catch (GatewayProblem problem) {
      bytes = ResponsesSurfaceTest.SURFACE.writeProblem(problem);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

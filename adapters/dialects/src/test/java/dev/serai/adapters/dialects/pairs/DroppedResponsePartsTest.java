package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.Said;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Dropped;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Parts of a response that other dialects cannot express: the provider's own tools, sources, audio.
 * They are named, and the rest is unchanged.
 */
class DroppedResponsePartsTest {
  private static final String RECORDING = "blocks-nobody-asked-for";

  private static Path respond(Dialect dialect) {
    return Cassettes.folder(dialect.name(), "answers").resolve(RECORDING + ".json");
  }

  @TestFactory
  Stream<DynamicTest> whatANonStreamingResponseCannotExpressIsNamed() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same() && Files.exists(respond(pair.dialect()))),
        pair -> {
          byte[] recorded = Cassettes.bytes(respond(pair.dialect()));
          ChatResponse said =
              pair.dialect().readResponse(pair.client().hello(false), recorded, pair.target());
          assertThat(said.dropped()).isNotEmpty().doesNotHaveDuplicates();
          ChatRequest request = pair.client().hello(false);
          pair.write(request);
          byte[] told = pair.answered(request, recorded, pair.target());
          Dialect own = pair.client().dialect();
          ChatResponse heard =
              own.readResponse(pair.client().hello(false), told, Pair.target(own, "serai"));
          assertThat(text(heard)).isEqualTo(text(said)).isNotBlank();
          assertThat(heard.dropped())
              .isEqualTo(cited(pair) ? List.of("content.citations") : List.of());
        });
  }

  /** Whether the client receives citations, which another client would not. */
  private static boolean cited(Pair pair) {
    return pair.client() == Client.ANTHROPIC && pair.dialect().name().equals("bedrock");
  }

  private static String text(ChatResponse response) {
    Choice choice = response.choices().getFirst();
    return choice.text().orElse("");
  }

  @TestFactory
  Stream<DynamicTest> whatAStreamCannotExpressIsNamedOnceAndLeavesNoTraceInIt() {
    return Recordings.each(
        RECORDING,
        pair -> {
          ChatRequest request = Recordings.asking(pair);
          pair.write(request);
          List<ChatEvent> events =
              pair.heard(request, List.of(Recordings.wire(pair.dialect(), RECORDING)));
          List<ChatEvent> named = events.stream().filter(Dropped.class::isInstance).toList();
          if (pair.same()) {
            assertThat(named).isEmpty();
            return;
          }
          assertThat(named).isNotEmpty().doesNotHaveDuplicates();
          Said heard = new Said(pair.understood(pair.rendered(request, events)));
          assertThat(text(heard)).isEqualTo(text(new Said(events))).isNotBlank();
          assertThat(heard.all(Dropped.class))
              .isEqualTo(cited(pair) ? List.of(new Dropped("content.citations")) : List.of());
          assertThat(heard.all(Ended.class)).hasSize(1);
        });
  }

  private static String text(Said said) {
    StringBuilder text = new StringBuilder();
    said.all(TextDelta.class).forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  @TestFactory
  Stream<DynamicTest> aStreamNamesWhatANonStreamingResponseNames() {
    return Pair.DIALECTS.stream()
        .filter(dialect -> Files.exists(respond(dialect)))
        .map(
            dialect ->
                DynamicTest.dynamicTest(
                    dialect.name(),
                    () -> {
                      Pair pair = new Pair(Client.OLLAMA, dialect);
                      ChatRequest request = Recordings.asking(pair);
                      pair.write(request);
                      byte[] whole = Cassettes.bytes(respond(dialect));
                      List<String> names =
                          pair.heard(request, List.of(Recordings.wire(dialect, RECORDING))).stream()
                              .filter(Dropped.class::isInstance)
                              .map(event -> ((Dropped) event).name())
                              .toList();
                      assertThat(
                              dialect
                                  .readResponse(pair.client().hello(false), whole, pair.target())
                                  .dropped())
                          .containsAll(names);
                    }));
  }
}

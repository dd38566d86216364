package dev.serai.adapters.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.RefusalDelta;
import dev.serai.core.chat.ChatEvent.TextDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ChatEvent.UsageReported;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every dialect must do, shown with recorded answers and no network. A dialect subclasses this
 * and brings its cassettes; {@link Cassettes} says where they lie. Every dialect has the streams
 * named in {@link #STREAMS}, and whatever else it finds worth recording.
 */
public abstract class DialectContract {
  /** The key that no message, and nothing else a caller sees, may hold. */
  protected static final String KEY = "sk-canary-0123456789";

  /** The host that no message may hold. */
  protected static final String HOST = "models.house.internal";

  private static final OpenAiSurface SURFACE =
      new OpenAiSurface(() -> Instant.ofEpochSecond(1_790_000_000));

  private static final Set<String> STREAMS =
      Set.of(
          "text",
          "parallel-tools",
          "text-before-tools",
          "tool-without-arguments",
          "tool-cut-by-length",
          "reasoning",
          "refusal",
          "length",
          "usage-with-cache",
          "unknown-finish",
          "error-after-200",
          "unterminated",
          "garbage");

  /** The dialect under test. */
  protected abstract Dialect dialect();

  /** Quirk flags for a cassette; none unless a recording needs them. */
  protected Set<String> quirks(String cassette) {
    return Set.of();
  }

  /** The model that is called. */
  protected String model() {
    return "some-model";
  }

  /** Where recordings of a kind lie; a dialect over another one shares those of its replies. */
  protected String recordings(String kind) {
    return dialect().name();
  }

  /** Streams of the list that the dialect's grammar has no words for. */
  protected Set<String> unsayable() {
    return Set.of();
  }

  /** Whether callers of this dialect have a surface, so that its streams are relayed to them. */
  protected boolean relays() {
    return false;
  }

  /** The request as the dialect gets it; a dialect that relays may disguise it as a foreign one. */
  protected ChatRequest received(String cassette, ChatRequest request) {
    return request;
  }

  private Destination target(String cassette) {
    ProviderProfile profile =
        new ProviderProfile(
            "acme",
            dialect().name(),
            Optional.of("https://" + HOST + "/v1"),
            Optional.empty(),
            quirks(cassette),
            List.of());
    return new Destination(profile, model(), Optional.of(KEY));
  }

  private static ChatRequest request(String json) {
    return SURFACE.readRequest(Inbound.post("/v1/chat/completions", json));
  }

  private static ChatRequest asking(boolean usage) {
    return request(
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":"
            + usage
            + "},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  }

  private Path folder(String kind) {
    return Cassettes.folder(recordings(kind), kind);
  }

  private Playback stream(String name, boolean relay) {
    byte[] wire = Cassettes.wire(folder("streams").resolve(name + ".wire"));
    return new Playback(dialect(), asking(false), target(name), relay, wire);
  }

  private Stream<DynamicTest> each(String kind, String ending, Consumer<String> claim) {
    List<String> names = Cassettes.names(folder(kind), ending);
    assertThat(names).isNotEmpty();
    return names.stream().map(name -> dynamicTest(name, () -> claim.accept(name)));
  }

  @Test
  void everyCaseIsRecorded() {
    Set<String> missing = new HashSet<>(STREAMS);
    missing.removeAll(unsayable());
    missing.removeAll(Cassettes.names(folder("streams"), ".wire"));
    assertThat(missing).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aStreamMeansWhatTheRecordingSays() {
    return each(
        "streams",
        ".wire",
        name ->
            Cassettes.expect(
                folder("streams").resolve(name + ".means"),
                Meaning.of(stream(name, false).whole())));
  }

  @TestFactory
  Stream<DynamicTest> aStreamMeansTheSameWhereverItIsCut() {
    return each("streams", ".wire", name -> sameHoweverCut(stream(name, false), Meaning::of));
  }

  @TestFactory
  Stream<DynamicTest> aRelayedStreamIsTheSameWhereverItIsCut() {
    return relays()
        ? each("streams", ".wire", name -> sameHoweverCut(stream(name, true), Playback::relay))
        : Stream.of();
  }

  private static void sameHoweverCut(Playback playback, Function<List<ChatEvent>, Object> meaning) {
    Object whole = meaning.apply(playback.whole());
    for (int at = 0; at < playback.wire().length; at++) {
      Object cut = meaning.apply(playback.cut(at));
      if (!cut.equals(whole)) {
        assertThat(cut).as("cut at %d", at).isEqualTo(whole);
      }
    }
    assertThat(meaning.apply(playback.byteByByte())).isEqualTo(whole);
  }

  @TestFactory
  Stream<DynamicTest> aStreamEndsExactlyOnce() {
    return each(
        "streams",
        ".wire",
        name -> {
          List<ChatEvent> events = stream(name, false).whole();
          assertThat(events)
              .filteredOn(event -> event instanceof Ended || event instanceof Failed)
              .hasSize(1);
          assertThat(events.getLast()).isInstanceOfAny(Ended.class, Failed.class);
        });
  }

  @TestFactory
  Stream<DynamicTest> aStreamCutShortIsNeverTakenForAnEnd() {
    return each(
        "streams",
        ".wire",
        name -> {
          Playback playback = stream(name, false);
          int half = playback.wire().length / 2;
          byte[] start = Arrays.copyOf(playback.wire(), half);
          List<ChatEvent> events =
              new Playback(dialect(), playback.request(), playback.destination(), false, start)
                  .whole();
          assertThat(events.getLast()).isInstanceOf(Failed.class);
        });
  }

  @Test
  void parallelCallsAreCountedFromZeroWithWholeArguments() {
    Said said = said("parallel-tools");
    assertThat(said.all(ToolCallStarted.class))
        .extracting(ToolCallStarted::index)
        .containsExactly(0, 1);
    assertThat(said.arguments(0)).startsWith("{").endsWith("}");
    assertThat(said.arguments(1)).startsWith("{").endsWith("}");
    assertThat(said.finish().kind()).isEqualTo(Kind.TOOL_CALLS);
  }

  @Test
  void textBeforeAToolDoesNotShiftItsIndex() {
    Said said = said("text-before-tools");
    assertThat(said.all(TextDelta.class)).isNotEmpty();
    assertThat(said.all(ToolCallStarted.class))
        .extracting(ToolCallStarted::index)
        .first()
        .isEqualTo(0);
  }

  @Test
  void aCallWithoutArgumentsHasEmptyOnes() {
    Said said = said("tool-without-arguments");
    assertThat(said.all(ToolCallStarted.class)).hasSize(1);
    assertThat(said.arguments(0)).isEqualTo("{}");
  }

  @Test
  void aCallCutByTheLengthIsDeliveredAndStaysCut() {
    Said said = said("tool-cut-by-length");
    assertThat(said.all(ToolCallStarted.class)).hasSize(1);
    assertThat(said.finish().kind()).isEqualTo(Kind.LENGTH);
  }

  @Test
  void aResponseCutByTheLengthSaysSo() {
    assertThat(said("length").finish().kind()).isEqualTo(Kind.LENGTH);
  }

  @Test
  void anUnknownFinishIsNeverAStop() {
    if (!unsayable().contains("unknown-finish")) {
      assertThat(said("unknown-finish").finish().kind()).isEqualTo(Kind.OTHER);
    }
  }

  @Test
  void whatWasReadFromTheCacheIsPartOfTheInput() {
    if (!unsayable().contains("usage-with-cache")) {
      List<UsageReported> usage = said("usage-with-cache").all(UsageReported.class);
      assertThat(usage).isNotEmpty();
      assertThat(usage.getLast().usage().cached()).isPositive();
      assertThat(usage.getLast().usage().input()).isGreaterThan(usage.getLast().usage().cached());
    }
  }

  @Test
  void aRefusalIsNotAnOrdinaryResponse() {
    if (!unsayable().contains("refusal")) {
      Said said = said("refusal");
      boolean told = Set.of(Kind.REFUSAL, Kind.CONTENT_FILTER).contains(said.finish().kind());
      assertThat(told || !said.all(RefusalDelta.class).isEmpty()).isTrue();
    }
  }

  @Test
  void anErrorAfterTheStatusIsAFailureThatTellsWhatTheProviderSaid() {
    assertThat(said("error-after-200").problem().failureCause())
        .isNotEqualTo(FailureCause.MALFORMED);
  }

  @Test
  void aReplyThatBreaksOffOrIsGarbageIsMalformed() {
    for (String name : List.of("unterminated", "garbage")) {
      assertThat(said(name).problem().failureCause()).as(name).isEqualTo(FailureCause.MALFORMED);
    }
  }

  @TestFactory
  Stream<DynamicTest> aNonStreamingResponseMeansWhatTheRecordingSays() {
    return each(
        "answers",
        ".json",
        name -> {
          byte[] body = Cassettes.bytes(folder("answers").resolve(name + ".json"));
          Cassettes.expect(folder("answers").resolve(name + ".means"), respond(name, body));
        });
  }

  private String respond(String name, byte[] body) {
    try {
      ChatResponse response = dialect().readResponse(Asked.asking(""), body, target(name));
      assertThat(dialect().readUsage(body, target(name))).isEqualTo(response.usage());
      return Meaning.of(response);
    } catch (GatewayProblem problem) {
      return "failed " + Meaning.of(problem) + "\n";
    }
  }

  @TestFactory
  Stream<DynamicTest> aFailureMeansWhatTheRecordingSays() {
    return each(
        "failures",
        ".http",
        name -> {
          ProviderProblem problem = failure(name);
          Cassettes.expect(folder("failures").resolve(name + ".means"), Meaning.of(problem) + "\n");
        });
  }

  @TestFactory
  Stream<DynamicTest> aFailureTellsNeitherKeyNorHost() {
    return each(
        "failures",
        ".http",
        name -> {
          ProviderProblem problem = failure(name);
          assertThat(problem.message()).doesNotContain(KEY, HOST);
          assertThat(SURFACE.writeProblem(problem)).hasSizeLessThanOrEqualTo(1024);
        });
  }

  private ProviderProblem failure(String name) {
    byte[] recorded = Cassettes.bytes(folder("failures").resolve(name + ".http"));
    String text = new String(recorded, StandardCharsets.UTF_8);
    int blank = text.indexOf("\n\n");
    String[] head = text.substring(0, blank).split("\n");
    HeaderFields headers = new HeaderFields();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.add(head[i].substring(0, colon), head[i].substring(colon + 1).strip());
    }
    byte[] body = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
    return dialect().readError(Integer.parseInt(head[0]), headers, body, target(name));
  }

  @TestFactory
  Stream<DynamicTest> aRequestIsWrittenAsRecorded() {
    Path asked = Cassettes.folder("requests");
    return Cassettes.names(asked, ".json").stream()
        .map(name -> dynamicTest(name, () -> requestIsWrittenAsRecorded(asked, name)));
  }

  private void requestIsWrittenAsRecorded(Path asked, String name) {
    byte[] body = Cassettes.bytes(asked.resolve(name + ".json"));
    ChatRequest request =
        received(name, SURFACE.readRequest(Inbound.post("/v1/chat/completions", body)));
    Cassettes.expect(folder("requests").resolve(name + ".http"), written(name, request));
  }

  private String written(String name, ChatRequest request) {
    try {
      ProviderRequest written = dialect().writeRequest(request, target(name));
      StringBuilder text = new StringBuilder(written.method() + " " + written.path() + "\n");
      written.headers().forEach((field, value) -> text.append(field + ": " + value + "\n"));
      if (!written.dropped().isEmpty()) {
        text.append("(dropped: " + String.join(", ", written.dropped()) + ")\n");
      }
      return text + "\n" + new String(written.body(), StandardCharsets.UTF_8);
    } catch (GatewayProblem problem) {
      return "refused " + Meaning.of(problem) + "\n";
    }
  }

  private Said said(String name) {
    return new Said(stream(name, false).whole());
  }
}

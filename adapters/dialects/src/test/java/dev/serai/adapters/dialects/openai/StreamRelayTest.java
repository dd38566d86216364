package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Ended;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatEvent.Relayed;
import dev.serai.core.chat.ChatEvent.UsageReported;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamRelayTest {
  private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  private static final String HELLO = chunk("{\"content\":\"Hello\"}", "null");
  private static final String STOP = chunk("{}", "\"stop\"");
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  private final List<ChatEvent> events = new ArrayList<>();

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  @Test
  void completeEventsAreForwardedInTheArrayTheyCameIn() {
    StreamRelay reader = reader(false);
    byte[] piece = (HELLO + HELLO).getBytes(UTF_8);
    reader.read(piece, events::add);
    assertThat(events).hasSize(1);
    assertThat(relayed(0).bytes()).isSameAs(piece);
    assertThat(relayed(0).carriesToken()).isTrue();
  }

  @Test
  void aRoleAloneIsNotAToken() {
    reader(false).read(bytes(ROLE), events::add);
    assertThat(relayed(0).carriesToken()).isFalse();
  }

  @Test
  void anUnfinishedEventIsHeldBack() {
    StreamRelay reader = reader(false);
    reader.read(bytes(HELLO + HELLO.substring(0, 9)), events::add);
    assertThat(text()).isEqualTo(HELLO);
    reader.read(bytes(HELLO.substring(9)), events::add);
    assertThat(text()).isEqualTo(HELLO + HELLO);
  }

  @Test
  void theUsageChunkIsLeftOutUnlessTheClientAskedForIt() {
    StreamRelay reader = reader(false);
    reader.read(bytes(ROLE + HELLO + STOP + USAGE + DONE), events::add);
    assertThat(text()).isEqualTo(ROLE + HELLO + STOP + DONE);
    assertThat(events).contains(new UsageReported(Usage.of(7, 2)));
    assertThat(events).filteredOn(Finished.class::isInstance).hasSize(1);
    assertThat(events.getLast()).isEqualTo(new Ended());

    events.clear();
    reader(true).read(bytes(ROLE + HELLO + STOP + USAGE + DONE), events::add);
    assertThat(text()).isEqualTo(ROLE + HELLO + STOP + USAGE + DONE);
  }

  @Test
  void commentsAreForwardedUnchanged() {
    reader(false).read(bytes(": keep-alive\n\n"), events::add);
    assertThat(text()).isEqualTo(": keep-alive\n\n");
    assertThat(relayed(0).carriesToken()).isFalse();
  }

  @Test
  void aStreamWithoutItsEndIsAFailure() {
    StreamRelay reader = reader(false);
    reader.read(bytes(HELLO), events::add);
    reader.end(events::add);
    assertThat(cause()).isEqualTo(FailureCause.MALFORMED);
  }

  @Test
  void aMissingDoneIsAddedAfterTheFinishReason() {
    StreamRelay reader = new StreamRelay(RequestSplicerTest.target("m"), false, false, () -> 1);
    reader.read(bytes(HELLO + STOP), events::add);
    reader.end(events::add);
    assertThat(text()).isEqualTo(HELLO + STOP + DONE);
    assertThat(events.getLast()).isEqualTo(new Ended());
  }

  /** Open WebUI ends every chunk with a finish reason: a token after it is not the end. */
  @Test
  void aBodyThatEndsWithATokenAfterAFinishReasonHasBrokenOff() {
    for (String late : List.of(HELLO, chunk("{\"tool_calls\":[{\"index\":0}]}", "null"))) {
      events.clear();
      StreamRelay reader = reader(false);
      reader.read(bytes(ROLE + HELLO + HELLO + STOP + late), events::add);
      reader.end(events::add);
      assertThat(text()).isEqualTo(ROLE + HELLO + HELLO + STOP + late);
      assertThat(cause()).isEqualTo(FailureCause.MALFORMED);
    }
  }

  @Test
  void eachChoiceHasToFinishLast() {
    String other = HELLO.replace("\"index\":0", "\"index\":1");
    String otherStop = STOP.replace("\"index\":0", "\"index\":1");
    for (String broken : List.of(HELLO + other + STOP, other + otherStop + HELLO + STOP + other)) {
      events.clear();
      StreamRelay reader = reader(false);
      reader.read(bytes(broken), events::add);
      reader.end(events::add);
      assertThat(cause()).as(broken).isEqualTo(FailureCause.MALFORMED);
    }
    events.clear();
    StreamRelay reader = reader(false);
    reader.read(bytes(HELLO + other + STOP + other + otherStop + USAGE), events::add);
    reader.end(events::add);
    assertThat(events.getLast()).isEqualTo(new Ended());
  }

  @Test
  void aRepeatedFinishReasonIsNotAddedAgainBeforeDone() {
    StreamRelay reader = reader(false);
    reader.read(bytes(HELLO + STOP + HELLO + STOP + HELLO + DONE), events::add);
    assertThat(text()).isEqualTo(HELLO + STOP + HELLO + STOP + HELLO + DONE);
    assertThat(events.getLast()).isEqualTo(new Ended());
  }

  @Test
  void aMissingFinishReasonIsAddedBeforeDone() {
    StreamRelay reader = reader(false);
    reader.read(bytes(ROLE + HELLO + DONE), events::add);
    assertThat(text()).startsWith(ROLE + HELLO + "data: {").endsWith("}\n\n" + DONE);
    assertThat(text().substring((ROLE + HELLO).length()))
        .contains("\"finish_reason\":\"stop\"", "\"object\":\"chat.completion.chunk\"");
    assertThat(events).filteredOn(Finished.class::isInstance).hasSize(1);
    assertThat(events.getLast()).isEqualTo(new Ended());
  }

  @Test
  void anErrorInTheStreamIsAFailureAndNotRelayed() {
    StreamRelay reader = reader(false);
    reader.read(
        bytes(HELLO + "data: {\"error\":{\"message\":\"busy\",\"code\":429}}\n\n" + DONE),
        events::add);
    reader.end(events::add);
    assertThat(text()).isEqualTo(HELLO);
    assertThat(cause()).isEqualTo(FailureCause.RATE_LIMITED);
    assertThat(((Failed) events.getLast()).problem().message()).isEqualTo("busy");
  }

  @Test
  void malformedBytesFailTheStreamAfterTheValidEvents() {
    for (String garbage : List.of("{\"choices\":[}", "[]", "hello", "{\"choices\":3}")) {
      events.clear();
      reader(false).read(bytes(HELLO + "data: " + garbage + "\n\n" + HELLO), events::add);
      assertThat(text()).isEqualTo(HELLO);
      assertThat(cause()).isEqualTo(FailureCause.MALFORMED);
    }
  }

  @Test
  void anEndlessLineIsAFailure() {
    StreamRelay reader = reader(false);
    byte[] piece = "data: ".concat("x".repeat(60_000)).getBytes(UTF_8);
    for (int i = 0; i < 5; i++) {
      reader.read(piece.clone(), events::add);
    }
    assertThat(cause()).isEqualTo(FailureCause.MALFORMED);
  }

  @Test
  void nothingFollowsTheEnd() {
    StreamRelay reader = reader(false);
    reader.read(bytes(HELLO + STOP + DONE + HELLO), events::add);
    reader.read(bytes(HELLO), events::add);
    reader.end(events::add);
    assertThat(text()).isEqualTo(HELLO + STOP + DONE);
    assertThat(events).filteredOn(Ended.class::isInstance).hasSize(1);
  }

  private static StreamRelay reader(boolean keepUsage) {
    return new StreamRelay(RequestSplicerTest.target("m"), keepUsage, false, () -> 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private Relayed relayed(int i) {
    return (Relayed) events.get(i);
  }

  private FailureCause cause() {
    return ((ProviderProblem) ((Failed) events.getLast()).problem()).failureCause();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof Relayed relayed) {
        text.append(new String(relayed.bytes(), UTF_8));
      }
    }
    return text.toString();
  }

  @Test
  void anEventWithEmptyDataIsNotForwarded() {
    StreamRelay reader = reader(false);
    reader.read(
        ("data:\n\n" + HELLO + ": comment\n\ndata: \n\n" + STOP + DONE).getBytes(UTF_8),
        events::add);
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof Relayed bytes) {
        all.append(new String(bytes.bytes(), UTF_8));
      }
    }
    assertThat(all.toString()).isEqualTo(HELLO + ": comment\n\n" + STOP + DONE);
  }

  @Test
  void aChunkWithoutChoicesDoesNotFailTheResponse() {
    StreamRelay reader = reader(false);
    String odd = "data: {\"choices\":null}\n\ndata: {\"timings\":{}}\n\n";
    reader.read(
        ("data: {\"type\":\"ping\"}\n\n" + HELLO + STOP + odd + DONE).getBytes(UTF_8), events::add);
    assertThat(events).noneMatch(event -> event instanceof Failed);
    assertThat(events.getLast()).isInstanceOf(Ended.class);
  }
}

package dev.serai.core.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.summary.SummaryStore.Row;
import dev.serai.core.summary.SummaryStore.ToolPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which messages of a session a summary is made of next. */
class OlderMessagesTest {
  private static final CompressionRules RULES =
      new CompressionRules(CompressionMode.KEY_INFORMATION, 0.8, 1000);

  private final List<Row> rows = new ArrayList<>();

  private void say(long tokens, boolean user) {
    rows.add(new Row(rows.size() + 1L, tokens, user, false, Optional.empty()));
  }

  private void tool(boolean result, String id) {
    rows.add(new Row(rows.size() + 1L, 50, false, false, Optional.of(new ToolPart(result, id))));
  }

  private void turns(int count, long tokens) {
    for (int i = 0; i < count; i++) {
      say(tokens, true);
      say(tokens, false);
    }
  }

  private Optional<OlderMessages.Choice> chosen() {
    return chosen(Optional.empty());
  }

  private Optional<OlderMessages.Choice> chosen(Optional<SessionSummary> summary) {
    return OlderMessages.choose(RULES, new SummaryStore.State(summary, rows), id -> id);
  }

  @Test
  void aSessionBelowTheThresholdIsNotCompressed() {
    turns(7, 57);
    assertThat(chosen()).isEmpty();
    say(2, true);
    assertThat(chosen()).isPresent();
  }

  @Test
  void theNewestQuarterStaysAndTurnsAreNotDivided() {
    turns(10, 50);
    assertThat(chosen()).contains(new OlderMessages.Choice(14, 14, 700));
  }

  @Test
  void threeMessagesStayHoweverLongTheyAre() {
    turns(3, 300);
    assertThat(chosen()).contains(new OlderMessages.Choice(2, 2, 600));
    rows.clear();
    turns(2, 600);
    assertThat(chosen()).isEmpty();
  }

  @Test
  void pinnedMessagesStay() {
    rows.add(new Row(1, 400, true, true, Optional.empty()));
    turns(5, 50);
    assertThat(chosen()).contains(new OlderMessages.Choice(7, 6, 300));
  }

  @Test
  void aCallOfAToolStaysWithItsResultAlsoIfTurnsAreBetweenThem() {
    turns(3, 50);
    say(50, true);
    tool(false, "call_1");
    turns(2, 50);
    tool(true, "call_1");
    turns(3, 50);
    assertThat(chosen()).contains(new OlderMessages.Choice(13, 13, 650));
    rows.clear();
    turns(3, 50);
    say(50, true);
    tool(false, "call_1");
    turns(5, 50);
    tool(true, "call_1");
    assertThat(chosen()).contains(new OlderMessages.Choice(6, 6, 300));
  }

  @Test
  void callsWithTheSameIdInSeveralTurnsDoNotHoldOneAnother() {
    for (int i = 0; i < 5; i++) {
      say(50, true);
      tool(false, "call_weather");
      tool(true, "call_weather");
      say(50, false);
    }
    assertThat(chosen()).contains(new OlderMessages.Choice(12, 12, 600));
  }

  @Test
  void aSummaryIsNotChangedForLittle() {
    turns(1, 49);
    turns(2, 400);
    assertThat(chosen()).isEmpty();
  }

  @Test
  void aVeryLongSessionIsSummarisedInParts() {
    turns(100, 250);
    assertThat(chosen()).contains(new OlderMessages.Choice(16, 16, 4000));
    rows.clear();
    turns(8, 5000);
    assertThat(chosen()).contains(new OlderMessages.Choice(2, 2, 10_000));
  }

  @Test
  void theSummaryCountsForTheThreshold() {
    turns(6, 60);
    assertThat(chosen()).isEmpty();
    KeyInformation large =
        new KeyInformation(List.of(), List.of("x".repeat(800)), List.of(), List.of(), List.of());
    SessionSummary summary =
        new SessionSummary(1, 9, CompressionMode.KEY_INFORMATION, "", large, 9, 900, Instant.EPOCH);
    assertThat(chosen(Optional.of(summary))).isPresent();
  }
}

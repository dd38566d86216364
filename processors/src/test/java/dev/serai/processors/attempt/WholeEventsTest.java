package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WholeEventsTest {
  private static final String TWO = "event: a\r\ndata: 1\r\n\r\ndata: 2\n\n";

  @Test
  void onlyWholeEventsAreForwardedHoweverTheBytesAreCut() {
    for (int at = 1; at < TWO.length(); at++) {
      WholeEvents events = new WholeEvents();
      String forwarded = add(events, TWO.substring(0, at));
      assertThat(forwarded).isIn("", TWO.substring(0, 21), TWO.substring(0, at));
      assertThat(TWO.substring(0, at).startsWith(forwarded)).isTrue();
      assertThat(forwarded.isEmpty() || forwarded.matches("(?s).*[\r\n]"))
          .as("cut at " + at)
          .isTrue();
      assertThat(forwarded + add(events, TWO.substring(at))).isEqualTo(TWO);
      assertThat(events.isWhole()).isTrue();
      assertThat(events.rest()).isEmpty();
    }
  }

  @Test
  void anEventThatCameInManyPiecesIsForwardedOnce() {
    WholeEvents events = new WholeEvents();
    StringBuilder forwarded = new StringBuilder();
    for (char c : TWO.toCharArray()) {
      forwarded.append(add(events, String.valueOf(c)));
    }
    assertThat(forwarded).hasToString(TWO);
  }

  @Test
  void aCarriageReturnEndsALineToo() {
    WholeEvents events = new WholeEvents();
    assertThat(add(events, "data: 1\r")).isEmpty();
    assertThat(add(events, "\rdata: 2")).isEqualTo("data: 1\r\r");
    assertThat(add(events, "\r\r")).isEqualTo("data: 2\r\r");
    assertThat(events.isWhole()).isTrue();
  }

  @Test
  void anEventInManySmallPiecesIsHeldUpToTheBound() {
    WholeEvents events = new WholeEvents();
    int forwarded = add(events, "data: ").length();
    int before = 0;
    for (int i = 0; i < 70 && forwarded == 0; i++) {
      forwarded = add(events, "x".repeat(1024)).length();
      before++;
    }
    assertThat(forwarded).isEqualTo(6 + before * 1024).isGreaterThan(64 * 1024);
    assertThat(events.isWhole()).isFalse();
    assertThat(events.rest()).isEmpty();
  }

  @Test
  void aLargeEventIsNotHeldAndNothingMayFollowUntilItHasEnded() {
    WholeEvents events = new WholeEvents();
    String large = "data: " + "x".repeat(100_000);

    assertThat(add(events, "data: 1\n\n" + large)).isEqualTo("data: 1\n\n" + large);
    assertThat(events.isWhole()).isFalse();
    assertThat(add(events, "xx")).isEqualTo("xx");
    assertThat(add(events, "x\n\ndata: 3")).isEqualTo("x\n\n");
    assertThat(events.isWhole()).isTrue();
    assertThat(events.rest()).asString().isEqualTo("data: 3");
  }

  @Test
  void anEventWithoutAnEmptyLineIsForwardedAtTheEnd() {
    WholeEvents events = new WholeEvents();
    assertThat(add(events, "data: 1\n")).isEmpty();
    assertThat(events.rest()).asString().isEqualTo("data: 1\n");
  }

  private static String add(WholeEvents events, String piece) {
    return new String(events.add(piece.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}

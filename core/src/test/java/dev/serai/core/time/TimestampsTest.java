package dev.serai.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Every time has one form. */
class TimestampsTest {
  @Test
  void aTimeHasMillisecondsAlways() {
    assertThat(Timestamps.text(Instant.parse("2026-11-29T16:00:00Z")))
        .isEqualTo("2026-11-29T16:00:00.000Z");
    assertThat(Timestamps.text(Instant.parse("2026-11-29T16:00:00.204Z")))
        .isEqualTo("2026-11-29T16:00:00.204Z");
  }

  @Test
  void whatIsBelowAMillisecondIsCutOff() {
    assertThat(Timestamps.text(Instant.parse("2026-11-29T16:00:00.999999999Z")))
        .isEqualTo("2026-11-29T16:00:00.999Z");
  }

  @Test
  void itIsThatOfJson() {
    JsonWriter json =
        new JsonWriter().beginObject().member("at", Instant.parse("2026-11-29T16:00:00Z"));
    assertThat(new String(json.endObject().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"at\":\"2026-11-29T16:00:00.000Z\"}");
  }
}

package dev.serai.processors.feedback;

import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.core.json.JsonWriter;
import java.time.Instant;

/** Writes feedback as JSON. Pure. */
final class FeedbackJson {
  private FeedbackJson() {}

  /** Writes feedback as members of the open object. */
  static void write(JsonWriter json, Feedback feedback) {
    json.member("request_id", feedback.requestId())
        .member("tenant", feedback.tenant())
        .member("key", feedback.key())
        .member("source", feedback.source().label());
    if (feedback.isScore()) {
      json.name("score").value(feedback.value());
    } else if (feedback.source() == FeedbackSource.CALLER) {
      json.name("metric")
          .beginObject()
          .member("name", feedback.metric().orElseThrow())
          .name("value")
          .value(feedback.value())
          .endObject();
    } else {
      json.name("change").value(feedback.value());
    }
    json.member("comment", feedback.comment())
        .member("created_at", Instant.ofEpochMilli(feedback.givenMillis()));
  }
}

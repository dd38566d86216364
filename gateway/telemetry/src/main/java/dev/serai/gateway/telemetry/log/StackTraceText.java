package dev.serai.gateway.telemetry.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A throwable as lines: few frames of few causes, messages without secrets. For one use. */
final class StackTraceText {
  private static final int FRAMES = 24;
  private static final int CAUSES = 6;
  private static final int MESSAGE_LIMIT = 2_000;

  private final Redaction redaction;
  private final List<String> lines = new ArrayList<>();

  StackTraceText(Redaction redaction) {
    this.redaction = redaction;
  }

  List<String> of(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String lead = "";
    Throwable current = thrown;
    while (current != null && seen.add(current) && seen.size() <= CAUSES) {
      describe(lead, current);
      lead = "caused by ";
      current = current.getCause();
    }
    return lines;
  }

  private void describe(String lead, Throwable thrown) {
    String message = thrown.getMessage();
    String shown =
        message == null
            ? ""
            : ": "
                + redaction.scrub(message.substring(0, Math.min(MESSAGE_LIMIT, message.length())));
    lines.add(lead + thrown.getClass().getName() + shown);
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      lines.add("at " + frames[i]);
    }
    if (frames.length > FRAMES) {
      lines.add("... " + (frames.length - FRAMES) + " more");
    }
  }
}

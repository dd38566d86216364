package dev.serai.gateway.telemetry.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Turns a throwable into lines: some frames of some causes, without secrets. For one use. */
final class StackTraceText {
  private static final int MAX_FRAMES = 24;
  private static final int MAX_CAUSES = 6;
  private static final int MAX_MESSAGE = 2_000;

  private final Redaction redaction;
  private final List<String> lines = new ArrayList<>();

  StackTraceText(Redaction redaction) {
    this.redaction = redaction;
  }

  List<String> of(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String lead = "";
    Throwable current = thrown;
    while (current != null && seen.add(current) && seen.size() <= MAX_CAUSES) {
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
            : ": " + redaction.scrub(message.substring(0, Math.min(MAX_MESSAGE, message.length())));
    lines.add(lead + thrown.getClass().getName() + shown);
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
      lines.add("at " + frames[i]);
    }
    if (frames.length > MAX_FRAMES) {
      lines.add("... " + (frames.length - MAX_FRAMES) + " more");
    }
  }
}

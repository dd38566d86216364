package dev.serai.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.memory.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Changes of memory objects as arguments of the script, and what it returns for them. Pure. */
final class RedisChanges {
  private static final byte[] NONE = new byte[0];

  private RedisChanges() {}

  /** Whether a path is after a prefix, in the order of code points. */
  static boolean isAfter(String path, String prefix) {
    return Arrays.compareUnsigned(path.getBytes(UTF_8), prefix.getBytes(UTF_8)) >= 0;
  }

  /** Adds a name and nine arguments. */
  static void write(MemoryChange change, long quotaBytes, List<byte[]> to) {
    switch (change) {
      case MemoryChange.Put put -> {
        add(to, "put", put.path().text(), condition(put.precondition()));
        add(to, Long.toString(quotaBytes), Integer.toString(put.bytes()));
        add(to, Integer.toString(put.path().namespace().length() + 1));
        add(to, Long.toString(put.life().map(Duration::toMillis).orElse(0L)));
        add(to, put.evictable() ? "1" : "0", String.join("\n", put.tags()));
        to.add(put.json());
      }
      case MemoryChange.Delete delete -> {
        add(to, "delete", delete.path().text(), condition(delete.precondition()));
        for (int i = 0; i < 7; i++) {
          to.add(NONE);
        }
      }
    }
  }

  private static void add(List<byte[]> to, String... texts) {
    for (String text : texts) {
      to.add(text.getBytes(UTF_8));
    }
  }

  private static String condition(Precondition precondition) {
    return switch (precondition) {
      case Precondition.None _ -> "";
      case Precondition.Absent _ -> "absent";
      case Precondition.Present _ -> "present";
      case Precondition.Version wanted ->
          wanted.versions().stream().map(String::valueOf).collect(Collectors.joining(","));
    };
  }

  /** What a change has led to. */
  static MemoryOutcome outcome(MemoryChange change, ReplyFields fields, Instant now) {
    String what = fields.text();
    String first = fields.text();
    String second = fields.text();
    if (what.equals("stored") && change instanceof MemoryChange.Put put) {
      return new MemoryOutcome.Stored(
          new MemoryEntry(
              put.path(),
              Long.parseLong(first),
              put.bytes(),
              Instant.ofEpochMilli(Long.parseLong(second)),
              now,
              put.life().map(now::plus),
              put.evictable(),
              put.tags()));
    }
    return switch (what) {
      case "deleted" -> new MemoryOutcome.Deleted(first.equals("1"));
      case "quota" -> new MemoryOutcome.Refused(MemoryProblems.quotaExceeded());
      case "precondition" -> new MemoryOutcome.Refused(MemoryProblems.preconditionFailed());
      default -> throw new IllegalStateException("the script returned " + what);
    };
  }
}

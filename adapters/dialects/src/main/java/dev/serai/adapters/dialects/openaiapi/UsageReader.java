package dev.serai.adapters.dialects.openaiapi;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.TokenCounts;
import dev.serai.core.chat.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the {@code usage} object of OpenAI's APIs and of compatible providers. Input counts include
 * tokens read from a cache. Some providers count reasoning in the total but not in the output: then
 * the output is computed from the total. For one object; not thread-safe.
 */
public final class UsageReader {
  private static final byte[] TOTAL = ascii("total_tokens");
  private static final byte[] CACHED = ascii("cached_tokens");
  private static final byte[] CACHE_WRITTEN = ascii("cache_write_tokens");
  private static final byte[] CACHE_HIT = ascii("prompt_cache_hit_tokens");
  private static final byte[] REASONING = ascii("reasoning_tokens");
  private static final byte[] AUDIO = ascii("audio_tokens");

  /** Values of {@code service_tier} for the default tier. */
  private static final Set<String> DEFAULT_TIERS =
      Set.of("", "default", "auto", "standard", "on_demand");

  private final Names names;
  private final TokenCounts counts = new TokenCounts();
  private final ReportedCost cost = new ReportedCost();
  private long input;
  private long output;
  private long total;
  private long cached;
  private long cacheWritten;
  private long reasoning;
  private long audioInput;
  private long audioOutput;

  private UsageReader(Names names) {
    this.names = names;
  }

  /** The member names of the APIs. */
  public enum Names {
    /** Chat completions. */
    CHAT("prompt_tokens", "completion_tokens"),
    /** Responses. */
    RESPONSES("input_tokens", "output_tokens"),
    /** Realtime. */
    REALTIME("input_tokens", "output_tokens", "input_token_details", "output_token_details");

    private final byte[] input;
    private final byte[] output;
    private final byte[] inputDetails;
    private final byte[] outputDetails;

    Names(String input, String output) {
      this(input, output, input + "_details", output + "_details");
    }

    Names(String input, String output, String inputDetails, String outputDetails) {
      this.input = ascii(input);
      this.output = ascii(output);
      this.inputDetails = ascii(inputDetails);
      this.outputDetails = ascii(outputDetails);
    }
  }

  /** Reads the value at the cursor; empty if it counts nothing. */
  public static Optional<Usage> read(JsonCursor cursor, Names names) {
    if (cursor.peek() != '{') {
      cursor.skip();
      return Optional.empty();
    }
    UsageReader reader = new UsageReader(names);
    reader.object(cursor);
    return reader.counts.reported() ? Optional.of(reader.usage()) : Optional.empty();
  }

  /** The same usage, with the tier that {@code service_tier} of a response names. */
  public static Optional<Usage> withTier(Optional<Usage> usage, String tier) {
    return usage.isEmpty() || DEFAULT_TIERS.contains(tier)
        ? usage
        : Optional.of(usage.get().withTier(tier));
  }

  private void object(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(names.input)) {
        input = counts.take(cursor, input);
      } else if (cursor.nameIs(names.output)) {
        output = counts.take(cursor, output);
      } else if (cursor.nameIs(TOTAL)) {
        total = TokenCounts.part(cursor);
      } else if (cursor.nameIs(CACHE_HIT)) {
        cached = TokenCounts.part(cursor);
      } else if (cursor.nameIs(names.inputDetails)) {
        audioInput = details(cursor);
      } else if (cursor.nameIs(names.outputDetails)) {
        audioOutput = details(cursor);
      } else if (!cost.takes(cursor)) {
        cursor.skip();
      }
    }
  }

  /** Reads the details of a count; returns its audio tokens. */
  private long details(JsonCursor cursor) {
    long audio = 0;
    if (cursor.peek() != '{') {
      cursor.skip();
      return audio;
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(CACHED)) {
        cached = TokenCounts.part(cursor);
      } else if (cursor.nameIs(CACHE_WRITTEN)) {
        cacheWritten = TokenCounts.part(cursor);
      } else if (cursor.nameIs(REASONING)) {
        reasoning = TokenCounts.part(cursor);
      } else if (cursor.nameIs(AUDIO)) {
        audio = TokenCounts.part(cursor);
      } else {
        cursor.skip();
      }
    }
    return audio;
  }

  private Usage usage() {
    long outputs = Math.max(output, total - input);
    Usage usage =
        new Usage(
            input,
            outputs,
            Math.min(cached, input),
            Math.min(cacheWritten, input),
            Math.min(reasoning, outputs));
    OptionalLong nanoUsd = cost.nanoUsd();
    if (nanoUsd.isPresent()) {
      usage = usage.withReportedCost(nanoUsd.getAsLong());
    }
    return (audioInput | audioOutput) == 0
        ? usage
        : usage.withAudio(Math.min(audioInput, input), Math.min(audioOutput, outputs));
  }
}

package dev.serai.processors.fanout;

import dev.serai.core.limit.ByteLimit;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Processor;

/** The steps of a fan-out. Immutable. */
public final class FanOutSteps {
  private final EventLoops loops;
  private final CandidateStats stats;
  private final ByteLimit memory;
  private final Function<String, Optional<String>> json;

  /**
   * @param stats measures the attempts
   * @param memory counts the responses that are held until they are compared
   * @param json the form of a JSON object or array, equal for equal values; empty for another text
   */
  public FanOutSteps(
      EventLoops loops,
      CandidateStats stats,
      ByteLimit memory,
      Function<String, Optional<String>> json) {
    this.loops = loops;
    this.stats = stats;
    this.memory = memory;
    this.json = json;
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "fan-out", new FanOut(),
        "ask-candidates", new AskCandidates(loops, stats, memory),
        "aggregate-responses", new AggregateResponses(json));
  }
}

package dev.serai.processors.fanout;

import dev.serai.core.fanout.JsonComparison;
import dev.serai.core.limit.ByteLimit;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.Processor;

/** The steps of a fan-out. Immutable. */
public final class FanOutSteps {
  private final EventLoops loops;
  private final CandidateStats stats;
  private final ByteLimit memory;
  private final JsonComparison json;
  private final Judge judge;

  /**
   * @param stats measures the attempts
   * @param memory counts the responses that are held until one is chosen
   * @param json compares and merges JSON
   * @param ids makes the IDs of the calls that ask a judge
   * @param random draws the order in which a judge sees the responses
   */
  public FanOutSteps(
      EventLoops loops,
      CandidateStats stats,
      ByteLimit memory,
      JsonComparison json,
      Supplier<String> ids,
      Supplier<RandomGenerator> random) {
    this.loops = loops;
    this.stats = stats;
    this.memory = memory;
    this.json = json;
    judge = new Judge(ids, random);
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "fan-out", new FanOut(),
        "ask-candidates", new AskCandidates(loops, stats, memory),
        "judge-responses", new JudgeResponses(judge, loops),
        "aggregate-responses", new AggregateResponses(json, loops));
  }
}

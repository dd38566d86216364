package dev.serai.processors.routing.strategy;

import dev.serai.core.call.Call;
import dev.serai.core.routing.Strategy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of each plan: requirements, scores and order of the candidates of a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PlanBenchmark {
  /** {@code BANDIT} draws by Thompson sampling with pooled clusters, and learns from each call. */
  @Param({"PRIORITY", "BANDIT"})
  public Strategy strategy;

  @Param({"2", "200"})
  public int candidates;

  private PlannedCalls calls;
  private Call call;
  private Ranking ranking;

  @Setup
  public void begin() {
    calls = new PlannedCalls(strategy, candidates);
  }

  @Setup(Level.Invocation)
  public void receive() {
    call = calls.receive();
  }

  @Benchmark
  public Ranking plan() {
    ranking = calls.plan(call);
    return ranking;
  }

  @TearDown(Level.Invocation)
  public void answer() {
    calls.answer(call, ranking);
  }
}

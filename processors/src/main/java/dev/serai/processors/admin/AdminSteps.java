package dev.serai.processors.admin;

import dev.serai.core.fair.FairScheduler;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.provider.ProviderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Processor;

/** Makes the steps of the admin API, without those for keys. The steps are thread-safe. */
public final class AdminSteps {
  private AdminSteps() {}

  /** What a gateway knows of itself at this moment. Never blocks. Thread-safe. */
  public interface Facts {
    /** Whether the gateway takes requests. */
    enum State {
      STARTING,
      SERVING,
      DRAINING
    }

    /** The version of Serai. */
    String version();

    State state();

    Instant started();

    Duration uptime();

    /** Whether requests are taken and the threads that they need run. */
    boolean isReady();

    /** Whether the process works; if not, only a restart helps. */
    boolean isAlive();

    /** The database, without user and password. */
    String database();

    /** Names of the servers that cannot be reached, which calls do not need. */
    List<String> unreachable();

    /** The names of the background threads that fail now. */
    List<String> failing();

    /** Open client connections. */
    int connections();

    /** Requests whose reply is not yet complete. */
    int inFlight();

    /** Replies that are being streamed. */
    int streams();

    /** The bytes that are held for clients and providers. */
    ByteLimit memory();

    List<ProviderStatus> providers();
  }

  /**
   * The steps that show the gateway, and change the weights of the fair queue, by the name that
   * routes use.
   *
   * @param fair whether attempts wait for capacity
   */
  public static Map<String, Processor> of(
      Facts facts, FairScheduler scheduler, BooleanSupplier fair) {
    FairQueueState queue = new FairQueueState(scheduler, fair);
    return Map.of(
        "show-version", new ShowVersion(facts),
        "show-state-health", new ShowStateHealth(facts),
        "show-lifecycle", new ShowLifecycle(facts),
        "show-load", new ShowLoad(facts, queue),
        "list-model-status", new ListModelStatus(facts),
        "list-fair-weights", new ListFairWeights(queue),
        "set-fair-weight", new SetFairWeight(queue),
        "remove-fair-weight", new RemoveFairWeight(queue));
  }
}

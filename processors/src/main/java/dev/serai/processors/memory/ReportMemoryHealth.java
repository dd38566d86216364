package dev.serai.processors.memory;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reports liveness to clients of the memory gateway: {@code {"ok":true}}, or 503 if only a restart
 * helps. Thread-safe.
 */
public final class ReportMemoryHealth implements Processor {
  private final BooleanSupplier alive;

  /**
   * @param alive false if only a restart of the process helps
   */
  public ReportMemoryHealth(BooleanSupplier alive) {
    this.alive = alive;
  }

  @Override
  public void process(Exchange exchange) {
    boolean ok = alive.getAsBoolean();
    exchange
        .getMessage()
        .setBody(
            new Reply.Complete(
                ok ? 200 : 503,
                new HeaderFields()
                    .add("content-type", "application/json")
                    .add("cache-control", "no-store"),
                ("{\"ok\":" + ok + "}").getBytes(StandardCharsets.UTF_8)));
  }
}

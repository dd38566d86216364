package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.provider.UpstreamState;
import dev.serai.core.provider.UpstreamState.BreakerState;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows the breakers, connections and calls of each provider. Providers come and go with their
 * routes, so the rows are written again for each page. Thread-safe; not for an event loop.
 */
public final class ProviderMeters {
  /** Callers choose the names of models, and a provider may fail for each of them. */
  private static final int MAX_MODELS = 100;

  private record Column(MultiGauge gauge, ToDoubleFunction<UpstreamState> value) {}

  private final Supplier<List<UpstreamState>> providers;
  private final List<Column> columns = new ArrayList<>();
  private final MultiGauge models;

  public ProviderMeters(Metrics metrics, Supplier<List<UpstreamState>> providers) {
    this.providers = providers;
    column(
        metrics,
        "serai.provider.breaker",
        "State of the circuit breaker: 0 closed, 1 half open, 2 open",
        state -> number(state.breaker()));
    this.models =
        MultiGauge.builder("serai.model.breaker")
            .description(
                "State of the circuit breakers of models that are not closed: 1 half open, 2 open")
            .register(metrics.registry());
    column(
        metrics,
        "serai.provider.connections",
        "Open connections to the provider",
        UpstreamState::openConnections);
    column(
        metrics,
        "serai.provider.connections.idle",
        "Open connections to the provider that no call uses",
        UpstreamState::idleConnections);
    column(
        metrics,
        "serai.provider.waiting",
        "Calls that wait for a connection to the provider",
        UpstreamState::waiting);
    column(
        metrics,
        "serai.provider.active",
        "Calls to the provider that have not ended, waiting ones included",
        UpstreamState::active);
  }

  private void column(
      Metrics metrics, String name, String description, ToDoubleFunction<UpstreamState> value) {
    MultiGauge gauge =
        MultiGauge.builder(name).description(description).register(metrics.registry());
    columns.add(new Column(gauge, value));
  }

  /** Reads the state of every provider. For a provider with two addresses the last one is shown. */
  public synchronized void refresh() {
    List<UpstreamState> states = providers.get();
    for (Column column : columns) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>(states.size());
      for (UpstreamState state : states) {
        rows.add(
            MultiGauge.Row.of(
                Tags.of("provider", state.provider()), column.value.applyAsDouble(state)));
      }
      column.gauge.register(rows, true);
    }
    models.register(modelRows(states), true);
  }

  private static List<MultiGauge.Row<?>> modelRows(List<UpstreamState> states) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (UpstreamState state : states) {
      double others = 0;
      int shown = 0;
      for (Map.Entry<String, BreakerState> of : new TreeMap<>(state.modelBreakers()).entrySet()) {
        double breaker = number(of.getValue());
        if (shown < MAX_MODELS) {
          shown++;
          rows.add(row(state, of.getKey(), breaker));
        } else {
          others = Math.max(others, breaker);
        }
      }
      if (others > 0) {
        rows.add(row(state, CallMetrics.OTHER, others));
      }
    }
    return rows;
  }

  private static MultiGauge.Row<?> row(UpstreamState state, String model, double breaker) {
    return MultiGauge.Row.of(Tags.of("provider", state.provider(), "model", model), breaker);
  }

  private static double number(BreakerState breaker) {
    return switch (breaker) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}

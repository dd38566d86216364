package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.processors.edge.SettleUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All features, in one order: they start in it, receive changed settings and ended calls in it, and
 * close in the reverse of it. Thread-safe if the features are.
 */
final class Features implements AutoCloseable {
  private final List<Feature> inOrder;

  Features(List<Feature> inOrder) {
    this.inOrder = List.copyOf(inOrder);
  }

  /**
   * The beans of all features by name, and the step that calls their listeners.
   *
   * @throws IllegalStateException if two have the same name
   */
  Map<String, Object> beans() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Feature feature : inOrder) {
      feature.beans().forEach((name, bean) -> add(all, name, bean));
    }
    add(all, "settle-usage", new SettleUsage(listeners()));
    return all;
  }

  private static void add(Map<String, Object> all, String name, Object bean) {
    Object other = all.putIfAbsent(name, bean);
    if (other != null) {
      throw new IllegalStateException(
          "two beans are named " + name + ": " + other.getClass() + " and " + bean.getClass());
    }
  }

  /** The listeners of all features; the order is that of the features. */
  List<CallListener> listeners() {
    return inOrder.stream().flatMap(feature -> feature.listeners().stream()).toList();
  }

  /** What the features cannot use now. */
  List<String> unavailable() {
    return inOrder.stream().flatMap(feature -> feature.unavailable().stream()).toList();
  }

  void replace(Settings fresh) {
    inOrder.forEach(feature -> feature.replace(fresh));
  }

  void start() {
    inOrder.forEach(Feature::start);
  }

  /** Closes all features, the last one first; one that fails to close does not stop the others. */
  @Override
  public void close() {
    List<CloseAll.Step<RuntimeException>> steps = new ArrayList<>();
    inOrder.reversed().forEach(feature -> steps.add(feature::close));
    CloseAll.inOrder(steps);
  }
}

package dev.serai.gateway.direct;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;

/**
 * Compares Camel's own {@code direct:} and {@code kamelet:} with ours: the CPU time of one exchange
 * through four {@code direct:} routes and through a kamelet, and how often threads wait for each
 * other while another one stops and starts a route, as a reload does. A program, not a test.
 */
public final class CostOfDirect {
  private static final int ROUND = 100_000;
  private static final int ROUNDS = 15;
  private static final int CALLERS = 4;
  private static final AsyncCallback NOTHING = doneSync -> {};
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CostOfDirect() {}

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    try (DefaultCamelContext camels = new DefaultCamelContext();
        DefaultCamelContext ours = new DefaultCamelContext()) {
      camels.getRegistry().bind("direct", new DirectComponent());
      camels.getRegistry().bind("kamelet", new KameletComponent());
      ours.getRegistry().bind("direct", new InlineDirectComponent());
      ours.getRegistry().bind("kamelet", new InlineKameletComponent());
      start(camels);
      start(ours);
      for (int round = 0; round < ROUNDS; round++) {
        System.out.printf(
            "four direct: Camel's %.0f ns, ours %.0f ns; kamelet: %.0f, %.0f%n",
            cost(camels, "a"), cost(ours, "a"), cost(camels, "k"), cost(ours, "k"));
      }
      System.out.printf(
          "waits of %d threads while routes change: Camel's %d, ours %d%n",
          CALLERS, waits(camels), waits(ours));
    }
  }

  private static void start(DefaultCamelContext context) throws Exception {
    context.disableJMX();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            routeTemplate("step").templateParameter("name").from("kamelet:source").process(e -> {});
            from("direct:a").routeId("a").process(e -> {}).to("direct:b");
            from("direct:b").process(e -> {}).to("direct:c");
            from("direct:c").process(e -> {}).to("direct:d");
            from("direct:d").process(e -> {}).process(e -> {});
            from("direct:k").routeId("k").process(e -> {}).to("kamelet:step/one?name=x");
            from("direct:other").routeId("other").process(e -> {});
          }
        });
    context.start();
  }

  /** How often callers waited for a lock, of {@link #CALLERS} times {@link #ROUND} exchanges. */
  private static long waits(DefaultCamelContext context) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread changing = Thread.ofPlatform().start(() -> change(context, over));
    AtomicLong waits = new AtomicLong();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(Thread.ofPlatform().start(() -> waits.addAndGet(waitsOfThisThread(context))));
    }
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } finally {
      over.set(true); // or the thread never ends
    }
    changing.join();
    return waits.get();
  }

  private static long waitsOfThisThread(DefaultCamelContext context) {
    cost(context, "a");
    ThreadInfo info = THREADS.getThreadInfo(Thread.currentThread().threadId());
    return info.getWaitedCount() + info.getBlockedCount();
  }

  private static void change(DefaultCamelContext context, AtomicBoolean over) {
    try {
      while (!over.get()) {
        context.getRouteController().stopRoute("other");
        context.getRouteController().startRoute("other");
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static double cost(DefaultCamelContext context, String route) {
    DefaultConsumer entry = (DefaultConsumer) context.getRoute(route).getConsumer();
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < ROUND; i++) {
      Exchange exchange = entry.createExchange(false);
      call(entry, exchange);
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / (double) ROUND;
  }

  private static void call(DefaultConsumer entry, Exchange exchange) {
    try {
      entry.createUoW(exchange);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    entry.getAsyncProcessor().process(exchange, NOTHING);
    entry.doneUoW(exchange);
  }
}

package dev.serai.gateway.guard;

import dev.serai.core.guard.GuardCheck;
import dev.serai.core.guard.GuardedText;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Camel route whether the texts of a request or a response may pass. The route receives the
 * texts as its body and what is known of the call as exchange properties. It objects by setting the
 * property {@value #BLOCK} to a reason, or to true. A route that fails, or takes too long, has not
 * checked. Thread-safe.
 */
public final class RouteCheck implements GuardCheck {
  /** The property that a route sets to object. */
  public static final String BLOCK = "serai.guard.block";

  private static final Logger LOG = LoggerFactory.getLogger(RouteCheck.class);
  private static final int MAX_REASON = 200;

  private final Supplier<CamelContext> context;
  private final String route;
  private final Duration timeout;

  /**
   * @param context is asked for when a text is checked
   * @param route the name after {@code direct:}
   * @param timeout for one check
   */
  public RouteCheck(Supplier<CamelContext> context, String route, Duration timeout) {
    this.context = context;
    this.route = route;
    this.timeout = timeout;
  }

  @Override
  public Outcome check(Subject subject) {
    FutureTask<Exchange> task = new FutureTask<>(() -> run(subject));
    Thread.ofVirtual().name("guard-route").start(task);
    try {
      return outcome(subject, task.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      var _ = task.cancel(true);
      return failed(subject, "it took longer than " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return failed(subject, cause.getClass().getName());
    } catch (InterruptedException e) {
      var _ = task.cancel(true);
      Thread.currentThread().interrupt();
      return failed(subject, "the check was interrupted");
    }
  }

  private Exchange run(Subject subject) throws Exception {
    Endpoint endpoint = context.get().getEndpoint("direct:" + route);
    Exchange exchange = new DefaultExchange(context.get());
    exchange.getIn().setBody(body(subject));
    exchange.setProperty("serai.guard.direction", subject.direction().label());
    exchange.setProperty("serai.guard.request", subject.requestId());
    exchange.setProperty("serai.guard.model", subject.model());
    exchange.setProperty("serai.guard.tenant", subject.caller().tenant());
    exchange.setProperty("serai.guard.user", subject.caller().user());
    exchange.setProperty("serai.guard.key", subject.caller().key());
    endpoint.createAsyncProducer().process(exchange);
    return exchange;
  }

  private static String body(Subject subject) {
    return subject.texts().stream().map(GuardedText::text).collect(Collectors.joining("\n\n"));
  }

  private Outcome outcome(Subject subject, Exchange exchange) {
    if (exchange.getException() != null && isMissing()) {
      LOG.warn("request {}: there is no route direct:{} for a guard", subject.requestId(), route);
      return new Outcome.NotChecked("its route does not exist.");
    }
    if (exchange.getException() != null) {
      return failed(subject, exchange.getException().getClass().getName());
    }
    String block = exchange.getProperty(BLOCK, "", String.class).strip();
    if (block.isEmpty() || block.equals("false")) {
      return new Outcome.Passed();
    }
    String reason = block.equals("true") ? "" : block;
    return new Outcome.Objected(cut(reason));
  }

  private boolean isMissing() {
    return !GuardRoutes.has(context.get(), route);
  }

  /** Not within a character that takes two. */
  private static String cut(String reason) {
    if (reason.length() <= MAX_REASON) {
      return reason;
    }
    boolean within = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1));
    return reason.substring(0, within ? MAX_REASON - 1 : MAX_REASON);
  }

  /** The message of an exception is not logged: it may have a text. */
  private Outcome failed(Subject subject, String why) {
    LOG.warn("request {}: the route {} of a guard failed: {}", subject.requestId(), route, why);
    return new Outcome.NotChecked("its route failed.");
  }
}

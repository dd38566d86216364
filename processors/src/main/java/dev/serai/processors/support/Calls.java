package dev.serai.processors.support;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallTrace;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.request.CallLabels;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.surface.Surface;
import dev.serai.core.time.Ticker;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Finds the call that an exchange carries. For the thread that the exchange is on. */
public final class Calls {
  private Calls() {}

  /** Begins the call of a request that has been read. */
  public static Call begin(
      Exchange exchange, ModelRequest request, Surface surface, Ticker ticker) {
    Call call = make(exchange, request, surface, ticker);
    call.setTrace(exchange.getProperty(ExchangeProperties.TRACE, CallTrace.NONE, CallTrace.class));
    exchange.setProperty(ExchangeProperties.CALL, call);
    return call;
  }

  /** A call that the exchange does not carry: nothing of it is settled or recorded. */
  public static Call make(Exchange exchange, ModelRequest request, Surface surface, Ticker ticker) {
    String requestId = exchange.getProperty(ExchangeProperties.REQUEST_ID, "", String.class);
    Call call = new Call(requestId, request, surface, ticker);
    call.setCaller(caller(exchange));
    refuseOtherTenant(call);
    if (exchange.getMessage().getBody() instanceof InboundRequest inbound) {
      describe(call, inbound.headers());
    }
    return call;
  }

  private static void refuseOtherTenant(Call call) {
    Optional<String> named = call.request().tenant();
    if (named.isPresent() && !named.get().equals(call.caller().tenant())) {
      throw new PermissionProblem(
          "permission_denied",
          "The request names another tenant than that of its API key.",
          Optional.of("tenant"));
    }
  }

  /** A header field goes before what the body says. */
  private static void describe(Call call, Headers headers) {
    CallHeaders.refuseMisspelt(headers);
    CallLabels labels = CallHeaders.labels(headers).or(call.request().labels());
    call.setCaller(call.caller().labelled(labels));
    RoutingCriteria criteria = CallHeaders.criteria(headers, call.request().routing());
    call.describe(CallHeaders.bounds(headers).within(criteria.target().limit()), criteria);
    call.setClientHeaders(headers);
  }

  /** Sets the plan of the exchange's call. No attempt has succeeded yet. */
  public static void plan(Exchange exchange, Plan plan) {
    of(exchange).setPlan(plan);
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.TRUE);
  }

  /** The caller that the edge set. */
  public static Caller caller(Exchange exchange) {
    return exchange.getProperty(ExchangeProperties.CALLER, Caller.ANONYMOUS, Caller.class);
  }

  /**
   * The call of an exchange; if there is none, the routes are in the wrong order.
   *
   * @throws IllegalStateException if the exchange has no call yet
   */
  public static Call of(Exchange exchange) {
    if (exchange.getProperty(ExchangeProperties.CALL) instanceof Call call) {
      return call;
    }
    throw new IllegalStateException("no call yet: a read-...-request step comes first");
  }

  /** How many bytes of replies all attempts of the exchange's call have received. */
  public static long receivedBytes(Exchange exchange) {
    return of(exchange).attempts().stream().mapToLong(Attempt::receivedBytes).sum();
  }

  /** The call of an exchange; empty if its request was refused before it was read. */
  public static Optional<Call> find(Exchange exchange) {
    return exchange.getProperty(ExchangeProperties.CALL) instanceof Call call
        ? Optional.of(call)
        : Optional.empty();
  }

  /**
   * The problem to show and record for a failure. If the gateway itself disconnected the client,
   * that is its reason for doing so.
   */
  public static GatewayProblem problemOf(Exchange exchange, GatewayProblem known) {
    return known.status() == CallerProblem.CLIENT_CLOSED_REQUEST
        ? exchange.getProperty(ExchangeProperties.STOPPED, known, GatewayProblem.class)
        : known;
  }

  /**
   * The message's body.
   *
   * @throws IllegalStateException if it is of another type: the routes are in the wrong order
   */
  public static <T> T body(Exchange exchange, Class<T> type) {
    Object body = exchange.getMessage().getBody();
    if (type.isInstance(body)) {
      return type.cast(body);
    }
    throw new IllegalStateException(
        "expected "
            + type.getSimpleName()
            + " but the previous step left "
            + (body == null ? "nothing" : body.getClass().getSimpleName()));
  }
}

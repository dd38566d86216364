package dev.serai.processors.edge;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.WholeSeconds;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a failure in the form of the surface that the call came through. A {@link GatewayProblem}
 * is shown as it is; any other failure is logged and shown as 500 with the request's id.
 * Thread-safe.
 */
public final class WriteProblem implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(WriteProblem.class);

  private final Surfaces surfaces;
  private final ProblemListener listener;

  /**
   * @param surfaces for requests that did not become a call: the path and the headers tell the
   *     surface
   * @param listener receives every problem that is shown
   */
  public WriteProblem(Surfaces surfaces, ProblemListener listener) {
    this.surfaces = surfaces;
    this.listener = listener;
  }

  @Override
  public void process(Exchange exchange) {
    GatewayProblem problem = problemOf(exchange);
    boolean disconnected = problem.status() == CallerProblem.CLIENT_CLOSED_REQUEST;
    if (!disconnected) {
      listener.shown(problem);
    }
    Surface surface = Calls.find(exchange).map(Call::surface).orElseGet(() -> surfaceOf(exchange));
    HeaderFields headers = headers(surface, problem, requestId(exchange));
    Calls.find(exchange).ifPresent(call -> ReplyFields.addFailed(headers, call, problem));
    byte[] body = surface.writeProblem(problem, requestId(exchange));
    exchange.getMessage().setBody(new Reply.Complete(surface.status(problem), headers, body));
    Outcome outcome = disconnected ? Outcome.CANCELLED : Outcome.FAILED;
    Calls.find(exchange).ifPresent(call -> call.end(outcome, Optional.of(problem)));
  }

  /** A step that refuses a request leaves it as the body. */
  private Surface surfaceOf(Exchange exchange) {
    Headers headers =
        exchange.getMessage().getBody() instanceof InboundRequest request
            ? request.headers()
            : Headers.NONE;
    return surfaces.forRequest(path(exchange), headers);
  }

  private static HeaderFields headers(Surface surface, GatewayProblem problem, String requestId) {
    HeaderFields headers = surface.headers(requestId);
    headers.add("content-type", "application/json");
    problem
        .retryAfter()
        .ifPresent(wait -> headers.add("retry-after", Long.toString(WholeSeconds.of(wait))));
    return headers;
  }

  private static String requestId(Exchange exchange) {
    return exchange.getProperty(ExchangeProperties.REQUEST_ID, "", String.class);
  }

  private static String path(Exchange exchange) {
    return exchange.getProperty(ExchangeProperties.PATH, "/", String.class);
  }

  private static GatewayProblem problemOf(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (cause instanceof GatewayProblem known) {
      return Calls.problemOf(exchange, known);
    }
    String requestId = requestId(exchange);
    LOG.error("request {} failed", requestId, cause);
    return new InternalProblem(requestId);
  }
}

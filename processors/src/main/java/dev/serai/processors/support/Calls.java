package dev.serai.processors.support;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The call that an exchange carries. */
public final class Calls {
  private Calls() {}

  /** The call; without one the routes are in the wrong order. */
  public static Call of(Exchange exchange) {
    if (exchange.getProperty(ExchangeProperties.CALL) instanceof Call call) {
      return call;
    }
    throw new IllegalStateException("no call yet: a read-...-request step comes first");
  }

  /** The call, unless the request could not even be read. */
  public static Optional<Call> find(Exchange exchange) {
    return exchange.getProperty(ExchangeProperties.CALL) instanceof Call call
        ? Optional.of(call)
        : Optional.empty();
  }

  /** The message's body as the core type that this stage of the route works on. */
  public static <T> T body(Exchange exchange, Class<T> type) {
    Object body = exchange.getMessage().getBody();
    if (type.isInstance(body)) {
      return type.cast(body);
    }
    throw new IllegalStateException(
        "expected "
            + type.getSimpleName()
            + " here but the step before left "
            + (body == null ? "nothing" : body.getClass().getSimpleName()));
  }
}

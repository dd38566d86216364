package dev.serai.processors.support;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that the gateway makes itself, with a unit of work of its own from the moment when it
 * is sent: what its routes hold is released when it is {@linkplain #finish finished}, or given to
 * another exchange. Confined to the event loop of its call.
 */
public final class DetachedExchange {
  private final Exchange exchange;
  private @Nullable UnitOfWork work;

  /**
   * @param exchange has no unit of work yet
   */
  public DetachedExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  public Exchange exchange() {
    return exchange;
  }

  /**
   * Runs it through a route. What goes wrong, also that there is no such route, is the exchange's
   * exception.
   *
   * @param route a {@code direct:} endpoint
   * @param ended is called once, on any thread
   */
  public void send(String route, Runnable ended) {
    UnitOfWork begun =
        PluginHelper.getUnitOfWorkFactory(exchange.getContext()).createUnitOfWork(exchange);
    exchange.getExchangeExtension().setUnitOfWork(begun);
    work = begun;
    AsyncProducer producer;
    try {
      producer = exchange.getContext().getEndpoint(route).createAsyncProducer();
    } catch (Exception e) { // Camel declares it
      exchange.setException(e);
      ended.run();
      return;
    }
    producer.process(exchange, _ -> ended.run());
  }

  /** Gives what it holds to another exchange, which releases it when it ends. */
  public void giveTo(Exchange other) {
    if (work != null) {
      work.handoverSynchronization(other);
    }
    finish();
  }

  /** Releases what it holds. Calls after the first one do nothing. */
  public void finish() {
    UnitOfWork begun = work;
    work = null;
    if (begun != null) {
      UnitOfWorkHelper.doneUow(begun, exchange);
    }
  }
}

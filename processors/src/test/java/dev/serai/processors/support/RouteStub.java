package dev.serai.processors.support;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.engine.DefaultInflightRepository;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;

/** Exchanges whose {@code direct:} routes are a test. */
public final class RouteStub {
  private static final CamelContext CONTEXT =
      context(
          (sent, callback) ->
              sent.getProperty(Receiver.class.getName(), Receiver.class).sent(sent, callback));

  private RouteStub() {}

  /** Takes the exchanges that steps send to a route. */
  @FunctionalInterface
  public interface Receiver {
    void sent(Exchange exchange, AsyncCallback callback);
  }

  /** An exchange whose copies are given to that receiver when they are sent to a route. */
  public static Exchange exchange(Receiver receiver) {
    Exchange exchange = new DefaultExchange(CONTEXT);
    exchange.setProperty(Receiver.class.getName(), receiver);
    return exchange;
  }

  /** The routes of exchanges that a step makes itself. */
  public static CamelContext context(Receiver receiver) {
    SimpleCamelContext context = new SimpleCamelContext();
    context.addComponent(
        "direct",
        new DefaultComponent() {
          @Override
          protected Endpoint createEndpoint(
              String uri, String remaining, Map<String, Object> parameters) {
            return new RouteUnderTest(uri, this, receiver);
          }
        });
    context.setInflightRepository(new DefaultInflightRepository());
    PluginHelper.getUnitOfWorkFactory(context).afterPropertiesConfigured(context);
    context.start();
    return context;
  }

  private static final class RouteUnderTest extends DefaultEndpoint {
    private final Receiver receiver;

    RouteUnderTest(String uri, DefaultComponent component, Receiver receiver) {
      super(uri, component);
      this.receiver = receiver;
    }

    @Override
    public Producer createProducer() {
      return new DefaultAsyncProducer(this) {
        @Override
        public boolean process(Exchange sent, AsyncCallback callback) {
          receiver.sent(sent, callback);
          return false;
        }
      };
    }

    @Override
    public org.apache.camel.Consumer createConsumer(org.apache.camel.Processor processor) {
      throw new UnsupportedOperationException();
    }
  }
}

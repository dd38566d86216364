package dev.serai.gateway.direct;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Replaces Camel's {@code kamelet:} component by one that takes no lock and does not copy the
 * exchange. Camel gives every kamelet an exchange and a unit of work of its own and copies the
 * result back, unless JMX counts kamelets as routes. Here a kamelet is called like any {@code
 * direct:} route. Thread-safe.
 */
public final class InlineKameletComponent extends KameletComponent {
  private static final AsyncProcessor END =
      new AsyncProcessorSupport() {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
          callback.done(true);
          return true;
        }
      };

  private final RouteEntries entries = new RouteEntries();

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    getCamelContext()
        .getCamelContextExtension()
        .registerEndpointCallback(
            (_, endpoint) ->
                endpoint instanceof KameletEndpoint kamelet
                    ? new InlineKameletEndpoint(kamelet)
                    : endpoint);
  }

  /** A {@code kamelet:} endpoint whose producer is an {@link InlineProducer}. */
  private final class InlineKameletEndpoint extends DefaultEndpoint {
    private final KameletEndpoint kamelet;
    private final String name;

    InlineKameletEndpoint(KameletEndpoint kamelet) {
      super(kamelet.getEndpointUri(), InlineKameletComponent.this);
      this.kamelet = kamelet;
      this.name = kamelet.getTemplateId() + "/" + kamelet.getRouteId();
    }

    @Override
    public Producer createProducer() {
      return isSink()
          ? new InlineProducer(this, () -> END)
          : new InlineProducer(this, () -> entries.find(name));
    }

    /** Camel ends every kamelet with {@code kamelet:sink}: the call returns there. */
    private boolean isSink() {
      return getEndpointKey().startsWith("kamelet://" + Kamelet.SINK_ID);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      KameletConsumer consumer = new KameletConsumer(this, processor);
      configureConsumer(consumer);
      return consumer;
    }

    @Override
    public boolean isLenientProperties() {
      return kamelet.isLenientProperties();
    }

    @Override
    public boolean isSingleton() {
      return kamelet.isSingleton();
    }
  }

  /** Registers the kamelet's route while it runs. */
  private final class KameletConsumer extends DefaultConsumer implements ShutdownAware {
    private final String name;
    private final AsyncProcessor route;

    KameletConsumer(InlineKameletEndpoint kamelet, Processor processor) {
      super(kamelet, processor);
      this.name = kamelet.name;
      this.route = getAsyncProcessor();
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      entries.add(name, route);
    }

    @Override
    protected void doStop() throws Exception {
      entries.remove(name, route);
      super.doStop();
    }

    /** It stops after the routes that call it. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
      return true;
    }

    @Override
    public int getPendingExchangesSize() {
      return 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
      // Running exchanges are counted where they entered Camel.
    }
  }
}

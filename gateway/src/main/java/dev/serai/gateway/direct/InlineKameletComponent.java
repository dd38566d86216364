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
 * Camel's {@code kamelet:} without its lock and without a copy of the exchange. Camel gives a
 * kamelet an exchange and a unit of work of its own and copies the result back, unless JMX counts
 * kamelets as routes; here a kamelet is one step of the same exchange, like any {@code direct:}.
 * Thread-safe.
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

  private final RouteEntries doorways = new RouteEntries();

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    getCamelContext()
        .getCamelContextExtension()
        .registerEndpointCallback(
            (_, endpoint) ->
                endpoint instanceof KameletEndpoint kamelet ? new Called(kamelet) : endpoint);
  }

  /** A kamelet as routes call it. */
  private final class Called extends DefaultEndpoint {
    private final KameletEndpoint kamelet;
    private final String name;

    Called(KameletEndpoint kamelet) {
      super(kamelet.getEndpointUri(), InlineKameletComponent.this);
      this.kamelet = kamelet;
      this.name = kamelet.getTemplateId() + "/" + kamelet.getRouteId();
    }

    @Override
    public Producer createProducer() {
      return isSink()
          ? new InlineProducer(this, () -> END)
          : new InlineProducer(this, () -> doorways.find(name));
    }

    /** Camel ends every kamelet with {@code kamelet:sink}: what is done goes back to the caller. */
    private boolean isSink() {
      return getEndpointKey().startsWith("kamelet://" + Kamelet.SINK_ID);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      Entry entry = new Entry(this, processor);
      configureConsumer(entry);
      return entry;
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

  /** Where a kamelet's route begins; open while the route runs. */
  private final class Entry extends DefaultConsumer implements ShutdownAware {
    private final String name;
    private final AsyncProcessor route;

    Entry(Called kamelet, Processor processor) {
      super(kamelet, processor);
      this.name = kamelet.name;
      this.route = getAsyncProcessor();
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      doorways.open(name, route);
    }

    @Override
    protected void doStop() throws Exception {
      doorways.close(name, route);
      super.doStop();
    }

    /** It ends after the routes that call it. */
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
      // What runs is counted where it entered.
    }
  }
}

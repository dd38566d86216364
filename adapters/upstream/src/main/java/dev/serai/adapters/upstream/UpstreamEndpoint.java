package dev.serai.adapters.upstream;

import dev.serai.core.net.BaseUrl;
import dev.serai.core.provider.ProviderProfile;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A provider as a Camel endpoint. Creating one has no effect. */
final class UpstreamEndpoint extends DefaultEndpoint {
  private final UpstreamRegistry registry;
  private final ProviderProfile profile;
  private final BaseUrl address;

  UpstreamEndpoint(
      String uri, UpstreamComponent component, ProviderProfile profile, BaseUrl address) {
    super(uri, component);
    this.registry = component.registry();
    this.profile = profile;
    this.address = address;
  }

  @Override
  public Producer createProducer() {
    return createAsyncProducer();
  }

  @Override
  public AsyncProducer createAsyncProducer() {
    return new UpstreamProducer(this, registry, profile, address);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("upstream: can only be sent to, it cannot be in from:");
  }
}
